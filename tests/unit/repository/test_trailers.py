"""Trailers as git itself reads them.

git reads the trailers of thousands of commits in one process (`%(trailers)`), so every short message is tried.
"""

import itertools
import random
import re
from collections.abc import Sequence

import pytest

from byline.model import Trailer
from byline.repository.trailers import parse_trailers
from real_git import RealRepository

LINES = (
    "Signed-off-by: A <a@example.com>", "signed-off-by: A", "Signed-off-by:A", "(cherry picked from commit 0123)",
    "Key: value", "Key : value", "Key:", "with-dash:value", "Key=value", "Two words: value", " folded", "\tfolded",
    " ", "", "prose", "# comment", "Conflicts:", "\tsrc/file.c", "---", "Kéy: value", ": empty", "Key: a\r",
    "Key: two  ",
)  # fmt: skip
ODD_LINES = (
    *LINES, "Key\t: value", "Key: ", "#", "1: 2", "-: dash", "\x0b", "\x0c: x", "(cherry picked from", "# Conflicts:",
    "#\tsrc/file.c", " : x", "Key: a\x0b", "\r", "Signed-off-by:", "--- a/file", "diff --git a/x b/x", "Key:\u2028x",
)  # fmt: skip
HEADS = ("Subject\n\nBody\n \n", "Subject\n", "Subject\n\n", "Subject\n\nBody\n\n", "# comment\nSubject\n\n")


def by_git(repository: RealRepository, messages: Sequence[str]) -> list[list[str]]:
    """What git says of each message, unfolded, a line a trailer."""
    stream = [
        f"commit refs/heads/main\ncommitter A <a@example.com> 1 +0000\ndata {len(raw)}\n".encode() + raw + b"\n"
        for raw in (message.encode() for message in messages)
    ]
    repository.git("fast-import", "--quiet", "--force", feed=b"reset refs/heads/main\n\n" + b"".join(stream))
    listed = repository.git_bytes("log", "--reverse", "-z", "--format=%(trailers:only,unfold)", "main")
    return [text.split("\n") for text in listed.decode().split("\0")[:-1]]


def by_byline(message: str) -> list[str]:
    """What byline says, written as git writes it."""
    return [plain(str(trailer)) for trailer in parse_trailers(message)]


def plain(line: str) -> str:
    """Without the blanks that git leaves before the place where a value was folded."""
    return re.sub(r"[ \t\r]+ ", " ", line).strip()


def differing(repository: RealRepository, messages: list[str]) -> list[tuple[str, list[str], list[str]]]:
    """The messages on which the two disagree, shortest first: message, git's trailers, ours."""
    texts = [
        [re.sub(r"[ \t\r]+ ", " ", line).strip() for line in lines if line] for lines in by_git(repository, messages)
    ]
    assert len(texts) == len(messages)
    return sorted(
        ((message, theirs, by_byline(message)) for message, theirs in zip(messages, texts, strict=True)
         if theirs != by_byline(message)),
        key=lambda difference: len(difference[0]),
    )  # fmt: skip


def test_git_reads_the_same_trailers_in_every_short_message(repository: RealRepository) -> None:
    messages = [
        "Subject\n\n" + "\n".join(lines) + end
        for count, ends in ((1, ("", "\n", "\n\n")), (2, ("", "\n")), (3, ("\n",)))
        for lines in itertools.product(LINES, repeat=count)
        for end in ends
    ]
    assert differing(repository, messages)[:5] == []


@pytest.mark.parametrize("seed", range(3))
def test_git_reads_the_same_trailers_in_longer_messages(repository: RealRepository, seed: int) -> None:
    chance = random.Random(seed)
    messages = [
        chance.choice(HEADS) + "\n".join(chance.choices(ODD_LINES, k=chance.randint(0, 12))) + chance.choice(("", "\n"))
        for _ in range(4000)
    ]
    assert differing(repository, messages)[:5] == []


def test_a_trailer_knows_its_line_and_is_unfolded() -> None:
    message = "Subject\n\nBody: text\nprose\n\nKey: one\n\ttwo \n  three\nOther:four\n"
    assert parse_trailers(message) == (Trailer("Key", "one two three", 6), Trailer("Other", "four", 9))


@pytest.mark.parametrize("hidden_by", ["---", "# ------------------------ >8 ------------------------"])
def test_nothing_in_a_message_hides_the_trailers_below_it(hidden_by: str) -> None:
    message = f"Subject\n\nBody\n{hidden_by}\nmore\n\nKey: value\n"
    assert parse_trailers(message) == (Trailer("Key", "value", 7),)


@pytest.mark.parametrize("message", ["", "\n", "Key: value", "Key: value\nOther: value\n", "\n\n\n", "#\n# x\n"])
def test_a_title_is_no_trailer(message: str) -> None:
    assert parse_trailers(message) == ()


def test_any_number_of_trailers_is_read() -> None:
    found = parse_trailers("Subject\n\n" + "Key: value\n" * 100_000)
    assert len(found) == 100_000
    assert found[-1] == Trailer("Key", "value", 100_002)


def test_a_value_folded_any_number_of_times_is_one_value() -> None:
    (found,) = parse_trailers("Subject\n\nKey: x\n" + " y\n" * 100_000)
    assert found.value == "x" + " y" * 100_000
