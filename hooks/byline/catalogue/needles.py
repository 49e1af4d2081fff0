"""What to search raw commits and files for, so that every commit on which a mark could be is looked at."""

from collections.abc import Iterable, Iterator

from byline.catalogue.lookalikes import plain
from byline.catalogue.schema import (
    AddressMatch,
    ConfigMatch,
    IdentityMatch,
    LineMatch,
    Mark,
    MessageMatch,
    TrailerMatch,
)
from byline.catalogue.spellings import spellings


def commit_needles(marks: Iterable[Mark]) -> Iterator[str]:
    """Texts of which a raw commit object with a trailer, identity or message mark holds at least one.

    They are as `lookalikes.plain` has them, and have single blanks.
    """
    return (" ".join(plain(needle).split()) for mark in marks for needle in _of(mark))


def _of(mark: Mark) -> Iterator[str]:
    match = mark.match
    if isinstance(match, TrailerMatch):
        yield from _of_trailer(match)
    elif isinstance(match, IdentityMatch):
        yield from _of_address(match.address)
        yield from match.needles
    elif isinstance(match, MessageMatch):
        yield from match.needles
        for name in match.footers:
            yield from spellings(name)


def line_needles(marks: Iterable[Mark]) -> Iterator[str]:
    """Texts of which a line with a line mark holds at least one."""
    for mark in marks:
        if isinstance(mark.match, LineMatch):
            yield from mark.match.needles


def config_globs(marks: Iterable[Mark]) -> list[str]:
    """The globs of all files whose content a config mark asks for."""
    return [glob for mark in marks if isinstance(mark.match, ConfigMatch) for glob in mark.match.globs]


def _of_trailer(match: TrailerMatch) -> Iterator[str]:
    yield from _of_address(match.address)
    for name in match.declared:
        yield from spellings(name)
    yield from match.needles
    if match.any_value:
        yield from match.keys
    elif match.value and not match.needles:
        yield from (form for key in match.keys for form in with_colon(key))


def with_colon(key: str) -> tuple[str, str]:
    """The ways in which people write a key before its value."""
    return f"{key}:", f"{key} :"


def _of_address(match: AddressMatch | None) -> Iterator[str]:
    if match is not None:
        yield from match.emails
        yield from (f"{email.rpartition('@')[0]}+" for email in match.emails)
        for account in match.github_ids:
            yield f"{account}+"
