"""Which marks a trailer carries, by its key and value."""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from byline.catalogue.lookalikes import plain
from byline.catalogue.patterns import LONGEST_VALUE, fits_value
from byline.catalogue.schema import Mark, TrailerMatch
from byline.detectors.addresses import address_index, addresses_in
from byline.detectors.declared_names import name_index
from byline.detectors.key_spelling import is_spelt_like
from byline.detectors.needle_index import needle_index
from byline.lazy_pattern import lazy_pattern

Seen = tuple[Mark, str]
"""A mark on a trailer, and the part of the value that the mark says nothing about."""


Lookup = Callable[[str, str], Iterator[Seen]]
"""A trailer's key and value to the marks it carries. The key is as `lookalikes.plain` has it."""

_NEXT_IN_LIST = lazy_pattern(r"\s*(?:[,;+&]|\sand\s)\s*(?![^(]*\))")
_LIST_SIGNS = ",;+&"
_MOST_LISTED = 10
_MOST_KEYS = 1000
_ORNAMENT = lazy_pattern(r"[^\w\s\x00-\x7f]{1,4}\s{0,3}")
_VERSION = lazy_pattern(r"\s?(?:\(.*\)|[:/@].*|v?\d.*)?")

_Entries = list[tuple[Mark, TrailerMatch]]


def trailer_index(marks: Iterable[Mark]) -> Lookup:
    """A function from a trailer's key and value, both as written, to the marks that the trailer carries."""
    entries = [(mark, mark.match) for mark in marks if isinstance(mark.match, TrailerMatch)]
    lookups = (_by_address(entries), _by_name(entries), _by_key(entries), _by_value(entries))

    def lookup(key: str, value: str) -> Iterator[Seen]:
        key, value = plain(key).strip(), without_ornament(value[:LONGEST_VALUE].strip())
        for part in lookups:
            yield from part(key, value)

    return lookup


def without_ornament(text: str) -> str:
    """The text without the emoji that stands before it."""
    ornament = _ORNAMENT.match(text) if text and not text[0].isascii() else None
    return text[ornament.end() :] if ornament is not None else text


def _by_address(entries: _Entries) -> Lookup:
    marks_of = address_index((mark, match.address) for mark, match in entries if match.address)

    def lookup(key: str, value: str) -> Iterator[Seen]:
        after = value.rpartition(">")[2] if ">" in value else ""
        for address in addresses_in(value):
            for mark in marks_of(address):
                if _takes(mark, key):
                    yield mark, after

    return lookup


def _further_in_list(value: str) -> list[str]:
    """What a value such as `Acme Code, Other Tool (4) and Third` lists after the first."""
    may_list = any(sign in value for sign in _LIST_SIGNS) or "and" in value
    return _NEXT_IN_LIST.split(value, _MOST_LISTED)[1:] if may_list else []


def _by_name(entries: _Entries) -> Lookup:
    """Marks that declare a name. The longest name wins: `Acme Code Review` is not the product `Acme Code`.

    A value may list several. After the first one, only what is a name and at most its version or model counts.
    """
    marks_of = name_index((mark, match.declared) for mark, match in entries if match.declared)

    def lookup(key: str, value: str) -> Iterator[Seen]:
        yield from longest(key, value)
        for another in _further_in_list(value):
            yield from ((mark, beyond) for mark, beyond in longest(key, another) if _VERSION.fullmatch(beyond))

    def longest(key: str, value: str) -> list[Seen]:
        taken = [(mark, beyond) for mark, beyond in marks_of(value) if _takes(mark, key)]
        return [(mark, beyond) for mark, beyond in taken if len(beyond) == len(taken[0][1])]

    return lookup


def _by_key(entries: _Entries) -> Lookup:
    """Marks for which the key is all, or that look at the values of some keys."""
    by_key: dict[str, _Entries] = {}
    for mark, match in entries:
        if match.any_value or match.value:
            for key in match.keys:
                by_key.setdefault(key, []).append((mark, match))

    @lru_cache(_MOST_KEYS)
    def spelt_like(key: str) -> _Entries:
        """Entries by the keys that this one may have been meant to be. It takes more than the key to be sure."""
        meant = {
            mark.id: (mark, match)
            for wanted, entries in by_key.items()
            if is_spelt_like(key, wanted)
            for mark, match in entries
        }
        return [(mark, match) for mark, match in meant.values() if match.value]

    def lookup(key: str, value: str) -> Iterator[Seen]:
        for mark, match in by_key.get(key) or spelt_like(key):
            if match.any_value and value:
                yield mark, value
            elif match.value and any(fits_value(match, part) for part in (value, *_further_in_list(value))):
                yield mark, ""

    return lookup


def _by_value(entries: _Entries) -> Lookup:
    """Marks that look at the values of all keys."""
    without_key = [(entry, entry[1].needles) for entry in entries if entry[1].value and not entry[1].keys]
    spot = needle_index(without_key)
    return lambda _key, value: (
        (mark, "") for _, _, (mark, match) in spot([value] if without_key else []) if fits_value(match, value)
    )


def _takes(mark: Mark, key: str) -> bool:
    """Whether the mark asks for this key, for any key, or for one that was misspelt so."""
    keys = mark.match.keys if isinstance(mark.match, TrailerMatch) else frozenset()
    return not keys or key in keys or any(is_spelt_like(key, wanted) for wanted in keys)
