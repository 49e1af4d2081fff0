"""Marks by e-mail address or GitHub account: one dictionary lookup, however many there are."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from byline.catalogue.lookalikes import plain
from byline.catalogue.schema import AddressMatch, Mark

_GITHUB = re.compile(r"([0-9]{1,20})\+([^@]*)@users\.noreply\.github\.com")


_EMPTY = re.compile(r"<\s*>\s*\Z")


class Address(NamedTuple):
    """A display name and an address, as `lookalikes.plain` has them."""

    name: str
    email: str


_Entry = tuple[Mark, AddressMatch]


def address_index(entries: Iterable[_Entry]) -> Callable[[Address], Iterator[Mark]]:
    """A function from an address to the marks that it carries, in the order of `entries`."""
    by_email: dict[str, list[_Entry]] = {}
    by_account: dict[str, list[_Entry]] = {}
    for entry in entries:
        for email in entry[1].emails:
            by_email.setdefault(plain(email), []).append(entry)
        for account in entry[1].github_ids:
            by_account.setdefault(account, []).append(entry)

    def lookup(address: Address) -> Iterator[Mark]:
        for mark, match in by_email.get(address.email) or by_email.get(mailbox(address.email)) or ():
            if not match.names or address.name in match.names:
                yield mark
        account = _GITHUB.fullmatch(address.email)
        if account is not None:
            for mark, match in by_account.get(account[1].lstrip("0"), ()):
                named = not match.names or address.name in match.names
                if named and (not match.logins or account[2] in match.logins):
                    yield mark

    return lookup


def mailbox(email: str) -> str:
    """The address without what stands behind a `+`: mail to either goes to the same place."""
    local, at, domain = email.partition("@")
    return local.partition("+")[0] + at + domain


def address_in(value: str) -> Address | None:
    """The last `<address>` of a trailer value with the name before it; a value may also end with a bare address.

    Brackets with nothing in them count for nothing.
    """
    text = _EMPTY.sub("", plain(value))
    before, bracket, after = text.rpartition("<")
    if bracket:
        return Address(before.strip(" \t\"'"), after.partition(">")[0].strip())
    words = text.split()
    if words and "@" in words[-1]:
        return Address(" ".join(words[:-1]), words[-1])
    return None
