"""A message file is read as the message that git makes of it."""

import itertools
from pathlib import Path

import pytest

from byline.errors import UnreadableInput
from byline.repository import message_file
from byline.repository.message_file import comment_mark, editor_opens, message_commit, read_message
from real_git import RealRepository

SCISSORS = "------------------------ >8 ------------------------"
TEXT = f"""
# a comment
Subject  \t


Body
# not the end
; other comment
  indented\x20\x20
Key: value

# {SCISSORS}
# Do not modify or remove the line above.
diff --git a/x b/x
+mark


"""
MODES = ("strip", "whitespace", "verbatim", "scissors", "default")


def written(folder: Path, text: str | bytes) -> str:
    path = folder / "MESSAGE"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(path)


@pytest.mark.parametrize(("mode", "mark", "edited"), [*itertools.product(MODES, ["", "#", ";"], [True, False])])
def test_git_makes_the_same_message(repository: RealRepository, mode: str, mark: str, edited: bool) -> None:
    path = written(repository.path.parent, TEXT)
    settings = {"commit.cleanup": mode} | ({"core.commentchar": mark} if mark else {})
    options = [option for key, value in settings.items() for option in ("-c", f"{key}={value}")]
    edit = ["--edit", "--verbose"] if edited else ["--no-edit"]
    # the editor puts the file as it is in the place of what git has prepared
    repository.git(*options, "commit", "--allow-empty", *edit, "-F", path, env={"GIT_EDITOR": f"cp {path}"})
    made = repository.git_bytes("cat-file", "commit", "HEAD").partition(b"\n\n")[2].decode()
    assert read_message(path, settings, edited=edited).text == made


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "\n\n\n",
        "x",
        "x\n",
        "\n\nx\n\n\ny\n\n",
        "# only\n# comments\n",
        " \t \n x \r\n\r\n\r\ny",
        "a\0b\n",
        "\x0b\na\x0c\n",
        "#",
    ],
)
def test_blank_lines_and_line_ends_are_those_of_git(repository: RealRepository, text: str) -> None:
    for mode in ("--strip-comments", ""):
        expected = repository.git_bytes("stripspace", *([mode] if mode else []), feed=text.encode()).decode()
        cleanup = {"commit.cleanup": "strip" if mode else "whitespace"}
        assert read_message(written(repository.path.parent, text), cleanup, edited=False).text == expected


@pytest.mark.parametrize(
    ("settings", "text", "mark"),
    [
        ({}, "x", "#"),
        ({"core.commentchar": ";"}, "x", ";"),
        ({"core.commentstring": "//"}, "x", "//"),
        ({"core.commentchar": "auto"}, "# 1 thing\nbody\n; Please enter the commit message\n; lines\n", ";"),
        ({"core.commentchar": "auto"}, "body\n", "#"),
        ({"core.commentchar": "auto"}, "", "#"),
    ],
)
def test_the_mark_of_a_comment(settings: dict[str, str], text: str, mark: str) -> None:
    assert comment_mark(text, settings) == mark


def test_an_automatic_comment_mark_is_the_one_that_git_chose(repository: RealRepository) -> None:
    editor = repository.write(
        "editor", '#!/bin/sh\ncp "$1" seen\nprintf "# 1 of the plan\\n" >new\ncat "$1" >>new\ncp new "$1"\n'
    )
    editor.chmod(0o755)
    options = ("-c", "core.commentChar=auto", "commit", "--allow-empty", "--quiet")
    message = repository.path / "template"
    message.write_text("# 2 of the plan\n")
    repository.git(*options, "-e", "-F", str(message), env={"GIT_EDITOR": str(editor)})
    made = repository.git_bytes("cat-file", "commit", "HEAD").partition(b"\n\n")[2].decode()
    ours = read_message(str(repository.path / "new"), {"core.commentchar": "auto"}, edited=True)
    assert ours.text == made == "# 1 of the plan\n# 2 of the plan\n"


def test_a_message_is_decoded_as_it_will_be_stored(tmp_path: Path) -> None:
    path = written(tmp_path, "Café\n".encode("latin-1"))
    assert read_message(path, {"i18n.commitencoding": "ISO-8859-1"}, edited=False).text == "Café\n"


def test_a_message_over_the_limit_says_so(tmp_path: Path) -> None:
    path = written(tmp_path, b"Subject\n\n" + b"x" * message_file.LONGEST_MESSAGE + b"\nKey: value\n")
    text, unread = read_message(path, {}, edited=False)
    assert text.startswith("Subject\n\nxxx")
    assert len(unread) == 1


@pytest.mark.parametrize("name", ["missing", "."])
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnreadableInput, match="cannot be read"):
        read_message(str(tmp_path / name), {}, edited=True)


def test_git_tells_whether_an_editor_opens() -> None:
    assert editor_opens({"GIT_EDITOR": "vi"})
    assert editor_opens({})
    assert not editor_opens({"GIT_EDITOR": ":"})


def test_a_message_alone_is_a_commit_without_an_author(tmp_path: Path) -> None:
    commit = message_commit(written(tmp_path, "# comment\nSubject\n\nKey: value\n"))
    assert (commit.sha, commit.parents, commit.author.email, commit.message) == (
        None,
        (),
        "",
        "Subject\n\nKey: value\n",
    )
    assert [str(trailer) for trailer in commit.trailers] == ["Key: value"]
