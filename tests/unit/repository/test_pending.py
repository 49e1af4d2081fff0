"""The commit that git is about to make, as byline sees it from inside a real hook, is the commit that git makes."""

import pickle
import sys
from pathlib import Path

import pytest

from byline.model import Commit
from byline.repository.history import walk
from byline.repository.pending import pending_commit
from byline.repository.search import Search
from real_git import RealRepository

ROOT = Path(__file__).resolve().parents[3]
HOOK = f"""#!{sys.executable}
import os, pickle, sys
sys.path.insert(0, {str(ROOT / "hooks")!r})
from byline.catalogue.literals import finder
from byline.repository.discovery import discover
from byline.repository.pending import pending_commit
from byline.repository.search import Search
search = Search(lambda _data: [], finder(["mark"], long_run=False), lambda path: path.endswith(".toml"))
message = sys.argv[1] if sys.argv[0].endswith("commit-msg") else None
with open({{kept!r}}, "wb") as file:
    pickle.dump(tuple(pending_commit(discover(), search, message_file=message)), file)
"""


class Committing:
    """A repository whose hook keeps what byline sees."""

    def __init__(self, repository: RealRepository, hook: str = "commit-msg") -> None:
        self.repository = repository
        self.kept = repository.path.parent / "kept"
        self.hook(hook)

    def hook(self, name: str) -> None:
        path = Path(self.repository.opened.common_dir) / "hooks" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(HOOK.format(kept=str(self.kept)))
        path.chmod(0o755)

    def seen(self, *command: str, env: dict[str, str] | None = None) -> Commit:
        """Run a git command that commits; what byline saw of the commit in its hook."""
        self.kept.unlink(missing_ok=True)
        self.repository.git(*command, env=env)
        return Commit(*pickle.loads(self.kept.read_bytes()))

    def made(self) -> Commit:
        """What git has made."""
        search = Search(lambda _data: [], self.find, lambda path: path.endswith(".toml"))
        (commit,) = walk(self.repository.opened, [self.repository.head], search)
        return commit

    @staticmethod
    def find(data: bytes) -> list[tuple[int, int]]:
        return [(at, at + 4) for at in range(len(data)) if data[at : at + 4] == b"mark"]

    def commit(self, *options: str, env: dict[str, str] | None = None) -> Commit:
        """Commit and compare what was seen with what was made."""
        seen = self.seen("commit", "--quiet", *options, env=env)
        made = self.made()
        assert seen._replace(sha=made.sha) == made._replace(is_silent=False)
        return seen


@pytest.fixture
def committing(repository: RealRepository) -> Committing:
    repository.commit("First", {"a": "one\n", "b": "one\n", "set.toml": "x = 1\n"})
    return Committing(repository)


def test_what_is_staged(committing: Committing) -> None:
    committing.repository.write("a", "one\nstaged mark\n")
    committing.repository.git("add", "a")
    committing.repository.write("a", "one\nunstaged mark\n")
    committing.repository.write("b", "unstaged mark\n")
    seen = committing.commit("-m", "Subject\n\nKey: value")
    assert [(line.path, line.text) for line in seen.added_lines] == [("a", "staged mark")]
    assert seen.trailers[0].key == "Key"


def test_the_first_commit(repository: RealRepository) -> None:
    committing = Committing(repository)
    repository.write("a", "mark\n")
    repository.git("add", "a")
    seen = committing.commit("-m", "First")
    assert seen.parents == ()
    assert len(seen.added_lines) == 1


@pytest.mark.parametrize("options", [["--all"], ["--", "a"], ["--include", "a"], ["--only", "a"]])
def test_commit_of_files_and_of_everything(committing: Committing, options: list[str]) -> None:
    committing.repository.write("a", "one\nmark\n")
    committing.repository.write("set.toml", "x = 'mark'\n")
    seen = committing.commit("-m", "x", *options)
    assert {change.path for change in seen.changes} == ({"a", "set.toml"} if options == ["--all"] else {"a"})


def test_an_amended_commit_replaces_the_last_one(committing: Committing) -> None:
    committing.repository.write("a", "one\nfirst mark\n")
    committing.commit("--all", "-m", "Second")
    committing.repository.write("b", "second mark\n")
    seen = committing.commit("--all", "--amend", "-m", "Amended")
    assert [line.text for line in seen.added_lines] == ["first mark", "second mark"]


