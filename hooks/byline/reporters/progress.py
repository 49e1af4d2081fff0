"""A line on a terminal's standard error that shows how far a long scan has come."""

import sys
import time

from byline.reporters.words import counted

_FIRST_AFTER = 1.0
_EVERY = 0.2


class Progress:
    """Shows the count of commits now and then; nothing for short work, and nothing without a terminal."""

    def __init__(self) -> None:
        self._stream = sys.stderr
        self._wanted = self._stream is not None and self._stream.isatty()
        self._next = time.monotonic() + _FIRST_AFTER
        self._visible = False

    def show(self, count: int) -> None:
        """Show the count if it is time to."""
        if self._wanted and time.monotonic() >= self._next:
            self._stream.write(f"\r\x1b[K{counted(count, 'commit')} ...")
            self._stream.flush()
            self._visible = True
            self._next = time.monotonic() + _EVERY

    def clear(self) -> None:
        """Take the line away, before something else is written to the terminal."""
        if self._visible:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
            self._visible = False
