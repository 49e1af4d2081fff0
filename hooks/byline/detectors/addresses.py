"""Marks by e-mail address or GitHub account: one dictionary lookup, however many there are."""

from collections.abc import Callable, Iterable, Iterator

from byline.catalogue.lookalikes import plain
from byline.catalogue.schema import AddressMatch, Mark
from byline.lazy_pattern import lazy_pattern

_GITHUB = lazy_pattern(r"([0-9]{1,20})\+([^@]*)@users\.noreply\.github\.com")
_GITHUB_DOMAIN = "@users.noreply.github.com"
_IN_BRACKETS = lazy_pattern(r"(?P<name>[^<>]*)<(?P<email>[^<>]*)>?")
_NEXT = lazy_pattern(r"\s*(?:[,;&]|and\b)")
_BARE = lazy_pattern(r"(?P<email>[^\s<>()\[\]«»\"',;:|]+@[^\s<>()\[\]«»\"',;:|]+)[\])»\"',;|]*\Z")
_AROUND_NAMES = " \t\"',;&[(«"
_MOST_ADDRESSES = 20


Address = tuple[str, str]
"""A display name and an address, as `lookalikes.plain` has them."""

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
        name, email = address
        for mark, match in by_email.get(email) or by_email.get(mailbox(email)) or ():
            if not match.names or name in match.names:
                yield mark
        account = _GITHUB.fullmatch(email) if email.endswith(_GITHUB_DOMAIN) else None
        if account is not None:
            for mark, match in by_account.get(account[1].lstrip("0"), ()):
                named = not match.names or name in match.names
                if named and (not match.logins or account[2] in match.logins):
                    yield mark

    return lookup


def mailbox(email: str) -> str:
    """The address without what stands behind a `+`: mail to either goes to the same place."""
    local, at, domain = email.partition("@")
    return local.partition("+")[0] + at + domain


def addresses_in(value: str) -> list[Address]:
    """The last `<address>` of a trailer value with the name before it, and those before it in a list with commas.

    A value may also end with a bare address. Brackets with nothing in them count for nothing.
    """
    text = _without_empty_brackets(plain(value))
    if "<" in text:
        found = [*_IN_BRACKETS.finditer(text)][-_MOST_ADDRESSES:]
        listed = [one for one in found if one is found[-1] or _NEXT.match(text, one.end())]
        return [(_name(one["name"]), _email(one["email"])) for one in listed]
    bare = _BARE.search(text[text.rfind(" ") + 1 :]) if "@" in text else None
    if bare is None:
        return []
    before = text[: text.rfind(" ") + 1 + bare.start()].removesuffix("mailto:").rstrip("[]( \t")
    return [(_name(before), _email(bare["email"]))]


def _without_empty_brackets(text: str) -> str:
    """The text without brackets at its end in which there is nothing but blanks."""
    inside = text.rstrip().removesuffix(">").rstrip()
    return inside[:-1] if inside.endswith("<") and text.rstrip().endswith(">") else text


def _name(text: str) -> str:
    return " ".join(text.strip(_AROUND_NAMES).removeprefix("and ").split())


def _email(text: str) -> str:
    return text.strip().removeprefix("mailto:").removesuffix(".")
