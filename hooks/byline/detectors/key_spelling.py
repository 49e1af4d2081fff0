"""Misspelt trailer keys: `Co-author-by`, `Coauthored-by` and `co_authored_by` all stand for `Co-authored-by`."""

from collections.abc import Iterable
from functools import lru_cache

from byline.catalogue.lookalikes import plain

_SHORTEST = 8
_TYPING_ERRORS = 2

# Every key of a message is compared with every key that is known.
_KEYS = 1000


def is_spelt_like(written: str, wanted: str) -> bool:
    """Whether the keys, in lower case, have the same letters; long ones may differ by two, though not at the start."""
    written, wanted = _letters(written), _letters(wanted)
    if written == wanted:
        return True
    if written[:1] != wanted[:1] or min(len(written), len(wanted)) < _SHORTEST:
        return False
    if abs(len(written) - len(wanted)) > _TYPING_ERRORS:
        return False
    return _distance(written, wanted) <= _TYPING_ERRORS


def is_misspelt(written: str, keys: Iterable[str]) -> bool:
    """Whether the key is like one of these keys, and not one of them."""
    written = plain(written).strip()
    wanted = list(keys)
    return written not in wanted and any(is_spelt_like(written, key) for key in wanted)


@lru_cache(_KEYS)
def _letters(key: str) -> str:
    return "".join(filter(str.isalnum, key))


def _distance(one: str, other: str) -> int:
    """Letters to add, leave out or change to turn one word into the other (Levenshtein)."""
    row = list(range(len(other) + 1))
    for count, letter in enumerate(one, 1):
        above, row = row, [count]
        for column, wanted in enumerate(other, 1):
            row.append(min(above[column] + 1, row[-1] + 1, above[column - 1] + (letter != wanted)))
    return row[-1]
