"""`byline install server`, run as an administrator would."""

import os
import subprocess

import pytest

from byline.actions.server_script import policy_of
from byline.commands.install_server import closed_folder
from real_git import RealRepository, isolated_environment
from server.administration import byline, guards
from server.gate import EVIL, POLICY


def test_a_plain_server_is_guarded_after_one_command(bare):
    done = byline(bare, "install", "server", "--kind", "plain", "--to", bare.url)
    assert done.returncode == 0, done.stderr
    assert "tried: a clean push passes, a violating one is refused" in done.stdout
    assert guards(bare)


def test_a_hook_that_is_there_still_runs_with_the_lines_of_the_push(bare):
    hook = bare.server.path / "hooks" / "pre-receive"
    seen = bare.server.path / "seen"
    hook.write_text(f"#!/bin/sh\ncat >> {seen}\n")
    hook.chmod(0o755)
    done = byline(bare, "install", "server", "--kind", "plain", "--to", bare.url)
    assert "the hook that was here runs after it" in done.stdout
    sha = bare.client.commit("Fix the parser\n")
    assert bare.push("main").returncode == 0
    assert seen.read_text().split()[1:] == [sha, "refs/heads/main"]
    kept = bare.server.path / "hooks" / "pre-receive.before-byline"
    kept.write_text("#!/bin/sh\nexit 1\n")
    bare.client.commit("Another\n")
    assert bare.push("main").returncode != 0


def test_installing_twice_changes_nothing(bare):
    for _ in range(2):
        done = byline(bare, "install", "server", "--kind", "plain", "--to", bare.url)
    assert "renewed" in done.stdout
    assert not list((bare.server.path / "hooks").glob("*.before-byline"))


def test_a_script_that_was_edited_is_not_overwritten(bare):
    byline(bare, "install", "server", "--kind", "plain", "--to", bare.url)
    hook = bare.server.path / "hooks" / "pre-receive"
    hook.write_text(hook.read_text() + "# mine\n")
    done = byline(bare, "install", "server", "--kind", "plain", "--to", bare.url)
    assert done.returncode == 3
    assert "was edited after byline wrote it" in done.stderr


def test_hooks_for_all_repositories_by_core_hookspath(bare, tmp_path):
    shared = tmp_path / "shared-hooks"
    shared.mkdir()
    byline(bare, "install", "server", "--kind", "plain", "--to", str(shared))
    bare.configure("core.hooksPath", str(shared))
    assert guards(bare)


@pytest.mark.parametrize("kind", ["gitea", "forgejo"])
def test_gitea_runs_what_is_in_its_d_directory(bare, kind):
    """Gitea's own hook feeds every script of the directory the same lines, and fails with the first that fails."""
    own = bare.server.path / "hooks" / "pre-receive"
    own.write_text(
        '#!/bin/sh\ndata=$(cat)\nfor hook in "$0".d/*; do\n  printf "%s\\n" "$data" | "$hook" || exit $?\ndone\n'
    )
    own.chmod(0o755)
    done = byline(bare, "install", "server", "--kind", kind, "--to", bare.url)
    assert done.returncode == 0
    missing = bare.server.path / "hooks" / "post-receive"
    assert f"write its own {missing}, which is missing and runs post-receive.d" in done.stdout
    assert f"is run by {missing}, which is missing" in byline(bare, "doctor", "--repo", bare.url).stdout
    assert guards(bare)


def test_gitlabs_directories(bare, tmp_path):
    assert byline(bare, "install", "server", "--kind", "gitlab", "--to", bare.url).returncode == 0
    assert os.access(bare.server.path / "custom_hooks" / "pre-receive.d" / "byline", os.X_OK)
    shared = tmp_path / "custom_hooks"
    shared.mkdir()
    byline(bare, "install", "server", "--kind", "gitlab", "--to", str(shared))
    assert os.access(shared / "pre-receive.d" / "byline", os.X_OK)
    assert os.access(shared / "post-receive.d" / "byline", os.X_OK)


@pytest.mark.parametrize("kind", ["ghes", "bitbucket"])
def test_a_script_to_be_registered_by_hand(bare, tmp_path, kind):
    folder = RealRepository.create(tmp_path / "hooks").path
    done = byline(bare, "install", "server", "--kind", kind, "--to", str(folder))
    assert "what remains to do:" in done.stdout
    (bare.server.path / "hooks" / "pre-receive").symlink_to(folder / "byline-pre-receive")
    assert guards(bare)


