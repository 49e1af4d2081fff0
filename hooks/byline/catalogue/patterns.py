"""Regular expressions of the catalogue: compiled on first use, matched on bounded text."""

import re
from functools import cache

from byline.catalogue.lookalikes import plain
from byline.catalogue.schema import TrailerMatch

LONGEST_VALUE = 4096
"""Characters of a trailer's value that a `value` expression is matched with."""

LONGEST_LINE = 1000
"""Characters of a line that a `pattern` expression is searched in; of a longer line, those around the needle."""


@cache
def compiled(text: str) -> re.Pattern[str]:
    """The expression, blind to case. Raises `re.error` where `text` is none; a loaded catalogue holds none such."""
    return re.compile(text, re.IGNORECASE)


def is_whole(pattern: str, text: str) -> bool:
    """Whether the expression matches all of a text, as it is or with look-alikes replaced."""
    expression = compiled(pattern)
    return bool(expression.fullmatch(text) or (not text.isascii() and expression.fullmatch(plain(text))))


def fits_value(match: TrailerMatch, value: str) -> bool:
    """Whether the expression of a mark matches all of a trailer's value. It is compiled only where it may."""
    return _may_fit(match, value) and is_whole(match.value, value)


def _may_fit(match: TrailerMatch, value: str) -> bool:
    """Whether the value has what every value has that matches, as it is or with look-alikes replaced."""
    if "<" in value and not match.brackets:
        return False
    folded = value.lower() if value.isascii() else f"{value.lower()}\n{plain(value)}"
    if match.digit and not any(map(str.isdecimal, folded)):
        return False
    return not match.hints or any(hint in folded for hint in match.hints)


def is_within(pattern: str, text: str) -> bool:
    """Whether the expression matches somewhere in a text, as it is or with look-alikes replaced."""
    expression = compiled(pattern)
    return bool(expression.search(text) or (not text.isascii() and expression.search(plain(text))))
