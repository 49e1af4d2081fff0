"""What a git process has written, taken out of its pipe before it is needed.

A pipe holds a megabyte at most, and a process that finds it full waits. So what lies in it is collected whenever there
is time; then git works on while we do something else. Where the platform cannot tell what lies in a pipe (Windows),
all is read when it is needed.
"""

import select
import sys
from collections import deque

from byline.repository.conversation import Conversation, Questions

_READ = 1 << 18
"""Bytes read at once. What lies in the pipe is often less; asking for more makes Python allocate it all the same."""

_WORTH_A_SEARCH = 1 << 16
"""Bytes below which pieces are put together: each is searched by itself, which costs something however small it is."""

_MOST_HELD = 16 << 20


class Arriving:
    """The answers to questions, as bytes."""

    def __init__(self, git: Conversation, questions: Questions) -> None:
        self._git = git
        self._questions = questions
        self._begun = b""  # the piece that is being used, from `_at` on
        self._at = 0
        self._pieces: deque[bytes] = deque()
        self._held = 0
        self._last = b""  # of what came out of the pipe

    def collect(self) -> None:
        """Take what lies in the pipe, and do not wait."""
        if sys.platform == "win32" or not self._questions.asked:
            return
        ready = select.poll()
        ready.register(self._git.answers, select.POLLIN)
        while self._held < _MOST_HELD and ready.poll(0):
            piece = self._out_of_pipe()
            if not piece:
                return
            self._pieces.append(piece)
            self._held += len(piece)

    def some(self) -> bytes:
        """What is there, or the next that comes. Empty when git has ended."""
        piece = self._begun[self._at :] or self._next_piece()
        self._begun, self._at = b"", 0
        if not self._pieces or len(piece) >= _WORTH_A_SEARCH:
            return piece
        pieces = [piece]
        size = len(piece)
        while self._pieces and size < _READ:
            pieces.append(self._next_piece())
            size += len(pieces[-1])
        return b"".join(pieces)

    def line(self) -> bytes:
        """Up to the next line end; less when git has ended."""
        while (end := self._begun.find(b"\n", self._at) + 1) == 0:
            more = self._next_piece()
            if not more:
                return self.some()
            self._begun, self._at = self._begun[self._at :] + more, 0
        line = self._begun[self._at : end]
        self._at = end
        return line

    def exactly(self, size: int) -> bytes:
        """So many bytes; fewer when git has ended, or has answered everything and owes us the rest."""
        pieces: list[bytes] = []
        while size:
            if self._at == len(self._begun):
                if not self._pieces and self._last == self._questions.end_line:
                    break
                self._begun, self._at = self._next_piece(), 0
            piece = self._begun[self._at : self._at + size]
            if not piece:
                break
            self._at += len(piece)
            size -= len(piece)
            pieces.append(piece)
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def forget(self) -> None:
        """Drop what has arrived, before the rest is asked for again."""
        self._begun, self._at = b"", 0
        self._pieces.clear()
        self._held = 0
        self._last = b""

    def _next_piece(self) -> bytes:
        if not self._pieces:
            return self._out_of_pipe()
        piece = self._pieces.popleft()
        self._held -= len(piece)
        return piece

    def _out_of_pipe(self) -> bytes:
        piece = self._git.answers.read1(_READ)
        length = len(self._questions.end_line)
        self._last = piece[-length:] if len(piece) >= length else (self._last + piece)[-length:]
        return piece