def test_the_root_commit_amended(committing: Committing) -> None:
    committing.repository.write("b", "second mark\n")
    seen = committing.commit("--all", "--amend", "-m", "Amended")
    assert seen.parents == ()


def test_a_merge(committing: Committing) -> None:
    repository = committing.repository
    repository.git("checkout", "--quiet", "-b", "side")
    repository.commit("Side", {"b": "one\nmark of the side\n", "c": "mark\n"})
    repository.git("checkout", "--quiet", "main")
    repository.commit("Main", {"a": "one\nmark of main\n"})
    assert committing.seen("merge", "--quiet", "-m", "Merge", "side").added_lines == ()
    assert committing.made().added_lines == ()


def test_a_merge_with_more_than_the_merge_in_it(committing: Committing) -> None:
    repository = committing.repository
    repository.git("checkout", "--quiet", "-b", "side")
    side = repository.commit("Side", {"b": "one\nmark of the side\n"})
    repository.git("checkout", "--quiet", "main")
    main = repository.commit("Main", {"a": "one\nmark of main\n"})
    repository.git("merge", "--quiet", "--no-commit", "side")
    repository.write("b", "one\nmark of the side\nevil mark\n")
    repository.write("new", "new mark\n")
    repository.git("add", "--all")
    seen = committing.commit("-m", "Merge")
    assert seen.parents == (main, side)
    assert [line.text for line in seen.added_lines] == ["evil mark", "new mark"]


def test_an_octopus_merge(committing: Committing) -> None:
    repository = committing.repository
    for name in ("x", "y"):
        repository.git("checkout", "--quiet", "-b", name, "main")
        repository.commit(name, {name: f"mark of {name}\n"})
    repository.git("checkout", "--quiet", "main")
    repository.commit("main", {"z": "z\n"})
    seen = committing.seen("merge", "--quiet", "-m", "Octopus", "x", "y")
    assert seen.changes == ()


def test_in_a_worktree(committing: Committing) -> None:
    tree = committing.repository.path.parent / "worktree"
    committing.repository.git("worktree", "add", "--quiet", str(tree), "-b", "other")
    other = RealRepository(tree)
    other.write("a", "one\nmark\n")
    committing.repository = other
    seen = committing.commit("--all", "-m", "In a worktree")
    assert [line.text for line in seen.added_lines] == ["mark"]


def test_with_another_author(committing: Committing) -> None:
    seen = committing.commit("--allow-empty", "-m", "x", "--author=B <b@example.com>")
    assert seen.author.email == "b@example.com"
    assert seen.committer.email == "ada@example.com"


def test_where_nobody_is_configured(repository: RealRepository) -> None:
    repository.write("a", "mark\n")
    repository.git("add", "a")
    repository.git("config", "user.useConfigOnly", "true")
    commit = pending_commit(repository.opened, Search(lambda _data: [], Committing.find, lambda _path: False))
    assert [line.text for line in commit.added_lines] == ["mark"]
    assert commit.parents == ()


def test_before_there_is_a_message(committing: Committing) -> None:
    committing.hook("pre-commit")
    committing.repository.write("a", "one\nmark\n")
    seen = committing.seen("commit", "--quiet", "--all", "-m", "x")
    assert seen.message is None or seen.message == "x\n"
    assert [line.text for line in seen.added_lines] == ["mark"]


def test_an_editor_and_a_verbose_commit(committing: Committing) -> None:
    editor = committing.repository.path.parent / "editor"
    editor.write_text('#!/bin/sh\nprintf "Subject\\n\\nKey: value\\n" >new\ncat "$1" >>new\nmv new "$1"\n')
    editor.chmod(0o755)
    committing.repository.write("a", "one\nmark\n")
    seen = committing.commit("--all", "--verbose", env={"GIT_EDITOR": str(editor)})
    assert seen.message == "Subject\n\nKey: value\n"


def test_a_file_that_is_only_meant_to_be_added(committing: Committing) -> None:
    committing.repository.write("planned", "mark\n")
    committing.repository.git("add", "--intent-to-add", "planned")
    committing.repository.write("a", "one\nmark\n")
    committing.repository.git("add", "a")
    seen = committing.commit("-m", "x")
    assert {change.path for change in seen.changes} == {"a"}
