"""Entries by the literals that a text must hold for them, in one search however many entries there are."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from byline.catalogue.literals import spotter
from byline.catalogue.lookalikes import plain

Entry = TypeVar("Entry")


def needle_index(
    entries: Iterable[tuple[Entry, Iterable[str]]],
) -> Callable[[list[str]], Iterator[tuple[int, str, Entry]]]:
    """A function from lines to (index of the line, needle, entry) for every needle of every entry in every line."""
    by_needle: dict[str, list[Entry]] = {}
    for entry, needles in entries:
        for needle in needles:
            by_needle.setdefault(plain(needle), []).append(entry)
    spot = spotter(by_needle)

    def lookup(lines: list[str]) -> Iterator[tuple[int, str, Entry]]:
        return ((index, needle, entry) for index, needle in spot(lines) for entry in by_needle[needle])

    return lookup
