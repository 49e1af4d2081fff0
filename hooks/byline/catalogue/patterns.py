"""Regular expressions of the catalogue: compiled on first use, matched on bounded text."""

import re
from collections.abc import Collection
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
    return (match.brackets or "<" not in value) and _may_hold(match.hints, value) and is_whole(match.value, value)


def _may_hold(hints: Collection[str], text: str) -> bool:
    """Whether one of the hints stands in a text, as it is or with look-alikes replaced; also where there are none."""
    folded = text.lower() if text.isascii() else f"{text.lower()}\n{plain(text)}"
    return not hints or any(hint in folded for hint in hints)


def is_within(pattern: str, text: str) -> bool:
    """Whether the expression matches somewhere in a text, as it is or with look-alikes replaced."""
    expression = compiled(pattern)
    return bool(expression.search(text) or (not text.isascii() and expression.search(plain(text))))
