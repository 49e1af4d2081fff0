"""Misspelt trailer keys: `Co-author-by`, `Coauthored-by` and `co_authored_by` all stand for `Co-authored-by`."""

import re
from collections.abc import Iterable

from byline.catalogue.lookalikes import plain

_NOT_ALPHANUMERIC = re.compile(r"[\W_]+")
_SHORTEST = 8
_TYPING_ERRORS = 2


def is_spelt_like(written: str, wanted: str) -> bool:
    """Whether the keys, in lower case, have the same letters; long ones may differ by two, though not at the start."""
    written, wanted = _NOT_ALPHANUMERIC.sub("", written), _NOT_ALPHANUMERIC.sub("", wanted)
    if written == wanted:
        return True
    too_short = min(len(written), len(wanted)) < _SHORTEST
    if too_short or abs(len(written) - len(wanted)) > _TYPING_ERRORS or written[0] != wanted[0]:
        return False
    return _distance(written, wanted) <= _TYPING_ERRORS


def is_misspelt(written: str, keys: Iterable[str]) -> bool:
    """Whether the key is like one of these keys, and not one of them."""
    written = plain(written).strip()
    wanted = list(keys)
    return written not in wanted and any(is_spelt_like(written, key) for key in wanted)


def _distance(one: str, other: str) -> int:
    """Letters to add, leave out or change to turn one word into the other (Levenshtein)."""
    row = list(range(len(other) + 1))
    for count, letter in enumerate(one, 1):
        above, row = row, [count]
        for column, wanted in enumerate(other, 1):
            row.append(min(above[column] + 1, row[-1] + 1, above[column - 1] + (letter != wanted)))
    return row[-1]
