"""The decision log of a server: whole lines, appended by many processes at once, kept apart from its rotation.

A line is written with one call on a file opened for appending, under a lock. Where the lock cannot be had in time, as
when a stopped process holds it, the one call still keeps lines apart on a local file system. A line that a killed
process left unfinished is ended before the next one begins, so that it costs no other.
"""

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

from byline.errors import BylineError

SYSLOG = "syslog"
NONE = "none"
USUAL_FILE = os.path.join("byline", "decisions.jsonl")
"""Below the repository's git directory."""

_PATIENCE = 0.3
_TRIES = 5


class LogError(BylineError):
    """The decision log cannot be written or read."""


class Destination(NamedTuple):
    """Where decisions go: a file, or the system's log. `path` is empty for what is no file."""

    kind: str
    path: str = ""


def destination(setting: str, git_dir: str) -> Destination:
    """What the setting `byline.log` means: `syslog`, `none`, or a file (one below the git directory if not set).

    Raises LogError for a relative name: it would depend on where a hook happens to run.
    """
    if setting in (SYSLOG, NONE):
        return Destination(setting)
    if setting and not os.path.isabs(setting):
        raise LogError(
            f"byline.log is {setting}, which is no absolute path", f"Name a file from /, or {SYSLOG} or {NONE}."
        )
    return Destination("file", setting or os.path.join(git_dir, USUAL_FILE))


def append(place: Destination, line: str) -> None:
    """Add one event. Raises LogError when it cannot be written whole."""
    if place.kind == SYSLOG:
        _to_syslog(line)
    elif place.kind == "file":
        try:
            _append(place.path, line.encode("utf-8", "backslashreplace"))
        except OSError as error:
            raise LogError(
                f"the decision log {place.path} cannot be written: {error.strerror}",
                "Check that its directory exists and belongs to the account that git runs as, and that disk is left.",
            ) from error


def _append(path: str, line: bytes) -> None:
    if not os.path.isdir(os.path.dirname(path)) and path.endswith(USUAL_FILE):
        os.makedirs(os.path.dirname(path), mode=0o750, exist_ok=True)
    for _ in range(_TRIES):
        descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o640)
        try:
            locked = _lock(descriptor)
            if locked and _rotated(descriptor, path):
                continue  # renamed between opening and locking: the new file is the one to write to
            _write(descriptor, line + b"\n")
            return
        finally:
            os.close(descriptor)
    raise OSError(0, "it is replaced all the time")


def _write(descriptor: int, data: bytes) -> None:
    size = os.fstat(descriptor).st_size
    if size and os.pread(descriptor, 1, size - 1) != b"\n":
        data = b"\n" + data
    written = os.write(descriptor, data)
    while written < len(data):
        written += os.write(descriptor, data[written:])


def _rotated(descriptor: int, path: str) -> bool:
    try:
        return not os.path.samestat(os.fstat(descriptor), os.stat(path))
    except FileNotFoundError:
        return True


def _lock(descriptor: int) -> bool:
    """Whether the file is ours alone until it is closed."""
    if os.name == "nt":
        return False
    import fcntl

    until = time.monotonic() + _PATIENCE
    while True:
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        if time.monotonic() >= until:
            return False
        time.sleep(0.002)


def _to_syslog(line: str) -> None:
    """To syslog, and so to the journal where systemd keeps it. The line is cut where syslog would cut it."""
    try:
        import syslog
    except ImportError as error:
        raise LogError("there is no syslog on this system", "Set byline.log to a file.") from error
    syslog.openlog("byline", syslog.LOG_PID, syslog.LOG_AUTHPRIV)
    syslog.syslog(syslog.LOG_NOTICE, line)


def read(path: str) -> Iterator[bytes]:
    """The lines of a log file, oldest first. Raises LogError when there is none to read."""
    try:
        with open(path, "rb") as file:
            yield from file
    except OSError as error:
        raise LogError(
            f"the decision log {path} cannot be read: {error.strerror}", "Name one with --file FILE."
        ) from error
