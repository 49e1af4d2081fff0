"""`byline install` and `byline uninstall` in repositories that have hooks already, or keep them elsewhere."""

import os
import stat
from pathlib import Path

import pytest

from integration.clone import BAN, CLAUDE, Clone, Programs

USUAL = ("commit-msg", "post-commit", "post-rewrite", "pre-push", "prepare-commit-msg")
SAYS = '#!/bin/sh\necho "theirs: $0 $*" >&2\n'


@pytest.fixture
def bare_clone(programs: Programs, tmp_path: Path) -> Clone:
    """A clone with a ban on AI and no hooks yet."""
    clone = Clone.begin(tmp_path / "a clone", programs)
    clone.commit("Start", {"byline.toml": BAN})
    return clone


def hooks_of(clone: Clone) -> dict[str, tuple[bytes, int]]:
    """Every file in the hooks directory, with its permissions; git's samples left out."""
    return {
        place.name: (place.read_bytes(), stat.S_IMODE(place.lstat().st_mode))
        for place in (clone.path / ".git" / "hooks").glob("*")
        if place.suffix != ".sample"
    }


def put_hook(clone: Clone, stage: str, script: str) -> Path:
    hook = clone.write(f".git/hooks/{stage}", script)
    hook.chmod(0o755)
    return hook


def refused(clone: Clone, *options: str) -> bool:
    """Whether a commit by Claude is refused."""
    return clone.attempt("git", "commit", "--allow-empty", "-m", f"Add\n\n{CLAUDE}", *options).code != 0


def test_install_tells_what_it_did_and_the_hooks_work(bare_clone: Clone) -> None:
    ended = bare_clone.attempt("byline", "install")
    assert ended.code == 0
    assert ended.err == ""
    lines = ended.out.splitlines()
    assert lines[0].startswith("hooks in .git/hooks, run with ")
    assert sorted(line.split()[0] for line in lines[1:-1]) == list(USUAL)
    assert all(line.split()[1] == "installed" for line in lines[1:-1])
    assert sorted(hooks_of(bare_clone)) == list(USUAL)
    assert all(mode == 0o755 for _, mode in hooks_of(bare_clone).values())
    assert refused(bare_clone)
    assert bare_clone.attempt("git", "commit", "--quiet", "--allow-empty", "-m", "Add nothing") == (0, "", "")


def test_installing_twice_changes_nothing(bare_clone: Clone) -> None:
    bare_clone.attempt("byline", "install")
    before = hooks_of(bare_clone)
    ended = bare_clone.attempt("byline", "install")
    assert ended.code == 0
    assert "is in place" in ended.out
    assert hooks_of(bare_clone) == before


def test_uninstall_leaves_nothing(bare_clone: Clone) -> None:
    before = hooks_of(bare_clone)
    bare_clone.attempt("byline", "install")
    assert bare_clone.attempt("byline", "uninstall").code == 0
    assert hooks_of(bare_clone) == before
    assert not refused(bare_clone)
    ended = bare_clone.attempt("byline", "uninstall")
    assert (ended.code, ended.out) == (0, "byline has no hooks in .git/hooks; nothing to do.\n")


def test_hooks_that_were_there_run_first_and_come_back(bare_clone: Clone) -> None:
    for stage in USUAL:
        put_hook(bare_clone, stage, SAYS)
    (bare_clone.path / ".git" / "hooks" / "pre-push").chmod(0o750)
    before = hooks_of(bare_clone)
    assert bare_clone.attempt("byline", "install").code == 0
    ended = bare_clone.attempt("git", "commit", "--quiet", "--allow-empty", "-m", "Add nothing")
    assert ended.code == 0
    assert ended.said == [
        "theirs: .git/hooks/prepare-commit-msg.before-byline .git/COMMIT_EDITMSG message",
        "theirs: .git/hooks/commit-msg.before-byline .git/COMMIT_EDITMSG",
        "theirs: .git/hooks/post-commit.before-byline ",
    ]
    assert bare_clone.attempt("byline", "uninstall").code == 0
    assert hooks_of(bare_clone) == before


