"""What byline says outside a report: failures, warnings and plain sentences."""

import sys
from contextlib import suppress
from typing import TextIO

from byline.errors import BylineError
from byline.reporters.escape import escape_lines
from byline.reporters.reader_gone import ReaderGone

_NAME = "byline"


def tell_failure(sentence: str, remedy: str = "") -> None:
    """Say on standard error what stood in the way, and what to do about it."""
    _write_error(f"{_NAME}: {sentence}\n" + (f"{_NAME}: {remedy}\n" if remedy else ""))


def tell(text: str) -> None:
    """Say something on standard error that is not a failure."""
    _write_error(f"{_NAME}: {text}\n")


def say(text: str) -> None:
    """Write what was asked for, on standard output. Raises BylineError when it cannot be written."""
    try:
        _write(sys.stdout, text.rstrip("\n") + "\n")
    except BrokenPipeError as error:
        raise ReaderGone from error
    except OSError as error:
        raise BylineError(
            f"standard output cannot be written: {error.strerror or error}", "Send it elsewhere."
        ) from error


def _write_error(text: str) -> None:
    """Without standard error there is nobody to tell; the exit code still speaks."""
    with suppress(OSError):
        _write(sys.stderr, text)


def _write(stream: TextIO | None, text: str) -> None:
    if stream is None:  # started with the stream closed
        return
    encoding = stream.encoding or "utf-8"
    stream.write(escape_lines(text).encode(encoding, "backslashreplace").decode(encoding))
    stream.flush()
