import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from byline.reporters.json_text import dumps, json_text


def read_back(text: str) -> str:
    """The documented way back: an odd number of backslashes before xNN means a byte, an even number is halved."""

    def back(match: re.Match[str]) -> str:
        slashes, code = match.groups()
        half = "\\" * (len(slashes) // 2)
        if len(slashes) % 2 == 0:
            return half + code
        byte = int(code[1:], 16)
        return half + chr(byte + 0xDC00 if code[0] == "x" else byte)

    return re.sub(r"(\\+)(x[89a-f][0-9a-f]|ud[89a-f][0-9a-f]{2})", back, text)


@pytest.mark.parametrize("text", ["Fix the parser", "C:\\temp\\x41", "naïve 🤖", r"\x1b", "\\"])
def test_ordinary_text_stays_as_it_is(text):
    assert json_text(text) == text


def test_a_byte_is_told_from_a_text_that_spells_one():
    assert json_text("\udcff") == r"\xff"
    assert json_text(r"\xff") == r"\\xff"
    assert json_text("\\\udcff") == r"\\\xff"


@given(st.binary(max_size=30).map(lambda raw: raw.decode(errors="surrogateescape")))
def test_every_sequence_of_bytes_comes_back(text):
    document = dumps(json_text(text)).encode()
    assert read_back(json.loads(document)) == text


@given(st.text(st.sampled_from("\\xud8ef0\udcff\udc80\ud83d"), max_size=12))
def test_texts_made_to_confuse_come_back(text):
    assert read_back(json_text(text)) == text


def test_json_is_harmless_on_a_terminal():
    document = dumps(json_text("\x1b[31m\u202e\x9b\U000e0041é"))
    assert document == r'"\u001b[31m\u202e\u009b\udb40\udc41é"'
    assert json.loads(document) == "\x1b[31m\u202e\x9b\U000e0041é"
