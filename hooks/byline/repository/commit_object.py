"""Raw commit objects, as stored: nothing hidden by mailmaps, replacements, notes or display settings.

Format: https://git-scm.com/book/en/v2/Git-Internals-Git-Objects#_git_commit_objects. Anyone can write a commit with
any bytes, so nothing here fails: what is missing is empty.
"""

import re
from typing import NamedTuple

from byline.lazy_pattern import lazy_pattern
from byline.model import Commit, Identity
from byline.repository.message_text import decode_message
from byline.repository.trailers import parse_trailers

_NOBODY = Identity("", "")
_BROKEN = "its header is broken, so that git cannot show its files"

# What git insists on, and without which it shows no files: https://git-scm.com/docs/git-fsck#_fsck_messages
_BEGINNING = lazy_pattern(rb"tree ([0-9a-fA-F]{40,64})\n(?:parent [0-9a-fA-F]{40,64}\n)*(?!parent )")

# What nearly every commit looks like: read in one step. Everything else is read line by line.
_USUAL = re.compile(
    rb"tree ([0-9a-f]{40,64})\n((?:parent [0-9a-f]{40,64}\n)*)author ([^\n]*)\ncommitter ([^\n]*)\n"
    rb"(?:gpgsig [^\n]*\n(?: [^\n]*\n)*)?\n"
)
_USUAL_PERSON = re.compile(r"([^<>]*)<([^<>]*)> ([0-9]{1,11}) [+-][0-9]{4}")

# Seconds since 1970; git itself stores 64 bits, and a date past the year 9999 is no date.
_LAST_SECOND = 253_402_300_799


class Header(NamedTuple):
    """The fields of a commit object that byline uses, and where its message begins."""

    parents: tuple[str, ...]
    author: Identity
    committer: Identity
    encoding: str
    message_at: int
    unread: tuple[str, ...] = ()


def parse_header(raw: bytes) -> Header:
    """The header of a raw commit object."""
    usual = _USUAL.match(raw)
    if usual:
        parents = tuple(usual[2].decode("ascii").split()[1::2])
        unread = () if set(map(len, parents)) <= {len(usual[1])} else (_BROKEN,)
        return Header(parents, parse_identity(usual[3]), parse_identity(usual[4]), "", usual.end(), unread)
    return _parse_unusual_header(raw)


def _parse_unusual_header(raw: bytes) -> Header:
    end = raw.find(b"\n\n")
    parents: list[str] = []
    people: dict[bytes, list[Identity]] = {b"author": [], b"committer": []}
    encoding = ""
    for line in raw[: end if end >= 0 else len(raw)].split(b"\n"):
        key, _, value = line.partition(b" ")
        if key == b"parent" and not people[b"author"]:
            parents.append(value.decode("ascii", "replace"))
        elif key in people:
            people[key].append(parse_identity(value))
        elif key == b"encoding" and not encoding:
            encoding = value.decode("ascii", "replace")
    # of several, git shows the last one, other programs the first
    author, committer = (named[-1] if named else _NOBODY for named in people.values())
    beginning = _BEGINNING.match(raw)
    broken = () if beginning and set(map(len, parents)) <= {len(beginning[1])} else (_BROKEN,)
    unread = broken + tuple(f"it names more than one {key.decode()}" for key, named in people.items() if len(named) > 1)
    return Header(tuple(parents), author, committer, encoding, end + 2 if end >= 0 else len(raw), unread)


def parse_identity(raw: bytes) -> Identity:
    """`Name <address> seconds zone`, however mangled."""
    text = raw.decode("utf-8", "surrogateescape")
    usual = _USUAL_PERSON.fullmatch(text)
    if usual:
        return Identity(usual[1].strip(), usual[2].strip(), int(usual[3]))
    name, _, rest = text.partition("<")
    email, bracket, _ = rest.partition(">")
    if not bracket:
        return Identity(text.strip(), "")
    seconds = rest.rpartition(">")[2].split()[:1]
    when = (
        int(seconds[0]) if seconds and seconds[0].isascii() and seconds[0].isdigit() and len(seconds[0]) < 19 else None
    )
    return Identity(name.strip(), email.strip(), when if when is not None and when <= _LAST_SECOND else None)


def parse_commit(sha: str, raw: bytes) -> Commit:
    """The commit without its content. `unread` says what of it is not clear: its author, its message's encoding."""
    header = parse_header(raw)
    message = decode_message(raw[header.message_at :], header.encoding)
    return Commit(
        sha=sha,
        parents=header.parents,
        author=header.author,
        committer=header.committer,
        message=message.text,
        trailers=parse_trailers(message.text),
        unread=header.unread + message.unread,
    )