def test_both_hooks_decide(bare_clone: Clone) -> None:
    put_hook(bare_clone, "commit-msg", '#!/bin/sh\ngrep -q ticket "$1" || { echo "no ticket" >&2; exit 7; }\n')
    bare_clone.attempt("byline", "install")
    ended = bare_clone.attempt("git", "commit", "--allow-empty", "-m", "Add nothing")
    assert (ended.code, ended.err) == (1, "no ticket\n")
    ended = bare_clone.attempt("git", "commit", "--allow-empty", "-m", f"Add ticket\n\n{CLAUDE}")
    assert ended.code == 1
    assert "Claude Code: denied" in ended.err
    assert bare_clone.attempt("git", "commit", "--quiet", "--allow-empty", "-m", "Add ticket") == (0, "", "")


def test_the_refs_of_a_push_reach_both_hooks(bare_clone: Clone, tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    put_hook(bare_clone, "pre-push", f'#!/bin/sh\necho "$1 $2" > {seen}\ncat >> {seen}\n')
    bare_clone.attempt("byline", "install")
    remote = Clone.begin(tmp_path / "remote.git", bare_clone.programs, "--bare")
    bare_clone.git("remote", "add", "origin", str(remote.path))
    bare_clone.commit(f"Add\n\n{CLAUDE}\n")
    ended = bare_clone.attempt("git", "push", "origin", "main")
    assert ended.code == 1
    assert "byline: this push is blocked by the policy in byline.toml" in ended.err
    zeros = "0" * 40
    expected = f"origin {remote.path}\nrefs/heads/main {bare_clone.head} refs/heads/main {zeros}\n"
    assert seen.read_text() == expected


def test_a_hook_that_does_not_read_the_refs_is_no_trouble(bare_clone: Clone, tmp_path: Path) -> None:
    put_hook(bare_clone, "pre-push", "#!/bin/sh\nexit 0\n")
    bare_clone.attempt("byline", "install")
    remote = Clone.begin(tmp_path / "remote.git", bare_clone.programs, "--bare")
    refs = (f"refs/heads/a-branch-with-a-rather-long-name-of-its-own/{number}" for number in range(400))
    bare_clone.git("update-ref", "--stdin", feed="".join(f"create {ref} {bare_clone.head}\n" for ref in refs).encode())
    ended = bare_clone.attempt("git", "push", "--quiet", str(remote.path), "refs/heads/*:refs/heads/*")
    assert ended == (0, "", "")


def test_a_hook_that_git_would_not_run_is_not_run(bare_clone: Clone) -> None:
    put_hook(bare_clone, "commit-msg", "#!/bin/sh\nexit 1\n").chmod(0o644)
    before = hooks_of(bare_clone)
    assert bare_clone.attempt("byline", "install").code == 0
    ended = bare_clone.attempt("git", "commit", "--quiet", "--allow-empty", "-m", "Add nothing")
    assert (ended.code, ended.err) == (0, "")
    assert bare_clone.attempt("byline", "uninstall").code == 0
    assert hooks_of(bare_clone) == before


def test_a_hook_that_is_a_link_comes_back_as_a_link(bare_clone: Clone) -> None:
    script = bare_clone.write("tools/commit-msg", SAYS)
    script.chmod(0o755)
    hook = bare_clone.path / ".git" / "hooks" / "commit-msg"
    hook.parent.mkdir(exist_ok=True)
    hook.symlink_to("../../tools/commit-msg")
    assert bare_clone.attempt("byline", "install").code == 0
    ended = bare_clone.attempt("git", "commit", "--quiet", "--allow-empty", "-m", "Add nothing")
    assert ended.err.startswith("theirs:")
    assert script.read_text() == SAYS
    assert bare_clone.attempt("byline", "uninstall").code == 0
    assert os.readlink(hook) == "../../tools/commit-msg"


def test_a_hook_of_ours_that_was_edited_is_not_overwritten(bare_clone: Clone) -> None:
    bare_clone.attempt("byline", "install")
    hook = bare_clone.path / ".git" / "hooks" / "commit-msg"
    hook.write_text(hook.read_text() + "echo mine\n")
    before = hooks_of(bare_clone)
    for command in ("install", "uninstall"):
        ended = bare_clone.attempt("byline", command)
        assert ended.code == 3
        assert "commit-msg was edited after byline wrote it" in ended.err
        assert hooks_of(bare_clone) == before, "nothing was changed"


def test_single_stages(bare_clone: Clone) -> None:
    assert bare_clone.attempt("byline", "install", "--stage", "commit-msg", "--stage", "pre-push").code == 0
    assert sorted(hooks_of(bare_clone)) == ["commit-msg", "pre-push"]
    assert bare_clone.attempt("byline", "uninstall", "--stage", "pre-push").code == 0
    assert sorted(hooks_of(bare_clone)) == ["commit-msg"]
    ended = bare_clone.attempt("byline", "install", "--stage", "commit")
    assert ended.code == 2
    assert "commit-msg" in ended.err


def test_a_hooks_path_inside_the_repository(bare_clone: Clone) -> None:
    bare_clone.git("config", "core.hooksPath", ".hooks")
    ended = bare_clone.attempt("byline", "install", cwd=bare_clone.path)
    assert ended.code == 0
    assert "hooks in .hooks" in ended.out
    assert "do not commit them" in ended.out
    assert sorted(place.name for place in (bare_clone.path / ".hooks").iterdir()) == list(USUAL)
    assert hooks_of(bare_clone) == {}
    assert refused(bare_clone)
    assert bare_clone.attempt("byline", "uninstall").code == 0
    assert not refused(bare_clone)


def test_a_hooks_path_that_others_share_needs_a_word(bare_clone: Clone, tmp_path: Path) -> None:
    shared = tmp_path / "shared hooks"
    bare_clone.git("config", "core.hooksPath", str(shared))
    ended = bare_clone.attempt("byline", "install")
    assert ended.code == 3
    assert f"core.hooksPath leads out of this repository, to {shared}" in ended.err
    assert "--global-hooks-path" in ended.err
    assert not shared.exists()
    assert bare_clone.attempt("byline", "install", "--global-hooks-path").code == 0
    assert refused(bare_clone)
    assert bare_clone.attempt("byline", "uninstall").code == 0
    assert list(shared.iterdir()) == []


def test_the_hooks_of_a_worktree_are_those_of_its_repository(bare_clone: Clone, tmp_path: Path) -> None:
    bare_clone.git("worktree", "add", "--quiet", str(tmp_path / "tree"))
    tree = Clone(tmp_path / "tree", bare_clone.programs)
    assert tree.attempt("byline", "install").code == 0
    assert sorted(hooks_of(bare_clone)) == list(USUAL)
    assert refused(bare_clone)
    ended = tree.attempt("git", "commit", "--allow-empty", "-m", f"Add\n\n{CLAUDE}")
    assert ended.code == 1
    advice = ended.err.partition("your git commit with -e -F ")[2].splitlines()[0]
    assert (tree.path / advice.strip("\"'")).exists(), "the advice names the message of this tree"
    assert tree.attempt("git", "commit", "--quiet", "--allow-empty", "-m", "Add nothing") == (0, "", "")
    assert tree.attempt("byline", "uninstall").code == 0
    assert hooks_of(bare_clone) == {}


def test_another_repository_by_name_and_from_below_its_top(bare_clone: Clone, tmp_path: Path) -> None:
    assert bare_clone.attempt("byline", "install", "--repo", str(bare_clone.path), cwd=tmp_path).code == 0
    assert refused(bare_clone)
    (bare_clone.path / "below").mkdir()
    assert bare_clone.attempt("byline", "uninstall", cwd=bare_clone.path / "below").code == 0
    assert not refused(bare_clone)


def test_a_python_that_is_gone_is_named(bare_clone: Clone) -> None:
    bare_clone.attempt("byline", "install")
    for stage in ("commit-msg", "post-commit"):
        hook = bare_clone.path / ".git" / "hooks" / stage
        hook.write_text(hook.read_text().replace("bin/python", "gone/python"))
    ended = bare_clone.attempt("git", "commit", "--allow-empty", "-m", "Add nothing")
    assert ended.code == 1
    assert "byline: this hook cannot run, because its Python is gone:" in ended.err
    assert "byline install" in ended.err
    bare_clone.git("commit", "--no-verify", "--allow-empty", "-m", "Add nothing")


def test_modules_of_the_checked_repository_are_not_run(bare_clone: Clone) -> None:
    bare_clone.attempt("byline", "install")
    for name in ("byline.py", "byline/__init__.py", "tomllib.py", "re.py", "sitecustomize.py"):
        bare_clone.write(name, 'open("run", "w").close()\nraise SystemExit(0)\n')
    assert refused(bare_clone)
    assert not (bare_clone.path / "run").exists()


def test_outside_a_repository(bare_clone: Clone, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    for command in ("install", "uninstall"):
        ended = bare_clone.attempt("byline", command, cwd=tmp_path / "elsewhere")
        assert ended.code == 3
        assert "there is no Git repository in" in ended.err
