"""Expressions that hostile text could keep busy are refused, ordinary ones are not."""

import re

import pytest

from byline.catalogue.patterns import LONGEST_LINE, LONGEST_VALUE
from byline.catalogue.possible_characters import may_hold_character, must_hold_digit
from byline.catalogue.required_literals import required_literals
from byline.catalogue.safe_patterns import danger


@pytest.mark.parametrize(
    "pattern",
    [
        r"^generated (?:with|by) claude\b",
        r"https://claude\.ai/code/session_[0-9a-z]{8,40}",
        r"^// \.\.\. existing code \.\.\.$",
        r"^#\s*rest of the code remains the same",
        r"claude-code/\d+\.\d+\.\d+",
        r"^(?:[a-z]+-)*[a-z]+$",
        r"^(?:\w+\s)*done$",
        r"^(?:\s+\w+)*$",
        r"^(?:[^\s]+\s)*x$",
        r"<\|im_(?:start|end|sep)\|>",
        r"aider: .{0,80}",
        r"^aider .*\((?:gpt|claude)[^)]*\)$",
        r"(?:foo|bar|baz)+",
        r"^\S+ \(aider\)$",
        r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
        r"(?>a+)b",
        r"(?<=x)claude(?! monet)",
    ],
)
def test_ordinary_expressions_may_be_used(pattern: str) -> None:
    assert danger(pattern) == ""


BOMBS = [
    (r"(a+)+$", "a"),
    (r"(a*)*b", "a"),
    (r"(a|a)*b", "a"),
    (r"(a|ab|b)*c", "ab"),
    (r"(?:\w+\s?)*!", "a"),
    (r"(.*foo)*bar", "foo"),
    (r"(a?){40}a{40}", "a"),
    (r"a?" * 40 + "a" * 40, "a"),
    (r"(?:a{0,30}){30}b", "a"),
    (r".*.*.*.*x", "a"),
    (r"\s*\s*\s*\s*x", " "),
    (r"(?:a|b|ab)*?c", "ab"),
    (r"(?=(a+)+$)a", "a"),
    (r"(x+x+)+y", "x"),
    (r"([a-z]+)*@", "a"),
    (r"(?i:A+)*(?:a)+b", "a"),
    (r"(?:é+)+b", "é"),
    (r"(?:\d+|\w)*x", "1"),
    (r"(?:[^é]+ö)*x", "ö"),
    (r"(?:\D+é)*x", "é"),
    (r"(?:foo|fo+)*x", "fo"),
]


@pytest.mark.parametrize("pattern", [pattern for pattern, _ in BOMBS])
def test_expressions_that_could_take_hours_are_refused(pattern: str) -> None:
    assert "too many ways" in danger(pattern)
    assert "too many ways" in danger(pattern, whole=True)


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("(", "is not a regular expression: missing ), unterminated subpattern at position 0"),
        (r"(a)\1", "refers back to a group"),
        ("(?P<x>a)(?P=x)", "refers back to a group"),
        ("(a)?(?(1)b|c)", "refers back to a group"),
        ("[[a]b", "is ambiguous: Possible nested set"),
        ("(" * 5000 + ")" * 5000, "is nested too deeply"),
        ("(?<=a+)b", "look-behind requires fixed-width pattern"),
    ],
)
def test_what_is_wrong_is_said(pattern: str, reason: str) -> None:
    assert reason in danger(pattern)


@pytest.mark.parametrize("pattern", [r"^a.*b.*c", r"x.{0,90}y", r"^\s*#.*(?:foo|bar)$", r"(?:[a-z]+-)*\d"])
def test_allowed_expressions_end_on_hostile_lines(pattern: str) -> None:
    assert danger(pattern) == ""
    for text in ("a", "ab", "x", " #", "a-", "foo"):
        assert re.search(pattern + r"\Z.", (text * LONGEST_VALUE)[:LONGEST_LINE], re.IGNORECASE) is None


@pytest.mark.parametrize(
    ("pattern", "literals"),
    [
        (r"^Devin AI <.*>$", ("devin ai <",)),
        (r"\b(?:openhands|all-hands)\[bot\]", ("all-hands", "openhands")),
        (r"(?:claude)+x?\d", ("claude",)),
        (r"claude|gpt", ()),
        (r"(?:claude)?code-\w+", ("code-",)),
        (r"\w+@\w+", ()),
        (r"agent(?:s)?@(?:example|sample)\.com", ("@example", "@sample")),
        (r"(?:google x?gemini|gemini \d)\w*|gemini ?:", ("gemini", "gemini ", "google ")),
        (r"zed(?: \w+|: \w+)", ()),
        (r"(?:abcd|efgh)ij", ("abcd", "efgh")),
        (r"^(?:open-acme(?:-dev)?|open acme) <", ("open acme", "open-acme")),
        (r"ai (?:coding )?(?:assistant|agent) <", ("agent", "assistant")),
    ],
)
def test_literals_that_every_match_holds(pattern: str, literals: tuple[str, ...]) -> None:
    assert required_literals(pattern) == literals


@pytest.mark.parametrize(
    ("pattern", "may"),
    [
        (r"claude\b[^<>]*", False),
        (r"(?:gpt|llm)[\w .-]{0,9}(?![^<>]*<)\d", False),
        (r"\s[a-z]+\d", False),
        (r"claude <[^<>]+>", True),
        (r"[;-=]", True),
        (r"[^>]x", True),
        (r".{0,3}x", True),
        (r"(?:a|\W)?x", True),
        (r"(?:a|[\S]){2}x", True),
        (r"(a)?(?(1)b|c)", True),
    ],
)
def test_whether_a_match_may_hold_a_bracket(pattern: str, may: bool) -> None:
    assert may_hold_character(pattern, "<") is may


@pytest.mark.parametrize(
    ("pattern", "must"),
    [
        (r"claude (?:opus|sonnet) \d{1,2}", True),
        (r"(?:gpt[ -]?\d|o\d)x", True),
        (r"(?:[ -]?[\w.]{1,12}){0,3}?[ -]?\d[\w. ]{0,4}", True),
        (r"(\d)+", True),
        (r"(?:gpt[ -]?\d|o1)x", False),
        (r"\d?x", False),
        (r"(?:\d|x)", False),
        (r"[\d.]", False),
        (r"[^\d]", False),
        (r"\D", False),
        (r"x(?=\d)", False),
    ],
)
def test_whether_every_match_holds_a_digit(pattern: str, must: bool) -> None:
    assert must_hold_digit(pattern) is must
