"""Searches a pattern in a line of any length, in time that grows with the line and not with its square."""

import re

from byline.catalogue.lookalikes import plain
from byline.catalogue.patterns import LONGEST_LINE, compiled

_MOST_PLACES = 20
"""Places of one line around which a pattern is tried."""


def search_near(pattern: str, line: str, needle: str) -> re.Match[str] | None:
    """The first match in the line, or with look-alikes replaced.

    Of a line longer than LONGEST_LINE, only the surroundings of the first places of the needle are searched.
    """
    found = _search(pattern, line, needle)
    if found is None and not line.isascii():
        found = _search(pattern, plain(line), needle)
    return found


def _search(pattern: str, line: str, needle: str) -> re.Match[str] | None:
    expression = compiled(pattern)
    if len(line) <= LONGEST_LINE:
        return expression.search(line)
    searched_to = 0
    for _ in range(_MOST_PLACES):
        place = compiled(re.escape(needle)).search(line, searched_to)
        if place is None:
            return None
        begin = max(0, place.start() - LONGEST_LINE // 2)
        found = expression.search(line, begin, begin + LONGEST_LINE)
        if found is not None:
            return found
        searched_to = max(place.end(), begin + LONGEST_LINE - len(needle))
    return None
