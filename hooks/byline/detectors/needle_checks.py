"""Which of the texts that many innocent commits hold make a commit worth a closer look, by what follows them."""

import re
from collections.abc import Iterable
from functools import lru_cache

from byline.catalogue.literals import Check
from byline.catalogue.lookalikes import plain
from byline.catalogue.needles import with_colon
from byline.catalogue.patterns import LONGEST_VALUE, fits_value
from byline.catalogue.schema import IdentityMatch, Mark, TrailerMatch
from byline.lazy_pattern import lazy_pattern


def checks(marks: Iterable[Mark]) -> dict[str, Check]:
    """For needles that many innocent commits hold: whether what follows makes one worth a closer look.

    These are keys that are searched for only because of some values (`Signed-off-by: AI`), and the beginnings of
    addresses that could have a tag (`noreply+tag@...`).
    """
    values: dict[str, list[TrailerMatch]] = {}
    domains: dict[str, list[str]] = {}
    for match in (mark.match for mark in marks):
        if isinstance(match, TrailerMatch) and match.value and not match.needles:
            for key in match.keys:
                values.setdefault(key, []).append(match)
        if isinstance(match, (TrailerMatch, IdentityMatch)) and match.address is not None:
            for email in match.address.emails:
                local, _, domain = plain(email).rpartition("@")
                domains.setdefault(f"{local}+", []).append(domain)
    found = {form: _check(matches) for key, matches in values.items() for form in with_colon(key)}
    return found | {start: _tag_check(ends) for start, ends in domains.items()}


_TAG = lazy_pattern(rb"[^\s<>@]{1,64}@([a-z0-9.-]{1,100})", re.IGNORECASE)


def _tag_check(domains: list[str]) -> Check:
    def is_followed_by_a_domain(data: bytes, end: int) -> bool:
        after = _TAG.match(data, end)
        return after is not None and after[1].decode("ascii").lower() in domains

    return is_followed_by_a_domain


_AFTER_KEY = lazy_pattern(rb"[: \t]{0,9}([^\n]{0,%d})(\n[ \t])?" % (4 * LONGEST_VALUE))


# The same people sign many commits.
_VALUES = 1000


def _check(matches: list[TrailerMatch]) -> Check:
    @lru_cache(_VALUES)
    def is_worth_a_look(found: bytes) -> bool:
        value = found.decode("utf-8", "surrogateescape")[:LONGEST_VALUE].strip()
        return any(fits_value(match, value) for match in matches)

    def is_followed_by_a_value(data: bytes, end: int) -> bool:
        after = _AFTER_KEY.match(data, end)
        if after is None:
            return False
        # or the value goes on in the next line
        return after[2] is not None or is_worth_a_look(after[1])

    return is_followed_by_a_value
