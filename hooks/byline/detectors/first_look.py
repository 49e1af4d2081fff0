"""A first look at what commits say, for texts of which every mark in a commit object holds one; most hold none."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from byline.catalogue.lookalikes import plain
from byline.model import Commit
from byline.repository.search import Finder

# No needle goes over a line end, and an object that holds NUL is not looked through with others. NUL comes last, or
# a broken object that begins with a blank would be taken for the rest of the line before it.
_BETWEEN = b"\n\0"


def said_in(commit: Commit) -> bytes:
    """Everything that is said in the commit, as needles are compared."""
    return _in_one_form(f"{commit.author}\n{commit.committer}\n{commit.message or ''}")


def telling(raws: Sequence[bytes], find: Finder) -> set[int]:
    """The places of the raw commit objects in which something is found, or whose text says how to read it."""
    found: set[int] = set()
    plain_ones: list[int] = []
    others: list[int] = []
    for place, raw in enumerate(raws):
        if b"\nencoding " in raw or b"\0" in raw:
            found.add(place)
        else:
            # look-alikes are looked for character by character, which few commits need
            (plain_ones if raw.isascii() else others).append(place)
    for places in (plain_ones, others):
        text = _in_one_form(_BETWEEN.join([raws[place] for place in places]).decode("utf-8", "surrogateescape"))
        if hits := find(text):
            ends = [*accumulate(len(part) + len(_BETWEEN) for part in text.split(_BETWEEN))]
            found.update(places[bisect_right(ends, start)] for start, _ in hits)
    return found


def _in_one_form(text: str) -> bytes:
    """Folded as look-alikes are, with single blanks; a line that goes on in an indented one is one line."""
    data = plain(text).encode("utf-8", "replace").replace(b"\t", b" ").replace(b"\r", b" ")
    data = _with_single_blanks(data)
    return _with_single_blanks(data.replace(b"\n ", b" ")) if b"\n " in data else data


def _with_single_blanks(data: bytes) -> bytes:
    return re.sub(b"  +", b" ", data) if b"  " in data else data
