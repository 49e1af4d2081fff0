import os
import sys
from pathlib import Path

import pytest

import byline as package

from .conftest import CLAUDE


@pytest.fixture
def python(tmp_path, monkeypatch) -> str:
    """A Python at a path with a space that has byline installed, as in an environment of its own."""
    folder = tmp_path / "an environment"
    folder.mkdir()
    start = folder / "python"
    source = Path(package.__file__).parents[1]
    start.write_text(
        f'#!/bin/sh\n[ "$1" = -I ] && shift\nPYTHONPATH="{source}" PYTHONSAFEPATH=1 exec "{sys.executable}" "$@"\n'
    )
    start.chmod(0o755)
    monkeypatch.setattr("byline.commands.install.hook_interpreter", lambda: str(start))
    return str(start)


def test_installed_hooks_let_people_commit_and_refuse_what_the_policy_denies(judged, byline, python):
    code, out, _ = byline("install")
    assert code == 0
    assert "hooks in .git/hooks" in out
    assert "`byline uninstall` takes them out again." in out
    judged.write("a", "a\n")
    judged.git("add", "a")
    refused = judged.run("commit", "-m", f"Add a\n\n{CLAUDE}")
    assert refused.returncode == 1
    assert b"this commit is blocked by the policy in byline.toml" in refused.stderr
    passed = judged.run("commit", "-m", "Add a")
    assert passed.returncode == 0
    assert b"byline" not in passed.stderr


def test_a_commit_past_the_hooks_is_noticed(judged, byline, python):
    byline("install")
    done = judged.run("commit", "--no-verify", "--allow-empty", "-m", f"Past\n\n{CLAUDE}")
    assert done.returncode == 0
    assert b"got past the hooks" in done.stderr


def test_uninstall_leaves_the_hooks_directory_as_it_was(judged, byline, python):
    hooks = judged.path / ".git" / "hooks"
    before = {path.name: path.read_bytes() for path in hooks.iterdir()} if hooks.exists() else {}
    byline("install")
    code, out, _ = byline("uninstall")
    assert code == 0
    assert "commit-msg" in out
    assert {path.name: path.read_bytes() for path in hooks.iterdir()} == before
    assert byline("uninstall")[1] == "byline has no hooks in .git/hooks; nothing to do.\n"


def test_only_the_stages_that_were_asked_for(judged, byline, python):
    byline("install", "--stage", "pre-push", "--stage", "pre-commit")
    assert {path.name for path in (judged.path / ".git" / "hooks").iterdir() if path.suffix != ".sample"} == {
        "pre-push",
        "pre-commit",
    }


def test_all_worktrees_share_the_hooks(judged, byline, python, monkeypatch, tmp_path):
    judged.git("worktree", "add", "-q", str(tmp_path / "linked"), "-b", "linked")
    monkeypatch.chdir(tmp_path / "linked")
    assert byline("install", "--stage", "commit-msg")[0] == 0
    assert (judged.path / ".git" / "hooks" / "commit-msg").exists()
    refused = judged.run("-C", str(tmp_path / "linked"), "commit", "--allow-empty", "-m", f"x\n\n{CLAUDE}")
    assert refused.returncode == 1
    assert b"is blocked" in refused.stderr


def test_a_hooks_path_inside_of_the_working_tree_is_honoured_with_a_word_about_it(judged, byline, python):
    judged.git("config", "core.hooksPath", ".githooks")
    code, out, _ = byline("install", "--stage", "commit-msg")
    assert code == 0
    assert (judged.path / ".githooks" / "commit-msg").exists()
    assert "do not commit them" in out


def test_a_hooks_path_that_others_share_needs_a_word_from_the_user(judged, byline, python, tmp_path):
    shared = tmp_path / "shared hooks"
    judged.git("config", "core.hooksPath", str(shared))
    code, _, err = byline("install")
    assert code == 3
    assert "--global-hooks-path" in err
    assert not shared.exists()
    assert byline("install", "--global-hooks-path")[0] == 0
    assert (shared / "commit-msg").exists()
    assert byline("uninstall")[0] == 0
    assert list(shared.iterdir()) == []


def test_hooks_that_are_switched_off_are_said_to_be(judged, byline, python):
    judged.git("config", "core.hooksPath", os.devnull)
    code, _, err = byline("install")
    assert code == 3
    assert "git runs no hooks here" in err


def test_husky_s_directory_is_left_alone(judged, byline, python):
    judged.git("config", "core.hooksPath", ".husky/_")
    code, _, err = byline("install")
    assert code == 3
    assert "husky" in err
    assert 'byline hook commit-msg "$@"' in err
