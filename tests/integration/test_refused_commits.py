"""What is advised with a commit that was refused is about a commit that is not made yet, and works as it is said."""

import re
from pathlib import Path

import pytest

from integration.clone import BAN, CLAUDE, Clone, editor

DISCLOSE = '[policy]\nai = "disclose"\n\n[trailers]\n'
SIGNED = f'{DISCLOSE}require = ["Signed-off-by"]\n'
EDITED = {
    "replaced": 'disclose = { Assisted-by = "{tool}" }\nhuman-only = ["Co-authored-by"]\nrequire = ["Signed-off-by"]\n',
    "dropped": 'forbid = ["AI-Session", "X-Bad"]\ndrop = ["AI-Session"]\n',
    "half": 'disclose = { Assisted-by = "{tool}", Extent = ["a", "b"] }\nrequire-with-ai = ["Assisted-by", "Extent"]\n',
}
MESSAGE = f"Add a\n\nX-Bad: 1\nAI-Session: 1\n{CLAUDE}"


def one_line(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture
def signed(make_clone) -> Clone:
    """A clone with something staged, whose policy asks for a sign-off."""
    clone = make_clone(SIGNED)
    clone.stage({"a.txt": "a\n"})
    return clone


def test_who_has_not_signed_off_is_not_sent_to_the_commit_before(signed: Clone) -> None:
    before = signed.head
    ended = signed.attempt("git", "commit", "-m", f"Add a\n\n{CLAUDE}")
    assert ended.code == 1
    assert "in your own name: repeat your git commit with --signoff" in one_line(ended.err)
    assert "--amend" not in ended.err
    assert signed.attempt("git", "commit", "-m", f"Add a\n\n{CLAUDE}", "--signoff").code == 0
    assert signed.git("rev-parse", "HEAD~") == before


@pytest.mark.parametrize("rules", EDITED.values(), ids=EDITED)
def test_of_a_commit_that_is_not_made_nothing_is_to_be_undone(make_clone, rules: str) -> None:
    clone = make_clone(DISCLOSE + rules)
    clone.stage({"a.txt": "a\n"})
    ended = clone.attempt("git", "commit", "-m", MESSAGE)
    assert ended.code == 1
    assert "byline: in your message: " in ended.err
    assert "--amend" not in ended.err


def test_the_author_is_a_tool(make_clone) -> None:
    clone = make_clone(f'{DISCLOSE}human-only = ["author", "committer"]\n')
    clone.stage({"a.txt": "a\n"})
    tool = "Claude <noreply@anthropic.com>"
    ended = clone.attempt("git", "commit", "-m", "Add a", "--author", tool)
    assert ended.code == 1
    assert 'repeat your git commit with --author="Your Name <you@example.org>"' in one_line(ended.err)
    person = ("git", "commit", "-m", "Add a", "--author=Your Name <you@example.org>")
    assert clone.attempt(*person).code == 0
    clone.stage({"a.txt": "b\n"})
    as_tool = {"GIT_COMMITTER_NAME": "Claude", "GIT_COMMITTER_EMAIL": "noreply@anthropic.com"}
    ended = clone.attempt(*person, env=as_tool)
    assert ended.code == 1
    assert "GIT_COMMITTER_NAME" in ended.err
    assert "--amend" not in ended.err


def test_a_commit_that_is_made_is_amended(signed: Clone) -> None:
    signed.git("commit", "--no-verify", "-m", "Add a")
    assert "git commit --amend --signoff" in one_line(signed.attempt("byline", "check", "HEAD").out)


def kept_message(said: str) -> str:
    found = re.search(r"repeat your git commit with (-e -F .*)", said)
    assert found is not None, said
    return found[1]


@pytest.mark.parametrize("folder", [".", "src", "src/a deep one"])
def test_the_message_is_found_from_where_git_was_started(signed: Clone, folder: str) -> None:
    signed.write(f"{folder}/b.txt", "b\n")
    here = signed.path / folder
    said = signed.attempt("git", "commit", "-m", "Add a thing", cwd=here).err
    again = f"git commit {kept_message(said)} --signoff"
    assert signed.attempt("sh", "-c", again, cwd=here, env={"GIT_EDITOR": "true"}).code == 0
    assert signed.message.startswith("Add a thing\n\nSigned-off-by: ")


def test_the_message_is_found_in_a_folder_that_a_shell_would_take_apart(signed: Clone, tmp_path: Path) -> None:
    place = tmp_path / "it's $HOME; a tree"
    signed.git("worktree", "add", "--quiet", "-b", "side", str(place))
    said = signed.attempt("git", "commit", "--allow-empty", "-m", "Add a thing", cwd=place).err
    again = f"git commit --allow-empty {kept_message(said)} --signoff"
    assert signed.attempt("sh", "-c", again, cwd=place, env={"GIT_EDITOR": "true"}).code == 0
    assert signed.git("log", "-1", "--format=%s", "side") == "Add a thing"


@pytest.fixture
def diverged(make_clone) -> Clone:
    """A clone with a branch to merge, whose policy forbids AI."""
    clone = make_clone(BAN)
    clone.git("checkout", "--quiet", "-b", "side")
    clone.commit("Side", {"side.txt": "s\n"})
    clone.git("checkout", "--quiet", "main")
    clone.commit("Main", {"main.txt": "m\n"})
    return clone


def test_a_merge_that_was_refused_is_concluded_as_it_is_said(diverged: Clone, tmp_path: Path) -> None:
    ended = diverged.attempt("git", "merge", "-m", f"Merge it\n\n{CLAUDE}", "side")
    assert ended.code == 1
    assert "the merge is not concluded, and your message is kept; put it right with git commit -e" in ended.err
    assert "repeat" not in ended.err
    script = tmp_path / "editor"
    script.write_text('#!/bin/sh\ncp "$1" "$1.seen"\necho "Merge it" > "$1"\n')
    script.chmod(0o755)
    assert diverged.attempt("git", "commit", "-e", env={"GIT_EDITOR": str(script)}).code == 0
    assert CLAUDE in (diverged.path / ".git" / "COMMIT_EDITMSG.seen").read_text()
    assert len(diverged.git("log", "-1", "--format=%p").split()) == 2


def test_what_an_editor_wrote_for_a_merge_is_not_said_to_be_kept(diverged: Clone, tmp_path: Path) -> None:
    ended = diverged.attempt("git", "merge", "--edit", "side", env=editor(tmp_path, f"My words\n\n{CLAUDE}\n"))
    assert ended.code == 1
    assert "git has put back the message it proposed" in ended.err
    assert "My words" not in (diverged.path / ".git" / "MERGE_MSG").read_text()
