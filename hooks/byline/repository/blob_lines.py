"""The lines of a file's content on which a mark could be.

A line ends at LF and nowhere else, as in git. A line of up to 4,096 bytes is taken whole; of a longer one, the
2,048 bytes to either side of what was found stand for it.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from byline.repository.search import Finder

LONGEST_LINE = 4096
MOST_LINES = 10_000
"""Lines with possible marks that are kept of one content; beyond, the content counts as not fully read."""

_BESIDE = LONGEST_LINE // 2
_CONTEXT = 2 * LONGEST_LINE


class HitLine(NamedTuple):
    """A line with something worth decoding. `number` counts from 1."""

    number: int
    text: bytes


class TooManyLinesError(Exception):
    """More lines with possible marks than are kept."""


def hit_lines(data: bytes, finder: Finder, *, first_number: int = 1) -> list[HitLine]:
    """The lines of content held in memory. Raises TooManyLinesError."""
    return _hits(data, finder(data), first_number)


def streamed_hit_lines(chunks: Iterable[bytes], finder: Finder) -> list[HitLine]:
    """The lines of content of any size, in the memory of a few chunks. Raises TooManyLinesError."""
    found: list[HitLine] = []
    window = b""
    number = 1
    judged = 0
    for piece, last in _marked_last(chunks):
        window += piece
        until = len(window) if last else max(judged, len(window) - _CONTEXT)
        places = [place for place in finder(window) if judged <= place[0] < until]
        found += _hits(window, places, number)
        if len(found) > MOST_LINES:
            raise TooManyLinesError
        dropped = max(0, until - _CONTEXT)
        number += window.count(b"\n", 0, dropped)
        window, judged = window[dropped:], until - dropped
    return _without_repeats(found)


def changed_middle(old: bytes, new: bytes) -> tuple[int, int, int]:
    """Start of the first differing line in both, and where the last differing line ends in old and in new.

    The lines outside are the same on both sides, so that what was added can only be inside.
    """
    shorter = min(len(old), len(new))
    same = _common(old, new, shorter)
    start = new.rfind(b"\n", 0, same) + 1
    tail = _common_tail(old, new, shorter - same)
    end = new.find(b"\n", len(new) - tail) if tail else -1
    new_end = end if end >= 0 else len(new)
    return start, len(old) - (len(new) - new_end), new_end


def _hits(data: bytes, places: list[tuple[int, int]], first_number: int) -> list[HitLine]:
    found: list[HitLine] = []
    number, counted, covered = first_number, 0, -1
    for start, end in sorted(places):
        if start < covered:
            continue
        line_start = data.rfind(b"\n", max(0, start - LONGEST_LINE), start) + 1
        line_end = data.find(b"\n", end, end + LONGEST_LINE)
        if line_end < 0:
            line_end = len(data)
        known_start = line_start > 0 or start <= LONGEST_LINE
        if not known_start or line_end - line_start > LONGEST_LINE:
            line_start = max(line_start, start - _BESIDE)
            line_end = min(line_end, end + _BESIDE)
        number += data.count(b"\n", counted, line_start)
        counted, covered = line_start, line_end
        found.append(HitLine(number, data[line_start:line_end]))
        if len(found) > MOST_LINES:
            raise TooManyLinesError
    return found


def _without_repeats(found: list[HitLine]) -> list[HitLine]:
    """A line that two windows both saw counts once."""
    return [hit for at, hit in enumerate(found) if not at or hit != found[at - 1]]


def _marked_last(chunks: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    waiting: bytes | None = None
    for chunk in chunks:
        if waiting is not None:
            yield waiting, False
        waiting = chunk
    yield waiting or b"", True


def _common(old: bytes, new: bytes, limit: int) -> int:
    """The length of the common beginning: doubling steps, then halving ones, each one comparison of slices."""
    done, step = 0, 1024
    while done < limit:
        until = min(done + step, limit)
        if old[done:until] == new[done:until]:
            done, step = until, step * 2
        elif until - done == 1:
            break
        else:
            step = (until - done) // 2
            limit = until
    return done


def _common_tail(old: bytes, new: bytes, limit: int) -> int:
    done, step = 0, 1024
    while done < limit:
        until = min(done + step, limit)
        if old[len(old) - until : len(old) - done] == new[len(new) - until : len(new) - done]:
            done, step = until, step * 2
        elif until - done == 1:
            break
        else:
            step = (until - done) // 2
            limit = until
    return done
