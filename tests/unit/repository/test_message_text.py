"""A message is text, whatever encoding its commit claims; a mark that any reader of it would see is in that text."""

import pytest

from byline.repository.message_text import decode_message

MARK = "Co-authored-by: Claude <noreply@anthropic.com>"


@pytest.mark.parametrize("encoding", ["", "UTF-8", "utf8", "US-ASCII", "ascii"])
def test_bytes_that_are_no_utf8_survive(encoding: str) -> None:
    text, unread = decode_message(b"caf\xe9 \xff\0 " + MARK.encode(), encoding)
    assert text.encode("utf-8", "surrogateescape") == b"caf\xe9 \xff\0 " + MARK.encode()
    assert not unread


@pytest.mark.parametrize("encoding", ["ISO-8859-1", "latin1", "windows-1252", "cp1252", "ISO8859-15"])
def test_a_character_set_on_top_of_ascii_is_decoded(encoding: str) -> None:
    text, unread = decode_message("café\n".encode("latin-1"), encoding)
    assert text == "café\n"
    assert not unread


@pytest.mark.parametrize("encoding", ["Shift_JIS", "EUC-JP", "GB18030", "Big5", "EUC-KR", "KOI8-R", "ISO-2022-JP"])
def test_a_mark_survives_in_the_character_sets_of_the_world(encoding: str) -> None:
    text, unread = decode_message(f"Subject\n\n{MARK}\n".encode(encoding), encoding)
    assert MARK in text
    assert not unread


@pytest.mark.parametrize("encoding", ["IBM037", "cp500", "UTF-16LE", "UTF-16", "UTF-32BE", "UTF-7"])
def test_a_mark_hidden_by_an_encoding_is_read(encoding: str) -> None:
    python_name = "cp037" if encoding == "IBM037" else encoding
    text, unread = decode_message(f"Subject\n\n{MARK}\n".encode(python_name), encoding)
    assert MARK in text
    assert not unread


@pytest.mark.parametrize("encoding", ["IBM037", "UTF-16LE", "UTF-7", "ISO-2022-JP"])
def test_a_mark_in_plain_bytes_is_read_although_the_commit_claims_something_else(encoding: str) -> None:
    assert MARK in decode_message(f"Subject\n\n{MARK}\n".encode(), encoding).text


@pytest.mark.parametrize(
    "encoding",
    [
        "klingon",
        "rot13",
        "base64",
        "zip",
        "hex",
        "punycode",
        "idna",
        "unicode_escape",
        "undefined",
        "\ufffd",
        " ",
        "x" * 999,
    ],
)
def test_an_encoding_that_is_none_is_told_and_the_bytes_are_read(encoding: str) -> None:
    text, unread = decode_message(MARK.encode(), encoding)
    assert text == MARK
    assert len(unread) == 1
    assert len(unread[0]) < 120


def test_a_large_message_in_any_encoding_takes_no_ages() -> None:
    """Some codecs of Python take quadratic time; those are not among the character sets that are decoded."""
    for encoding in ("UTF-7", "ISO-2022-JP-2", "GB18030", "Big5-HKSCS", "EUC-JP", "UTF-16"):
        assert decode_message(b"+AAA\x1b$B\x81\x30" * 100_000, encoding).text
