"""`byline uninstall` on a server: what `byline install server` put up goes, what was there before comes back."""

import os

import pytest

from real_git import RealRepository
from server.administration import byline
from server.gate import EVIL, Gate


def files(gate: Gate) -> dict[str, bytes]:
    """All files of the hooks' folders of a repository, with what they hold."""
    folders = (gate.server.path / "hooks", gate.server.path / "custom_hooks")
    return {str(path): path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("kind", ["plain", "gitlab", "gitea"])
@pytest.mark.parametrize("way", ["--repo", "server"])
def test_a_repository_is_as_it_was_before(bare, kind, way):
    before = files(bare)
    byline(bare, "install", "server", "--kind", kind, "--to", bare.url)
    assert files(bare) != before
    options = ("--repo", bare.url) if way == "--repo" else ("server", "--kind", kind, "--to", bare.url)
    done = byline(bare, "uninstall", *options)
    assert done.returncode == 0, done.stderr
    assert "pre-receive" in done.stdout
    assert "removed" in done.stdout
    assert files(bare) == before
    assert "nothing to do" in byline(bare, "uninstall", *options).stdout


def test_the_installation_tells_how_to_undo_it(bare):
    done = byline(bare, "install", "server", "--kind", "plain", "--to", bare.url)
    assert f"`byline uninstall server --kind plain --to {bare.url}` takes them out again." in done.stdout


@pytest.mark.parametrize("way", ["--repo", "server"])
def test_the_hook_from_before_comes_back(bare, way):
    hook = bare.server.path / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o750)
    byline(bare, "install", "server", "--kind", "plain", "--to", bare.url)
    options = ("--repo", bare.url) if way == "--repo" else ("server", "--kind", "plain", "--to", bare.url)
    done = byline(bare, "uninstall", *options)
    assert "the hook from before is back" in done.stdout
    assert hook.read_text() == "#!/bin/sh\nexit 1\n"
    assert hook.stat().st_mode & 0o777 == 0o750
    assert not list(hook.parent.glob("*.before-byline"))
    bare.client.commit("Fix the parser\n")
    assert bare.push("main").returncode != 0


def test_a_violating_push_passes_afterwards(bare):
    byline(bare, "install", "server", "--kind", "plain", "--to", bare.url)
    byline(bare, "uninstall", "--repo", bare.url)
    bare.client.commit(EVIL)
    assert bare.push("main").returncode == 0


def test_an_edited_hook_is_left_and_so_are_the_others(bare):
    byline(bare, "install", "server", "--kind", "plain", "--to", bare.url)
    hook = bare.server.path / "hooks" / "post-receive"
    hook.write_text(hook.read_text() + "# mine\n")
    before = files(bare)
    for options in (("--repo", bare.url), ("server", "--kind", "plain", "--to", bare.url)):
        done = byline(bare, "uninstall", *options)
        assert done.returncode == 3
        assert f"{hook} was edited after byline wrote it" in done.stderr
        assert files(bare) == before


def test_a_hook_that_took_byline_s_place_is_left(bare):
    hook = bare.server.path / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\nexit 0\n")
    byline(bare, "install", "server", "--kind", "plain", "--to", bare.url)
    hook.write_text("#!/bin/sh\n# another\n")
    done = byline(bare, "uninstall", "server", "--kind", "plain", "--to", bare.url)
    assert f"the one from before is still {hook}.before-byline" in done.stdout
    assert hook.read_text() == "#!/bin/sh\n# another\n"


def test_hooks_that_others_share_stay_until_their_own_folder_is_named(bare, tmp_path):
    shared = tmp_path / "shared"
    shared.mkdir()
    byline(bare, "install", "server", "--kind", "plain", "--to", str(shared))
    bare.configure("core.hooksPath", str(shared))
    done = byline(bare, "uninstall", "--repo", bare.url)
    assert f"byline uninstall server --kind plain --to {shared}" in done.stdout
    assert len(list(shared.iterdir())) == 2
    done = byline(bare, "uninstall", "server", "--kind", "plain", "--to", str(shared))
    assert "take core.hooksPath out of git's configuration" in done.stdout
    assert not list(shared.iterdir())


def test_hooks_come_out_of_a_repository_that_now_looks_elsewhere(bare, tmp_path):
    byline(bare, "install", "server", "--kind", "plain", "--to", bare.url)
    bare.configure("core.hooksPath", str(tmp_path))
    assert "removed" in byline(bare, "uninstall", "server", "--kind", "plain", "--to", bare.url).stdout
    assert not (bare.server.path / "hooks" / "pre-receive").exists()


@pytest.mark.parametrize(
    ("kind", "stages", "words"),
    [
        ("gitlab", (), "on every Gitaly node"),
        ("ghes", (), "take the hook out of the appliance's settings"),
        ("bitbucket", (), "delete the hook script"),
        ("gitolite", ("pre-receive", "update"), "take rules with VREF/byline out"),
    ],
)
def test_folders_of_a_server_are_emptied_and_the_rest_is_told(bare, tmp_path, kind, stages, words):
    folder = RealRepository.create(tmp_path / "folder").path
    place = folder / "below"
    place.mkdir()
    options = [word for stage in stages for word in ("--stage", stage)]
    assert byline(bare, "install", "server", "--kind", kind, "--to", str(place), *options).returncode == 0
    assert [path for path in place.rglob("*") if path.is_file()]
    done = byline(bare, "uninstall", "server", "--kind", kind, "--to", str(place))
    assert words in done.stdout
    assert not [path for path in place.rglob("*") if path.is_file()]


@pytest.mark.parametrize("link", [os.link, os.symlink])
def test_gerrits_second_name_of_the_hook_is_renewed_and_goes_with_it(bare, tmp_path, link):
    site = tmp_path / "site"
    (site / "etc").mkdir(parents=True)
    (site / "etc" / "gerrit.config").touch()
    where = ("server", "--kind", "gerrit", "--to", str(site))
    byline(bare, "install", *where)
    link(site / "hooks" / "ref-update", site / "hooks" / "commit-received")
    policy = tmp_path / "policy.toml"
    policy.write_text('[policy]\nai = "deny"\n')
    byline(bare, "install", *where, "--policy", str(policy))
    assert str(policy) in (site / "hooks" / "commit-received").read_text()
    assert byline(bare, "uninstall", *where).returncode == 0
    assert not os.listdir(site / "hooks")
