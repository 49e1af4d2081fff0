"""The time that a server gives to a hook: measured from the start of the process, and kept by the operating system.

Between commits the clock is looked at. A git that answers no more, or one endless file, is interrupted by a timer
signal, again and again until the judging has ended. A process that cannot even take signals is ended by a watchdog in
C, whatever holds the interpreter. Whichever comes first, the exit code is not 0 and git refuses the push.
"""

import os
import signal
import sys
import time
from types import FrameType
from typing import NoReturn

from byline.errors import EXIT_NOT_CHECKED

_AGAIN = 0.05
_CLOSING = 0.5
_WATCHDOG = 0.9


class OutOfTime(BaseException):
    """The deadline has passed. No handler for errors takes it for one of its own."""


class Clock:
    """Seconds since the process started, and the deadline. Without timer signals (Windows) only `check` counts."""

    def __init__(self, seconds: float | None) -> None:
        self._started = time.monotonic() - _age()
        self.seconds = seconds
        self._over = False
        self.arm(seconds)

    @property
    def elapsed(self) -> float:
        """Seconds since the process started."""
        return time.monotonic() - self._started

    def arm(self, seconds: float | None) -> None:
        """Set the deadline, in seconds after the start; None for none."""
        self.seconds = seconds
        if not hasattr(signal, "setitimer"):
            return
        if seconds is None:
            self._quiet()
            return
        signal.signal(signal.SIGALRM, self._interrupt)
        signal.setitimer(signal.ITIMER_REAL, max(0.001, seconds - self.elapsed), _AGAIN)
        _end_after(max(0.1, seconds + _WATCHDOG - self.elapsed))

    def check(self) -> None:
        """Raise OutOfTime when the deadline has passed."""
        if self.seconds is not None and self.elapsed >= self.seconds:
            raise OutOfTime

    def close(self) -> None:
        """Judging has ended: half a second remains to log and to tell, then the process ends by itself, refusing."""
        if self.seconds is None or not hasattr(signal, "setitimer"):
            return
        signal.signal(signal.SIGALRM, _give_up)
        left = max(_CLOSING, self.seconds + _CLOSING - self.elapsed)
        signal.setitimer(signal.ITIMER_REAL, left)
        _end_after(left + _WATCHDOG - _CLOSING)

    def stop(self) -> None:
        """All is said: nothing is timed any more."""
        if hasattr(signal, "setitimer"):
            self._quiet()

    def _quiet(self) -> None:
        import faulthandler

        signal.setitimer(signal.ITIMER_REAL, 0)
        faulthandler.cancel_dump_traceback_later()

    def _interrupt(self, number: int, frame: FrameType | None) -> NoReturn:  # noqa: ARG002
        raise OutOfTime


def _give_up(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
    os._exit(EXIT_NOT_CHECKED)


def _end_after(seconds: float) -> None:
    import faulthandler

    faulthandler.dump_traceback_later(seconds, exit=True, file=_nowhere())


def _nowhere() -> int:
    """Where the traceback goes that a pusher must not read."""
    if not _devnull:
        _devnull.append(os.open(os.devnull, os.O_WRONLY))
    return _devnull[0]


_devnull: list[int] = []


def _age() -> float:
    """Seconds that the process has run already: exact to a hundredth on Linux, else the processor time it took."""
    if sys.platform != "linux":
        return time.process_time()
    with open("/proc/self/stat", "rb") as file:
        fields = file.read().rpartition(b")")[2].split()
    ticks = int(fields[19]) / os.sysconf("SC_CLK_TCK")
    age = time.clock_gettime(time.CLOCK_BOOTTIME) - ticks
    return age if 0 <= age < 60 else time.process_time()
