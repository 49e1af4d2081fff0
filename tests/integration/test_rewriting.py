"""Amend, merge, revert, fixup, cherry-pick and rebase under byline's plain hooks."""

from pathlib import Path

import pytest

from integration.clone import CLAUDE, RESIDUE, Clone

PASSED_BY = "byline: this commit got past the hooks; it would have been blocked by the policy in byline.toml"


def test_amending_a_clean_commit_is_silent(clone: Clone) -> None:
    clone.commit("Add a", {"a.txt": "a\n"})
    clone.stage({"a.txt": "a\nb\n"})
    assert clone.attempt("git", "commit", "--quiet", "--amend", "--no-edit") == (0, "", "")
    assert clone.attempt("git", "commit", "--quiet", "--amend", "-m", "Add a and b") == (0, "", "")


def test_amending_the_message_judges_the_whole_commit(clone: Clone) -> None:
    clone.commit("Add a", {"a.txt": f"{RESIDUE}\n"})
    ended = clone.attempt("git", "commit", "--amend", "-m", "Add notes")
    assert ended.code == 1
    assert f"    seen  a.txt:1: {RESIDUE}" in ended.said


def test_amending_puts_a_commit_right(clone: Clone) -> None:
    clone.commit(f"Add a\n\n{CLAUDE}\n", {"a.txt": f"{RESIDUE}\n"})
    clone.stage({"a.txt": "ours\n"})
    assert clone.attempt("git", "commit", "--quiet", "--amend", "-m", "Add a") == (0, "", "")
    assert clone.attempt("byline", "check", "HEAD").code == 0


def test_amending_the_first_commit(clone: Clone) -> None:
    clone.git("checkout", "--quiet", "--orphan", "fresh")
    clone.commit("Start", {"a.txt": f"{RESIDUE}\n"})
    assert clone.attempt("git", "commit", "--amend", "-m", "Begin").code == 1
    clone.stage({"a.txt": "ours\n"})
    assert clone.attempt("git", "commit", "--quiet", "--amend", "-m", "Begin") == (0, "", "")


def test_amending_for_another_author_judges_the_message(clone: Clone) -> None:
    clone.commit("Add a", {"a.txt": "a\n"})
    tool = "Claude <noreply@anthropic.com>"
    assert clone.attempt("git", "commit", "--amend", "--no-edit", "--author", tool).code == 1
    assert clone.attempt("git", "commit", "--quiet", "--amend", "--no-edit", "--reset-author") == (0, "", "")


@pytest.fixture
def side(clone: Clone) -> Clone:
    """A clone with a branch `side` that adds a file with a mark; main has gone on by itself."""
    clone.git("checkout", "--quiet", "-b", "side")
    clone.commit(f"Add notes\n\n{CLAUDE}\n", {"notes.txt": f"{RESIDUE}\n"})
    clone.git("checkout", "--quiet", "main")
    clone.commit("Go on", {"main.txt": "main\n"})
    return clone


def test_a_merge_is_not_judged_for_what_the_branches_held(side: Clone) -> None:
    assert side.attempt("git", "merge", "--quiet", "--no-edit", "side").code == 0
    assert side.message == "Merge branch 'side'\n"


def test_a_merge_is_judged_for_its_own_message(side: Clone) -> None:
    before = side.head
    ended = side.attempt("git", "merge", "--quiet", "-m", f"Merge the notes\n\n{CLAUDE}", "side")
    assert ended.code == 1
    assert side.head == before
    assert f"    seen  message line 3: {CLAUDE}" in ended.said


def test_a_merge_is_judged_for_the_files_it_changes_itself(side: Clone) -> None:
    side.attempt("git", "merge", "--quiet", "--no-commit", "side")
    side.stage({"main.txt": f"main\n{RESIDUE}\n"})
    ended = side.attempt("git", "commit", "--no-edit")
    assert ended.code == 1
    assert f"    seen  main.txt:2: {RESIDUE}" in ended.said
    assert "notes.txt" not in ended.err


def test_a_merge_with_a_conflict(clone: Clone) -> None:
    clone.git("checkout", "--quiet", "-b", "side")
    clone.commit("Side", {"readme.txt": f"Side.\n{RESIDUE}\n"})
    clone.git("checkout", "--quiet", "main")
    clone.commit("Main", {"readme.txt": "Main.\n"})
    assert clone.attempt("git", "merge", "side").code == 1
    clone.stage({"readme.txt": f"Main and side.\n{RESIDUE}\n"})
    assert clone.attempt("git", "commit", "--quiet", "--no-edit") == (0, "", "")


def test_pre_merge_commit_judges_the_merge_and_not_the_branches(side: Clone) -> None:
    assert side.attempt("byline", "install", "--stage", "pre-merge-commit").code == 0
    ended = side.attempt("git", "merge", "--quiet", "--no-edit", "side")
    assert (ended.code, ended.err) == (0, "")


def test_pre_commit_judges_what_is_staged(clone: Clone) -> None:
    assert clone.attempt("byline", "install", "--stage", "pre-commit").code == 0
    clone.stage({"a.txt": "a\n"})
    assert clone.attempt("git", "commit", "--quiet", "-m", "Add a") == (0, "", "")
    clone.stage({"a.txt": f"{RESIDUE}\n"})
    ended = clone.attempt("git", "commit", "-m", "Add b")
    assert ended.code == 1
    assert f"    seen  a.txt:1: {RESIDUE}" in ended.said
    assert "byline: what is staged is blocked by the policy in byline.toml" in ended.said
    assert ended.err.count(RESIDUE) == 1


