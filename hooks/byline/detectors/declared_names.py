"""Trailers that declare a tool by its name, such as `Assisted-by: Claude Code (Opus 4)`."""

from collections.abc import Callable, Iterable, Iterator

from byline.catalogue.lookalikes import plain
from byline.catalogue.schema import Mark
from byline.catalogue.spellings import spellings


def name_index(entries: Iterable[tuple[Mark, tuple[str, ...]]]) -> Callable[[str], Iterator[tuple[Mark, str]]]:
    """A function from a trailer value to the marks of the names it begins with, each with the rest of the value;
    the longest name first.

    The name ends with the value or before a character that is neither letter nor digit. Values with an e-mail
    address in <> name a person or an account and declare nothing.
    """
    by_name: dict[str, list[Mark]] = {}
    for mark, names in entries:
        for spelling in sorted({spelling for name in names for spelling in spellings(plain(name))}):
            by_name.setdefault(spelling, []).append(mark)
    longest = max(map(len, by_name), default=0)

    def lookup(value: str) -> Iterator[tuple[Mark, str]]:
        text = " ".join(plain(value).split())
        if not by_name or _holds_address(text):
            return
        seen: set[str] = set()
        for end in range(min(longest, len(text)), 0, -1):
            if end == len(text) or not text[end].isalnum():
                for mark in by_name.get(text[:end], ()):
                    if mark.id not in seen:
                        seen.add(mark.id)
                        yield mark, text[end:]

    return lookup


def _holds_address(text: str) -> bool:
    """Whether an e-mail address stands in <>."""
    pieces = (piece.partition(">") for piece in text.split("<")[1:])
    return any("@" in inside and closed and not any(map(str.isspace, inside)) for inside, closed, _ in pieces)
