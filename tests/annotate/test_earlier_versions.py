"""Which commits of a push are later versions of a marked one, and which only look like it."""

from pathlib import Path

import pytest

from integration.clone import CLAUDE, Clone
from real_git import RealRepository

POLICY = '[policy]\nai = "disclose"\n[evidence]\nremoved = "block"\n'
PAST = ("-c", "core.hooksPath=/dev/null")
DISCLOSED = "Assisted-by: Claude-Code"
TOLD = "an earlier version of this commit named Claude Code, and this one does not"


@pytest.fixture
def clone(make_clone, tmp_path: Path) -> Clone:
    made = make_clone(POLICY)
    made.git("init", "--quiet", "--bare", str(tmp_path / "up.git"))
    made.git("remote", "add", "origin", str(tmp_path / "up.git"))
    made.git(*PAST, "push", "--quiet", "origin", "HEAD")
    return made


def change(clone: Clone, name: str, message: str = "Change") -> None:
    """A commit of a new file, made past the hooks."""
    clone.stage({name: f"{name}\n"})
    clone.git(*PAST, "commit", "--quiet", "-m", message)


def amend(clone: Clone, message: str) -> None:
    clone.git(*PAST, "commit", "--quiet", "--amend", "-m", message)


def told(clone: Clone) -> list[str]:
    """The subjects of the commits that a push is told to be bare versions of marked ones."""
    err = clone.attempt("git", "push", "origin", "HEAD:refs/heads/new").err
    blocks = err.replace("WARNED ", "BLOCKED ").split("BLOCKED ")[1:]
    return [block.strip().splitlines()[0][10:].strip() for block in blocks if TOLD in " ".join(block.split())]


@pytest.fixture
def disclosed(clone: Clone) -> Clone:
    """A clone in which a disclosed commit was amended and kept its disclosure."""
    change(clone, "a", f"Add a\n\n{DISCLOSED}")
    amend(clone, f"Add a file\n\n{DISCLOSED}")
    return clone


def test_a_revert_and_an_empty_commit_are_no_versions_of_what_they_have_the_tree_of(disclosed):
    change(disclosed, "b", "Add b")
    disclosed.git("revert", "--no-edit", "HEAD")
    disclosed.git("commit", "--quiet", "--allow-empty", "-m", "Trigger CI")
    assert told(disclosed) == []
    assert disclosed.attempt("git", "push", "origin", "HEAD").code == 0


def test_a_revert_of_what_was_pushed_before_restores_a_state_from_outside_the_push(disclosed):
    change(disclosed, "b", "Add b")
    disclosed.git(*PAST, "push", "--quiet", "origin", "HEAD")
    disclosed.git("revert", "--no-edit", "HEAD")
    assert told(disclosed) == []


def test_to_revert_and_apply_again_is_no_version_either(disclosed):
    disclosed.git(*PAST, "revert", "--no-edit", "HEAD")
    disclosed.git(*PAST, "revert", "--no-edit", "HEAD")
    assert told(disclosed) == []


def test_a_state_that_is_reached_another_way_is_none(disclosed):
    disclosed.git("checkout", "--quiet", "-b", "side", "HEAD~")
    change(disclosed, "b", "Add b")
    disclosed.git(*PAST, "cherry-pick", "main")
    disclosed.git(*PAST, "revert", "--no-edit", "HEAD~")
    assert told(disclosed) == []


def test_a_merge_is_no_version_of_a_commit_that_had_its_tree(clone):
    clone.git("checkout", "--quiet", "-b", "side")
    change(clone, "a", f"Add a\n\n{DISCLOSED}")
    clone.git("checkout", "--quiet", "main")
    change(clone, "m", "Go on")
    clone.git(*PAST, "cherry-pick", "side")
    clone.git("reset", "--quiet", "--hard", "HEAD~")
    clone.git(*PAST, "merge", "--quiet", "--no-edit", "side")
    assert told(clone) == []


def test_a_squash_of_several_commits_is_one(clone):
    change(clone, "a", "Add a")
    change(clone, "b", "Add b")
    change(clone, "c", f"Add c\n\n{CLAUDE}")
    clone.git("reset", "--quiet", "--soft", "HEAD~3")
    clone.git(*PAST, "commit", "--quiet", "-m", "Add all")
    assert told(clone) == ["Add all"]


def test_so_is_a_squash_into_the_first_commit_of_all(clone):
    change(clone, "c", f"Add c\n\n{CLAUDE}")
    clone.git("checkout", "--quiet", "--orphan", "fresh")
    clone.git(*PAST, "commit", "--quiet", "-m", "Begin anew")
    clone.git("branch", "--quiet", "-D", "main")
    assert told(clone) == ["Begin anew"]


def test_so_is_an_amended_merge(clone):
    clone.git("checkout", "--quiet", "-b", "side")
    change(clone, "a", "Add a")
    clone.git("checkout", "--quiet", "main")
    change(clone, "m", "Go on")
    clone.git(*PAST, "merge", "--quiet", "side", "-m", f"Merge a\n\n{CLAUDE}")
    amend(clone, "Merge a")
    assert told(clone) == ["Merge a"]


def test_so_is_a_commit_with_another_name_below_a_revert_and_an_empty_commit(clone):
    change(clone, "a", f"Add a\n\n{CLAUDE}")
    amend(clone, "Add the file a")
    change(clone, "b", "Add b")
    clone.git("revert", "--no-edit", "HEAD")
    clone.git("commit", "--quiet", "--allow-empty", "-m", "Trigger CI")
    assert told(clone) == ["Add the file a"]


def test_so_is_a_rebased_one(clone):
    clone.git("checkout", "--quiet", "-b", "side")
    change(clone, "a", f"Add a\n\n{CLAUDE}")
    clone.git("checkout", "--quiet", "main")
    change(clone, "m", "Go on")
    clone.git(*PAST, "rebase", "--quiet", "main", "side")
    amend(clone, "Add a by hand")
    assert told(clone) == ["Add a by hand"]


def test_where_the_history_is_too_long_to_tell_nobody_is_accused(repository: RealRepository, monkeypatch):
    from byline.repository import ancestry

    first = repository.commit("One\n", {"1": "1"})
    old = repository.commit("Two\n", {"2": "2"})
    repository.git("checkout", "--quiet", first)
    new = repository.commit("Other two\n", {"2": "2"})
    assert ancestry.ancestry(repository.opened, [old, new]).replaces(new, old)
    monkeypatch.setattr(ancestry, "_MOST", 2)
    assert not ancestry.ancestry(repository.opened, [old, new]).replaces(new, old)
