"""Where `byline install server --to` may lead: never to a place where no server runs hooks."""

import pytest

from real_git import RealRepository, isolated_environment
from server.administration import byline, guards
from server.gate import EVIL, POLICY, Gate


def install(gate: Gate, kind: str, to: object, *options: str):
    return byline(gate, "install", "server", "--kind", kind, "--to", str(to), *options)


def test_a_repository_with_a_work_tree_is_guarded_by_its_git_directory(bare, tmp_path):
    """Pushes to it run the hooks in .git/hooks, and nothing turns up among its files."""
    tree = RealRepository.create(tmp_path / "tree")
    tree.commit("Begin\n", {"byline.toml": POLICY})
    tree.git("config", "byline.deadline", "120")
    done = install(bare, "plain", tree.path)
    assert done.returncode == 0, done.stderr
    assert (tree.path / ".git" / "hooks" / "pre-receive").exists()
    assert tree.git("status", "--porcelain") == ""
    bare.client.commit(EVIL)
    pushed = bare.client.run("push", str(tree.path), "main:refs/heads/other", env=isolated_environment(tmp_path))
    assert b"this push is refused" in pushed.stderr


def test_a_repository_that_lacks_the_folder_for_hooks_gets_one(bare):
    hooks = bare.server.path / "hooks"
    hooks.rename(bare.server.path / "away")
    install(bare, "plain", bare.url)
    assert guards(bare)


def test_the_hooks_folder_of_a_repository_can_be_named_itself(bare):
    assert install(bare, "plain", bare.server.path / "hooks").returncode == 0
    assert guards(bare)


def test_a_repository_whose_hooks_are_looked_for_elsewhere(bare, tmp_path):
    shared = tmp_path / "shared"
    shared.mkdir()
    bare.configure("core.hooksPath", str(shared))
    done = install(bare, "plain", bare.url)
    assert done.returncode == 3
    assert f"core.hooksPath leads to {shared}" in done.stderr
    assert f"--to {shared}" in done.stderr
    assert install(bare, "plain", shared).returncode == 0
    assert guards(bare)


def test_hooks_path_within_the_repository_is_gone_by(bare):
    bare.configure("core.hooksPath", "own")
    assert install(bare, "plain", bare.url).returncode == 0
    assert guards(bare)


def test_a_folder_that_is_no_repository_asks_for_core_hookspath(bare, tmp_path):
    done = install(bare, "plain", tmp_path)
    assert f"git config --system core.hooksPath {tmp_path}" in done.stdout
    assert "core.hooksPath" not in install(bare, "plain", bare.url).stdout


def test_a_folder_of_a_repository_that_git_does_not_look_in(bare):
    done = install(bare, "plain", bare.server.path / "objects")
    assert done.returncode == 3
    assert "git looks for no hooks there" in done.stderr
    assert f"Say --to {bare.url}." in done.stderr


@pytest.mark.parametrize("kind", ["gitea", "forgejo", "ghes", "gerrit"])
def test_what_is_no_repository_and_no_site_is_refused(bare, tmp_path, kind):
    empty = tmp_path / "empty"
    empty.mkdir()
    done = install(bare, kind, empty)
    assert done.returncode == 3
    assert f"{empty} is no " in done.stderr
    assert not list(empty.iterdir())


@pytest.mark.parametrize("kind", ["gitea", "forgejo", "gitlab"])
def test_servers_that_keep_bare_repositories_run_no_hooks_in_a_work_tree(bare, kind):
    done = install(bare, kind, bare.client.path)
    assert done.returncode == 3
    assert bare.client.git("status", "--porcelain") == ""


@pytest.mark.parametrize("kind", ["ghes", "bitbucket", "gitolite", "gerrit"])
def test_servers_with_a_folder_of_their_own_run_nothing_in_a_repository(bare, kind):
    before = sorted(bare.server.path.rglob("*"))
    assert install(bare, kind, bare.url).returncode == 3
    assert sorted(bare.server.path.rglob("*")) == before


def test_gitlabs_folder_in_a_repository_can_be_named_itself(bare):
    folder = bare.server.path / "custom_hooks"
    folder.mkdir()
    assert install(bare, "gitlab", folder).returncode == 0
    assert (folder / "pre-receive.d" / "byline").exists()
    assert install(bare, "gitlab", bare.server.path / "hooks").returncode == 3


@pytest.mark.parametrize(("kind", "stage"), [("plain", "ref-update"), ("gitlab", "reference-transaction")])
def test_a_hook_that_the_server_never_runs_is_not_put_up(bare, kind, stage):
    done = install(bare, kind, bare.url, "--stage", stage)
    assert done.returncode == 2
    assert f"never runs {stage}" in done.stderr


def test_a_branch_s_policy_that_no_one_repository_has_is_left_to_be_looked_at(bare, tmp_path):
    done = install(bare, "plain", tmp_path, "--policy", "main:byline.toml")
    assert "see that every repository has main:byline.toml" in done.stdout
