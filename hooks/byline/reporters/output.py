"""Where a report goes: a standard stream, or a file that appears only when it is complete."""

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

from byline.errors import BylineError
from byline.reporters.interface import Output
from byline.reporters.reader_gone import ReaderGone
from byline.reporters.style import wants_colour

_NARROWEST = 40
_USUAL = 80
_DIGITS = 4
_WIDEST = 100
_OPTION = "--output FILE"


@contextmanager
def open_output(path: str | None, format_name: str, colour: str = "auto", option: str = _OPTION) -> Iterator[Output]:
    """The output that `option` names; None or `-` stand for standard output, in UTF-8 for all but text.

    A file is written beside its place and moved there at the end, so a reader never sees half a report, and a
    failure leaves an older one as it was. Raises BylineError when it cannot be written.
    """
    if path is None or path == "-":
        if format_name != "text" and isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")
        yield terminal(sys.stdout, colour)
        return
    place = os.path.realpath(path)
    write = _write_directly if os.path.exists(place) and not os.path.isfile(place) else _write_whole
    with write(place, option) as stream:
        yield Output(stream, colour=colour == "always")


def terminal(stream: TextIO | None, colour: str) -> Output:
    """A standard stream with its colour and width, made unable to fail over a character it does not know.

    A stream that was closed before byline started (None) swallows the report; the exit code still speaks.
    """
    if stream is None:
        stream = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")
    name = "standard error" if stream is sys.stderr else "standard output"
    return Output(GuardedStream(stream, name), wants_colour(stream, colour, os.environ), columns())


def columns() -> int:
    """How wide text may run: as the terminal, but no wider than reads well."""
    return max(_NARROWEST, min(_terminal_columns(), _WIDEST))


def _terminal_columns() -> int:
    """As `shutil.get_terminal_size`, which takes two milliseconds to import."""
    wanted = os.environ.get("COLUMNS", "")
    if wanted.isascii() and wanted.isdigit() and int(wanted[:_DIGITS]):
        return int(wanted[:_DIGITS])
    try:
        return os.get_terminal_size(1).columns or _USUAL
    except OSError:
        return _USUAL


class GuardedStream:
    """A stream whose failures are sentences. A reader that went away raises ReaderGone."""

    def __init__(self, stream: TextIO, name: str, option: str = _OPTION) -> None:
        self._stream = stream
        self._name = name
        self._option = option

    def write(self, text: str) -> None:
        """Write the text. Raises BylineError."""
        with _telling(self._name, self._option):
            self._stream.write(text)

    def flush(self) -> None:
        """Write what is held back. Raises BylineError."""
        with _telling(self._name, self._option):
            self._stream.flush()

    def close(self) -> None:
        """Flush and close. Raises BylineError."""
        with _telling(self._name, self._option):
            self._stream.close()

    def isatty(self) -> bool:
        """Whether a person is looking."""
        return self._stream.isatty()


@contextmanager
def _telling(name: str, option: str) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError as error:
        raise ReaderGone from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise BylineError(
            f"the report cannot be written to {name}: {reason}", f"Name another place with {option}."
        ) from error


@contextmanager
def _write_directly(place: str, option: str) -> Iterator[GuardedStream]:
    """A pipe or a device takes what comes."""
    with _telling(place, option):
        stream = _file(os.open(place, os.O_WRONLY), place, option)
    try:
        yield stream
    finally:
        stream.close()


@contextmanager
def _write_whole(place: str, option: str) -> Iterator[GuardedStream]:
    import tempfile

    with _telling(place, option):
        descriptor, draft = tempfile.mkstemp(dir=os.path.dirname(place), prefix=".byline-")
        stream = _file(descriptor, place, option)
    try:
        yield stream
        stream.close()
        with _telling(place, option):
            os.chmod(draft, _mode(place))
            os.replace(draft, place)
    except BaseException:
        with suppress(BylineError):
            stream.close()
        os.unlink(draft)
        raise


def _file(descriptor: int, place: str, option: str) -> GuardedStream:
    return GuardedStream(os.fdopen(descriptor, "w", encoding="utf-8", newline="\n"), place, option)


def _mode(place: str) -> int:
    """The permissions of the file that is there, or those a new file gets."""
    try:
        return os.stat(place).st_mode & 0o777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
