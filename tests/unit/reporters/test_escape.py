import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from byline.reporters.escape import escape, escape_lines


@pytest.mark.parametrize(
    "text",
    [
        "Fix the parser",
        "naïve café",
        "日本語のコミット",
        "עברית",
        "a\\xffb",
        "tab-less  blanks",
        "é",
        "☃ 🤖",
        "Straße ",
    ],
)
def test_ordinary_text_stays_as_it_is(text):
    assert escape(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("\x1b[2J\x1b[31mred", r"\x1b[2J\x1b[31mred", id="terminal control sequence"),
        pytest.param("\x9b31m", r"\u009b31m", id="C1 control sequence introducer"),
        pytest.param("a\rb", r"a\rb", id="carriage return"),
        pytest.param("a\nb\tc", r"a\nb\tc", id="newline and tab"),
        pytest.param("\x00\x07\x7f", r"\x00\x07\x7f", id="NUL, bell and DEL"),
        pytest.param("a\u202eb\u2066c", r"a\u202eb\u2066c", id="bidirectional controls"),
        pytest.param("Cl\u200baude\ufeff", r"Cl\u200baude\ufeff", id="zero width"),
        pytest.param("a\u2028b", r"a\u2028b", id="line separator"),
        pytest.param("\U000e0041", r"\U000e0041", id="tag character"),
        pytest.param(b"caf\xe9".decode(errors="surrogateescape"), r"caf\xe9", id="byte that is not UTF-8"),
        pytest.param("\ud83d", r"\ud83d", id="half a character"),
        pytest.param("\u3164", r"\u3164", id="invisible filler"),
    ],
)
def test_what_acts_or_hides_is_written_out(text, shown):
    assert escape(text) == shown


@given(st.text(st.characters()) | st.binary().map(lambda raw: raw.decode(errors="surrogateescape")))
def test_nothing_escaped_can_act_on_a_terminal_or_fail_to_be_written(text):
    shown = escape(text)
    assert not {unicodedata.category(char) for char in shown} & {"Cc", "Cs", "Zl", "Zp"}
    shown.encode()


def test_lines_of_our_own_stay_lines():
    assert escape_lines("the policy has 1 fault:\n  a\x1bb") == "the policy has 1 fault:\n  a\\x1bb"