def test_gerrits_hooks_directory(bare, tmp_path):
    site = tmp_path / "site"
    (site / "etc").mkdir(parents=True)
    (site / "etc" / "gerrit.config").touch()
    assert byline(bare, "install", "server", "--kind", "gerrit", "--to", str(site)).returncode == 0
    evil = bare.client.commit(EVIL)
    pack = bare.client.git_bytes("pack-objects", "--revs", "--stdout", "-q", feed=b"main\n")
    bare.server.git_bytes("index-pack", "--stdin", feed=pack)
    options = ["--refname", "refs/heads/main", "--oldrev", bare.tip("main"), "--newrev", evil, "--uploader", "Ada"]
    environment = isolated_environment(bare.server.path.parent) | {"GIT_DIR": bare.url}
    done = subprocess.run(
        [str(site / "hooks" / "ref-update"), *options], env=environment, capture_output=True, check=False
    )
    assert done.returncode == 1


def test_a_policy_in_the_hook_cannot_be_changed_by_settings(bare, tmp_path):
    policy = tmp_path / "policy.toml"
    policy.write_text(POLICY)
    lax = tmp_path / "lax.toml"
    lax.write_text('[policy]\nai = "allow"\n')
    byline(bare, "install", "server", "--kind", "plain", "--to", bare.url, "--policy", str(policy))
    bare.configure("byline.policy", str(lax))
    assert guards(bare)


def test_a_faulty_policy_is_not_installed(bare, tmp_path):
    policy = tmp_path / "policy.toml"
    policy.write_text('[policy]\nai = "denyy"\n')
    done = byline(bare, "install", "server", "--kind", "plain", "--to", bare.url, "--policy", str(policy))
    assert done.returncode == 3
    assert not (bare.server.path / "hooks" / "pre-receive").exists()


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("nosuch.toml", "nosuch.toml"),
        ("/nonexistent/policy.toml", "/nonexistent/policy.toml"),
        ("main:nosuch.toml", "there is no file nosuch.toml in main"),
        ("trunk:byline.toml", "there is no commit called 'trunk'"),
    ],
)
def test_a_policy_that_is_not_there_is_not_installed(bare, name, told):
    done = byline(bare, "install", "server", "--kind", "plain", "--to", bare.url, "--policy", name)
    assert done.returncode == 3
    assert told in done.stderr
    assert not (bare.server.path / "hooks" / "pre-receive").exists()


def test_a_policy_is_named_so_that_the_hook_finds_it_from_anywhere(bare):
    (bare.server.path / "lax.toml").write_text('[policy]\nai = "allow"\n')
    byline(bare, "install", "server", "--kind", "plain", "--to", bare.url, "--policy", "lax.toml")
    hook = (bare.server.path / "hooks" / "pre-receive").read_bytes()
    assert policy_of(hook) == str(bare.server.path / "lax.toml")
    bare.client.commit(EVIL)
    assert bare.push("main").returncode == 0


def test_a_policy_of_a_branch_is_named_as_it_is(bare):
    byline(bare, "install", "server", "--kind", "plain", "--to", bare.url, "--policy", "main:byline.toml")
    assert policy_of((bare.server.path / "hooks" / "pre-receive").read_bytes()) == "main:byline.toml"
    assert guards(bare)


def test_nothing_is_changed_when_one_of_the_hooks_cannot_be(bare):
    byline(bare, "install", "server", "--kind", "plain", "--to", bare.url, "--stage", "post-receive")
    hook = bare.server.path / "hooks" / "post-receive"
    hook.write_text(hook.read_text() + "# mine\n")
    assert byline(bare, "install", "server", "--kind", "plain", "--to", bare.url).returncode == 3
    assert not (bare.server.path / "hooks" / "pre-receive").exists()


def test_a_hook_that_does_not_work_is_not_installed(bare, tmp_path):
    broken = tmp_path / "python"
    broken.write_text("#!/bin/sh\nexit 0\n")
    broken.chmod(0o755)
    done = byline(bare, "install", "server", "--kind", "plain", "--to", bare.url, "--python", str(broken))
    assert done.returncode == 3
    assert "was not refused as it should be" in done.stderr
    assert not (bare.server.path / "hooks" / "pre-receive").exists()


def test_a_python_that_is_gone_refuses_the_push(bare, tmp_path):
    options = ("--python", str(tmp_path / "gone"), "--no-trial")
    byline(bare, "install", "server", "--kind", "plain", "--to", bare.url, *options)
    bare.client.commit("Fix the parser\n")
    done = bare.push("main")
    assert done.returncode != 0
    assert "the server's Python is gone" in done.stderr


def test_a_python_below_a_closed_folder_is_told(tmp_path):
    closed = tmp_path / "home"
    (closed / "bin").mkdir(parents=True)
    python = closed / "bin" / "python"
    python.touch()
    somebody = os.geteuid() + 12345
    tmp_path.chmod(0o755)
    closed.chmod(0o700)
    assert closed_folder(str(python), somebody) == str(closed)
    assert closed_folder(str(python), os.geteuid()) == ""
