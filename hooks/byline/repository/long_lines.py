"""Pieces of a line that is too long to be taken whole.

Of such a line, pieces of at most 4,096 bytes stand for it: one for every 1,024 bytes in which something begins, with
1,536 bytes on either side. Which pieces there are depends on the line alone, so that a line that is the same before
and after a commit has the same pieces. Something longer than 1,024 bytes is not found in a long line.
"""

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from byline.repository.search import Finder

LONGEST_LINE = 4096
"""Bytes of a line that is taken whole."""

CELL = 1024
BESIDE = (LONGEST_LINE - CELL) // 2


def pieces(data: bytes, begin: int, end: int, cells: range, finder: Finder) -> Iterator[bytes]:
    """The pieces of the line `data[begin:end]` for those of its cells, given by their beginnings, that have a hit."""
    # one call of the finder: each cell as a line of its own, with enough of the next one for what straddles the border
    searched = [data[cell : min(end, cell + 2 * CELL)] for cell in cells]
    starts = [0, *accumulate(len(one) + 1 for one in searched)]
    at = -1
    for start, _ in sorted(finder(b"\n".join(searched))):
        index = bisect_right(starts, start) - 1
        if index > at and start - starts[index] < CELL:
            at = index
            yield data[max(begin, cells[at] - BESIDE) : min(end, cells[at] + CELL + BESIDE)]


def cells_of(begin: int, end: int) -> range:
    """The beginnings of all cells of a line, or of the rest of it from a cell on."""
    return range(begin, end, CELL)


def finished_cells(begin: int, end: int) -> range:
    """The beginnings of the cells whose pieces are complete, although the line goes on after `end`."""
    return range(begin, max(begin, end - CELL - BESIDE + 1), CELL)
