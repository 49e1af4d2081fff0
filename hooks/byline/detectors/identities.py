"""Marks on who Git recorded as author and as committer."""

from collections.abc import Callable, Iterable, Iterator

from byline.catalogue.lookalikes import plain
from byline.catalogue.patterns import LONGEST_LINE, is_within
from byline.catalogue.schema import IdentityMatch, Mark
from byline.detectors.addresses import address_index
from byline.detectors.found import finding, spelling
from byline.detectors.needle_index import needle_index
from byline.model import Commit, Finding, Identity


def prepare(marks: Iterable[Mark]) -> Callable[[Commit], Iterator[Finding]]:
    """A function from a commit to what its identities carry. A finding's role is `author` or `committer`."""
    entries = [(mark, mark.match) for mark in marks if isinstance(mark.match, IdentityMatch)]
    roles = {mark.id: match.roles for mark, match in entries}
    addresses = address_index((mark, match.address) for mark, match in entries if match.address)
    patterned = needle_index((entry, entry[1].needles) for entry in entries if entry[1].pattern)

    def marks_of(identity: Identity) -> Iterator[Mark]:
        yield from addresses((plain(identity.name).strip(), plain(identity.email).strip()))
        text = str(identity)[:LONGEST_LINE]
        yield from (mark for _, _, (mark, match) in patterned([text]) if is_within(match.pattern, text))

    def detect(commit: Commit) -> Iterator[Finding]:
        for role, identity in (("author", commit.author), ("committer", commit.committer)):
            for mark in marks_of(identity):
                if role in roles[mark.id]:
                    yield finding(mark, str(identity), role=role, spelling=spelling(mark, str(identity)))

    return detect