def test_reverting_a_marked_commit_is_silent(clone: Clone) -> None:
    clone.commit(f"Add notes\n\n{CLAUDE}\n", {"notes.txt": f"{RESIDUE}\n"})
    ended = clone.attempt("git", "revert", "--no-edit", "HEAD")
    assert (ended.code, ended.err) == (0, "")
    clone.commit("Go on", {"a.txt": "a\n"})
    clone.git("revert", "--no-commit", "HEAD")
    assert clone.attempt("git", "commit", "--quiet", "--no-edit") == (0, "", "")


def test_reverting_a_revert_brings_the_mark_back(clone: Clone) -> None:
    clone.commit("Add notes", {"notes.txt": f"{RESIDUE}\n"})
    clone.git("revert", "--no-edit", "HEAD")
    ended = clone.attempt("git", "revert", "--no-edit", "HEAD")
    assert ended.code == 0
    assert PASSED_BY in ended.said


def test_fixup_squash_and_their_rebase(clone: Clone) -> None:
    clone.commit("Add a", {"a.txt": "a\n"})
    clone.stage({"a.txt": "a\nb\n"})
    assert clone.attempt("git", "commit", "--quiet", "--fixup", "HEAD") == (0, "", "")
    clone.stage({"a.txt": "a\nb\nc\n"})
    assert clone.attempt("git", "commit", "--quiet", "--squash", "HEAD^", "-m", "And c") == (0, "", "")
    env = {"GIT_SEQUENCE_EDITOR": ":", "GIT_EDITOR": "true"}
    ended = clone.attempt("git", "rebase", "--quiet", "--interactive", "--autosquash", "HEAD~3", env=env)
    assert ended.code == 0
    assert "byline" not in ended.err
    assert clone.git("log", "--format=%s") == "Add a\nStart the project"
    assert clone.message == "Add a\n\nAnd c\n"


def test_a_fixup_with_a_mark_is_refused(clone: Clone) -> None:
    clone.commit("Add a", {"a.txt": "a\n"})
    clone.stage({"a.txt": f"a\n{RESIDUE}\n"})
    assert clone.attempt("git", "commit", "--fixup", "HEAD").code == 1


def test_cherry_picking_a_marked_commit_is_noticed(side: Clone) -> None:
    ended = side.attempt("git", "cherry-pick", "side")
    assert ended.code == 0
    assert f"    seen  message line 3: {CLAUDE}" in ended.said
    assert f"    seen  notes.txt:1: {RESIDUE}" in ended.said
    assert PASSED_BY in ended.said


def test_cherry_picking_a_clean_commit_is_silent(side: Clone) -> None:
    side.git("checkout", "--quiet", "-b", "other", "main^")
    ended = side.attempt("git", "cherry-pick", "main")
    assert (ended.code, ended.err) == (0, "")


def test_rebasing_clean_commits_is_silent(clone: Clone) -> None:
    clone.git("checkout", "--quiet", "-b", "side")
    clone.commit("One", {"one.txt": "1\n"})
    clone.commit("Two", {"two.txt": "2\n"})
    clone.git("checkout", "--quiet", "main")
    clone.commit("Go on", {"main.txt": "main\n"})
    ended = clone.attempt("git", "rebase", "--quiet", "main", "side")
    assert (ended.code, ended.err) == (0, "")


def test_rebasing_keeps_a_marked_commit_and_its_message(side: Clone) -> None:
    ended = side.attempt("git", "rebase", "--quiet", "main", "side")
    assert ended.code == 0
    assert side.message == f"Add notes\n\n{CLAUDE}\n"


def test_rewording_in_a_rebase_is_judged(clone: Clone, tmp_path: Path) -> None:
    clone.commit("Add a", {"a.txt": "a\n"})
    script = tmp_path / "editor"
    script.write_text(f'#!/bin/sh\nprintf "Add a\\n\\n{CLAUDE}\\n" > "$1"\n')
    script.chmod(0o755)
    env = {"GIT_SEQUENCE_EDITOR": "sed -i.old s/^pick/reword/", "GIT_EDITOR": str(script)}
    ended = clone.attempt("git", "rebase", "--interactive", "HEAD^", env=env)
    assert ended.code != 0
    assert f"    seen  message line 3: {CLAUDE}" in ended.said


def test_a_commit_in_the_same_second_as_the_last_is_not_taken_for_its_amendment(clone: Clone) -> None:
    clone.stage({"notes.txt": f"{RESIDUE}\n"})
    clone.attempt("git", "commit", "--quiet", "--no-verify", "-m", "Add notes")
    second = clone.git("show", "--no-patch", "--format=%ad", "--date=raw", "HEAD")
    clone.stage({"a.txt": "ours\n"})
    ended = clone.attempt("git", "commit", "--quiet", "-m", "Add a", env={"GIT_AUTHOR_DATE": second})
    assert ended == (0, "", "")


def test_a_mailed_patch_is_judged_before_it_is_applied_or_at_the_push(side: Clone, tmp_path: Path) -> None:
    mail = tmp_path / "0001.patch"
    mail.write_text(side.git("format-patch", "--stdout", "-1", "side") + "\n")
    assert side.attempt("byline", "check", "--patch", str(mail)).code == 1
    ended = side.attempt("git", "am", "--quiet", str(mail))
    assert (ended.code, ended.err) == (0, "")
    side.git("init", "--quiet", "--bare", str(tmp_path / "up.git"))
    ended = side.attempt("git", "push", str(tmp_path / "up.git"), "main")
    assert ended.code == 1
    assert f"    seen  message line 3: {CLAUDE}" in ended.said
