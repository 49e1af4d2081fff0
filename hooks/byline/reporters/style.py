"""Colour, when it is wanted. Everything said in colour is also said in words."""

from collections.abc import Mapping
from typing import TextIO

CHOICES = ("auto", "always", "never")

_CODES = {
    "blocked": "1;31",
    "skipped": "1;35",
    "warned": "1;33",
    "annotated": "36",
    "ok": "32",
    "strong": "1",
    "quiet": "2",
}


def wants_colour(stream: TextIO, choice: str, environ: Mapping[str, str]) -> bool:
    """Whether to colour a stream: the option wins, then NO_COLOR, FORCE_COLOR, a dumb terminal, no terminal."""
    if choice != "auto":
        return choice == "always"
    if environ.get("NO_COLOR"):
        return False
    if environ.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return environ.get("TERM") != "dumb" and stream.isatty()


def paint(text: str, manner: str, *, colour: bool) -> str:
    """The text in the manner of an outcome, or `strong` or `quiet`; unchanged without colour."""
    return f"\x1b[{_CODES[manner]}m{text}\x1b[0m" if colour and text else text
