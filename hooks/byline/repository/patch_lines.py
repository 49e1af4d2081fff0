"""The lines of a patch of any size, in the memory of a few of them."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import BinaryIO

LONGEST_PIECE = 1 << 20
"""Bytes of a line that come at once. A longer line comes in several pieces, of which only the last ends in LF."""


def pieces_of(file: BinaryIO) -> Iterator[bytes]:
    """The lines of a file, long ones in pieces."""
    while piece := file.readline(LONGEST_PIECE):
        yield piece


def pieces_of_chunks(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The lines of content that comes in chunks which end anywhere, long ones in pieces."""
    held: list[bytes] = []
    size = 0
    for chunk in chunks:
        *lines, rest = chunk.split(b"\n")
        for line in lines:
            yield b"".join((*held, line, b"\n"))
            held, size = [], 0
        held.append(rest)
        size += len(rest)
        if size > LONGEST_PIECE:
            yield b"".join(held)
            held, size = [], 0
    if size:
        yield b"".join(held)


class Lines:
    """Lines, one after the other, with a look at the next one. Of a long line `next` gives the first piece."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._ahead: bytes | None = None
        self.goes_on = False
        """Whether the line that was given last has further pieces."""

    def next(self) -> bytes:
        """The next line or its first piece; empty at the end. What is left of the line before is passed over."""
        if self._ahead is not None:
            line, self._ahead = self._ahead, None
            return line
        while self.goes_on:
            self.piece()
        return self.piece()

    def piece(self) -> bytes:
        """The next piece, be it of the same line or of the next one; empty at the end."""
        if self._ahead is not None:
            return self.next()
        piece = next(self._pieces, b"")
        self.goes_on = bool(piece) and not piece.endswith(b"\n")
        return piece

    def peek(self) -> bytes:
        """What `next` will give."""
        if self._ahead is None:
            self._ahead = self.next()
        return self._ahead

    def rest_of_line(self, begun: bytes) -> Iterator[bytes]:
        """The pieces of a line whose first one is `begun`, without LF at its end."""
        yield begun.removesuffix(b"\n")
        while self.goes_on:
            yield self.piece().removesuffix(b"\n")

    def back(self, lines: Iterable[bytes]) -> None:
        """Give these lines again, before all others. To be called when nothing was looked at ahead."""
        self._pieces = chain(lines, self._pieces)
