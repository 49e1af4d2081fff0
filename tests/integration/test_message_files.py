"""Messages as git hands them over: with diffs below scissors, comments, templates and other encodings."""

from pathlib import Path

import pytest

from integration.clone import CLAUDE, Clone, editor

DISCLOSE = '[policy]\nai = "disclose"\n\n[trailers]\ndisclose = { Assisted-by = "{tool}" }\n'


@pytest.fixture
def staged(clone: Clone) -> Clone:
    """A clone with a change that itself talks about trailers."""
    clone.stage({"trailers.txt": f"{CLAUDE}\n"})
    return clone


def test_the_diff_of_a_verbose_commit_is_no_message(staged: Clone, tmp_path: Path) -> None:
    env = editor(tmp_path, "Document the trailers\n")
    assert staged.attempt("git", "commit", "--quiet", "--verbose", env=env) == (0, "", "")
    assert CLAUDE in (tmp_path / "seen").read_text(), "the diff was shown"
    assert staged.message == "Document the trailers\n"


def test_a_trailer_above_the_scissors_counts(staged: Clone, tmp_path: Path) -> None:
    ended = staged.attempt("git", "commit", "-v", env=editor(tmp_path, f"Document the trailers\n\n{CLAUDE}\n"))
    assert ended.code == 1
    assert f"    seen  message line 3: {CLAUDE}" in ended.said


@pytest.mark.parametrize("cleanup", ["scissors", "strip", "default"])
def test_what_git_cuts_off_does_not_count(staged: Clone, tmp_path: Path, cleanup: str) -> None:
    env = editor(tmp_path, f"Document the trailers\n\n# {CLAUDE}\n" if cleanup != "scissors" else "Document\n")
    staged.git("config", "commit.verbose", "true")
    ended = staged.attempt("git", "-c", f"commit.cleanup={cleanup}", "commit", "--quiet", env=env)
    assert ended == (0, "", "")
    assert CLAUDE not in staged.message


@pytest.mark.parametrize("cleanup", ["whitespace", "verbatim"])
def test_what_git_keeps_counts(clone: Clone, cleanup: str) -> None:
    ended = clone.attempt("git", "commit", "--allow-empty", f"--cleanup={cleanup}", "-m", f"Add\n\n#\n\n{CLAUDE}")
    assert ended.code == 1


@pytest.mark.parametrize("mark", [";", "auto", "@"])
def test_other_comment_characters(clone: Clone, tmp_path: Path, mark: str) -> None:
    clone.git("config", "core.commentChar", mark)
    clone.stage({"a.txt": "a\n"})
    sign = "#" if mark == "auto" else mark
    env = editor(tmp_path, f"Add a\n\n{sign} {CLAUDE}\n")
    ended = clone.attempt("git", "commit", "--quiet", env=env)
    assert ended.code == 0
    assert "byline" not in ended.err  # git itself may warn that it will no longer choose the character
    assert clone.message == "Add a\n"
    clone.stage({"a.txt": "b\n"})
    assert clone.attempt("git", "commit", "--quiet", "-m", f"# 12: add b\n\n{CLAUDE}").code == 1


def test_a_comment_string(clone: Clone, tmp_path: Path) -> None:
    clone.git("config", "core.commentString", "//")  # git takes it for one since 2.45
    clone.stage({"a.txt": "a\n"})
    ended = clone.attempt("git", "commit", env=editor(tmp_path, f"Add a\n\n{CLAUDE}\n// {CLAUDE}\n"))
    assert ended.code == 1
    assert ended.err.count(CLAUDE) == 1
    assert clone.attempt("git", "commit", "--quiet", env=editor(tmp_path, f"Add a\n\n// {CLAUDE}\n")).code == 0


def test_a_message_from_a_template(clone: Clone, tmp_path: Path) -> None:
    (tmp_path / "template").write_text(f"\n\n# Do not write:\n# {CLAUDE}\n")
    clone.git("config", "commit.template", str(tmp_path / "template"))
    clone.stage({"a.txt": "a\n"})
    assert clone.attempt("git", "commit", "--quiet", env=editor(tmp_path, "Add a\n")) == (0, "", "")


