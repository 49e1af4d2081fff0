"""What a git that we talk to complains of, kept where it never has to wait for us.

Nobody empties a pipe while we read the answers: git would stop when it is full, and we would wait for git.
"""

import os
import sys
from contextlib import suppress
from typing import IO

_MOST = 1 << 16


class Complaints:
    """A file for the standard error of one process, in memory where the platform has that."""

    def __init__(self) -> None:
        self._file = _nameless()

    def fileno(self) -> int:
        """What to start the process with."""
        return self._file.fileno()

    def close(self) -> bytes:
        """The last that was complained, 64 KiB at most, once the process has ended."""
        with self._file as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - _MOST))
            return file.read()


def _nameless() -> IO[bytes]:
    if sys.platform == "linux":
        # not everywhere allowed
        with suppress(OSError):
            return open(os.memfd_create("complaints"), "w+b", buffering=0)
    import tempfile

    return tempfile.TemporaryFile(buffering=0)
