"""The lines of a file's content on which a mark could be.

A line ends at LF and nowhere else, as in git.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from byline.repository.long_lines import BESIDE, CELL, LONGEST_LINE, cells_of, finished_cells, pieces
from byline.repository.search import Finder

MOST_LINES = 10_000
"""Lines with possible marks that are kept of one content; beyond, the content counts as not fully read."""


class HitLine(NamedTuple):
    """A line, or a piece of a long one, with something worth decoding. `number` counts from 1."""

    number: int
    text: bytes


class TooManyLinesError(Exception):
    """More lines with possible marks than are kept."""


def hit_lines(data: bytes, finder: Finder) -> list[HitLine]:
    """The lines of content held in memory. Raises TooManyLinesError."""
    return _bounded(_hits(data, finder, 1))


def streamed_hit_lines(chunks: Iterable[bytes], finder: Finder) -> list[HitLine]:
    """The same lines of content of any size, in the memory of a few chunks. Raises TooManyLinesError."""
    return _bounded(_streamed_hits(chunks, finder))


def _bounded(hits: Iterator[HitLine]) -> list[HitLine]:
    found = list(islice(hits, MOST_LINES + 1))
    if len(found) > MOST_LINES:
        raise TooManyLinesError
    return found


def _hits(data: bytes, finder: Finder, number: int) -> Iterator[HitLine]:
    counted = covered = 0
    for start, _ in sorted(finder(data)):
        if start < covered:
            continue
        line_start = data.rfind(b"\n", 0, start) + 1
        line_end = data.find(b"\n", start)
        if line_end < 0:
            line_end = len(data)
        number += data.count(b"\n", counted, line_start)
        counted, covered = line_start, line_end
        if line_end - line_start <= LONGEST_LINE:
            yield HitLine(number, data[line_start:line_end])
            continue
        for piece in pieces(data, line_start, line_end, cells_of(line_start, line_end), finder):
            yield HitLine(number, piece)


def _streamed_hits(chunks: Iterable[bytes], finder: Finder) -> Iterator[HitLine]:
    """Whole lines when they have arrived, and of a long line the cells that have."""
    window = b""
    number = 1
    cell: int | None = None  # where the next cell of a long line begins, if that is what the window begins with
    for chunk, last in _marked_last(chunks):
        window += chunk
        if cell is not None:
            newline = window.find(b"\n")
            ended = last or newline >= 0
            end = newline if newline >= 0 else len(window)
            cells = cells_of(cell, end) if ended else finished_cells(cell, end)
            for piece in pieces(window, 0, end, cells, finder):
                yield HitLine(number, piece)
            if not ended:
                cell = cells.start + len(cells) * CELL
                kept = max(0, cell - BESIDE)
                window, cell = window[kept:], cell - kept
                continue
            window, number, cell = window[end + 1 :], number + 1, None
        arrived = len(window) if last else window.rfind(b"\n") + 1
        yield from _hits(window[:arrived], finder, number)
        number += window.count(b"\n", 0, arrived)
        window = window[arrived:]
        if len(window) > LONGEST_LINE:
            cell = 0


def _marked_last(chunks: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    waiting: bytes | None = None
    for chunk in chunks:
        if waiting is not None:
            yield waiting, False
        waiting = chunk
    yield waiting or b"", True