@pytest.mark.parametrize("encoding", ["ISO-8859-1", ""])
def test_a_message_that_is_not_utf_8(clone: Clone, tmp_path: Path, encoding: str) -> None:
    if encoding:
        clone.git("config", "i18n.commitEncoding", encoding)
    draft = tmp_path / "draft"
    draft.write_bytes("Grüße hinzufügen\n".encode("latin-1"))
    ended = clone.attempt("git", "commit", "--quiet", "--allow-empty", "-F", str(draft))
    assert ended.code == 0
    assert "byline" not in ended.err
    draft.write_bytes(f"Grüße hinzufügen\n\n{CLAUDE}\n".encode("latin-1"))
    ended = clone.attempt("git", "commit", "--quiet", "--allow-empty", "-F", str(draft))
    assert ended.code == 1
    assert "Traceback" not in ended.err


def test_the_editor_says_how_to_disclose_and_the_message_stays_clean(make_clone, tmp_path: Path) -> None:
    clone = make_clone(DISCLOSE)
    clone.stage({"a.txt": "a\n"})
    assert clone.attempt("git", "commit", "--quiet", env=editor(tmp_path, "Add a\n")) == (0, "", "")
    offered = (tmp_path / "seen").read_text()
    assert "# byline: if an AI tool had a part in this change, say so with a trailer:" in offered
    assert "#     Assisted-by: <tool>" in offered
    assert clone.message == "Add a\n"
    assert clone.attempt("git", "commit", "--quiet", "--amend", env=editor(tmp_path, "", "again")) == (0, "", "")
    assert (tmp_path / "again").read_text().count("byline:") == 1
    assert clone.message == "Add a\n"


def test_the_words_in_the_editor_survive_scissors_and_other_comments(make_clone, tmp_path: Path) -> None:
    clone = make_clone(DISCLOSE)
    for number, options in enumerate((["commit.cleanup=scissors"], ["core.commentChar=;"], ["commit.verbose=true"])):
        clone.stage({"a.txt": f"{number}\n"})
        env = editor(tmp_path, f"Change {number}\n")
        settings = [word for option in options for word in ("-c", option)]
        assert clone.attempt("git", *settings, "commit", "--quiet", env=env) == (0, "", ""), options
        assert "byline" in (tmp_path / "seen").read_text(), options
        assert clone.message == f"Change {number}\n", options


def test_a_disclosed_commit_passes_and_an_undisclosed_one_gets_its_line(make_clone) -> None:
    clone = make_clone(DISCLOSE)
    clone.git("config", "byline.write", "false")
    ended = clone.attempt("git", "commit", "--allow-empty", "-m", f"Add a\n\n{CLAUDE}")
    assert ended.code == 1
    line = next(line.strip() for line in ended.said if line.strip().startswith("Assisted-by:"))
    assert "<" not in line, "the line can be pasted as it is"
    ended = clone.attempt("git", "commit", "--quiet", "--allow-empty", "-m", f"Add a\n\n{line}\n{CLAUDE}")
    assert ended.code == 0, ended.err


def test_the_line_is_written_for_the_author(make_clone) -> None:
    clone = make_clone(DISCLOSE)
    ended = clone.attempt("git", "commit", "--allow-empty", "-m", f"Add a\n\n{CLAUDE}")
    assert ended.code == 0, ended.err
    assert "Assisted-by: " in clone.message
    assert "byline: in your message: added    Assisted-by: " in ended.err


def test_a_very_long_message_is_not_passed_unread(clone: Clone, tmp_path: Path) -> None:
    draft = tmp_path / "draft"
    draft.write_text("Import the log\n\n" + "a line of the log\n" * 80_000)
    ended = clone.attempt("git", "commit", "--allow-empty", "-F", str(draft))
    assert ended.code == 1
    assert "byline: this commit could not be checked in full" in ended.said
    assert len(ended.said) < 20
