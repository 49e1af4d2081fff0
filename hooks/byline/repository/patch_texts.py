"""What stands above the diffs of a patch: the heads of mails or of commits as git shows them, or any text."""

import binascii
import re
from collections.abc import Iterable, Iterator
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import parsedate_to_datetime
from itertools import chain, groupby
from typing import NamedTuple

from byline.errors import UnreadableInput
from byline.model import Identity
from byline.repository.patch_lines import Lines, pieces_of_chunks

LONGEST_TEXT = 1 << 20
"""Bytes above a diff that are kept; what is beyond counts as not read."""

NOBODY = Identity("", "")

_LONGEST_FIELD = 4096
"""Characters of a field of a mail's head that are kept: reading encoded ones takes time that grows with its square."""

_MAIL = re.compile(rb"From [0-9a-f]{40,64} [^\n]*\n")
_SHOWN = re.compile(rb"commit [0-9a-f]{40,64}(?: [^\n]*)?\n")
_DIFF = (b"diff --git ", b"diff --cc ", b"diff --combined ")
_SUBJECT = re.compile(r"^\s*(?:\[[^\]]*\]\s*)+")
_SIZES = re.compile(r"^ \d+ files? changed", re.MULTILINE)
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/=]+")


class Text(NamedTuple):
    """What stands above a diff; `cut` tells whether only its beginning was kept.

    `promises` tells that a diff has to follow: of a mail whose head does not end, or that says how much it changes.
    """

    message: str
    author: Identity
    sha: str | None
    cut: bool
    promises: bool = False


class _Above(NamedTuple):
    """The same as bytes, and the lines of the diff."""

    text: bytes
    cut: bool
    diff: Iterator[bytes]


def parts(pieces: Iterable[bytes]) -> Iterator[tuple[Text, Lines]]:
    """Each commit of a patch: what stands above its diff, and the lines of the diff, to be read before the next one.

    Nothing where there is no diff. Raises UnreadableInput for a mail that cannot be decoded.
    """
    source = iter(pieces)
    first = next((piece for piece in source if piece.strip()), b"")
    every = chain([first], source)
    if _MAIL.match(first):
        for _, mail in groupby(every, _Counter(_MAIL)):
            yield _read_mail(mail)
    elif _SHOWN.match(first):
        for _, shown in groupby(every, _Counter(_SHOWN)):
            yield _read_shown(shown)
    else:
        above = _above(every)
        begun = next(above.diff, b"")
        if begun:
            message = _decoded(above.text).strip("\n")
            text = Text(message + "\n" if message.strip() else "", NOBODY, None, above.cut)
            yield text, Lines(chain([begun], above.diff))


class _Counter:
    """The number of the part that a piece belongs to."""

    def __init__(self, begins: re.Pattern[bytes]) -> None:
        self._begins = begins
        self._count = 0
        self._in_line = False

    def __call__(self, piece: bytes) -> int:
        self._count += not self._in_line and self._begins.match(piece) is not None
        self._in_line = not piece.endswith(b"\n")
        return self._count


def _read_mail(mail: Iterator[bytes]) -> tuple[Text, Lines]:
    """A mail of `git format-patch`: https://git-scm.com/docs/git-format-patch#_description."""
    first = next(mail)
    head, ended = bytearray(), False
    for piece in mail:
        if not piece.strip(b"\r\n"):
            ended = True
            break
        if len(head) < LONGEST_TEXT:
            head += piece
    fields = message_from_bytes(bytes(head))
    sender, date, title = (_field(fields, name) for name in ("from", "date", "subject"))
    above = _above(_without_cr(_body(fields, mail)))
    text, *below = re.split(r"^---$", _decoded(above.text), maxsplit=1, flags=re.MULTILINE)
    author = _author(sender, date)
    inner = re.match(r"From: ([^\n]*)\n\n?", text)
    if inner:
        author = _author(inner[1], "")._replace(when=author.when)
        text = text[inner.end() :]
    message = f"{_SUBJECT.sub('', title)}\n\n{text.strip(chr(10))}".rstrip("\n") + "\n"
    cut = above.cut or len(head) >= LONGEST_TEXT or len(title) > _LONGEST_FIELD or len(sender) > _LONGEST_FIELD
    promises = not ended or any(map(_SIZES.search, below))
    return Text(message, author, _decoded(first).split()[1], cut, promises), Lines(above.diff)


def _field(fields: Message, name: str) -> str:
    """A field of the head, decoded: of one that is too long its beginning as it is."""
    value = next((str(value) for key, value in fields.raw_items() if key.lower() == name), "")
    value = " ".join(value.split())
    if len(value) > _LONGEST_FIELD:
        return value[: _LONGEST_FIELD + 1]
    try:
        return "".join(map(_text_of, decode_header(value)))
    except (HeaderParseError, ValueError):
        return value


def _text_of(part: tuple[bytes | str, str | None]) -> str:
    text, charset = part
    if isinstance(text, str):
        return text
    try:
        return text.decode(charset or "raw-unicode-escape", "replace")
    except (LookupError, ValueError):
        return _decoded(text)


def _read_shown(shown: Iterator[bytes]) -> tuple[Text, Lines]:
    """What `git show` and `git log -p` print in their medium format."""
    above = _above(shown)
    head, _, rest = _decoded(above.text).partition("\n\n")
    author = next((line[8:] for line in head.split("\n") if line.startswith("Author: ")), "")
    message = "\n".join(line.removeprefix("    ") for line in rest.split("\n")).strip("\n") + "\n"
    return Text(message, _author(author, ""), head.split()[1], above.cut), Lines(above.diff)


def _above(pieces: Iterator[bytes]) -> _Above:
    """What stands above the first diff, of which git's own begin with one line and others with two."""
    kept = bytearray()
    size = 0
    source, named = b"", False  # the last line, where it could be the first one of a diff
    in_line = False
    diff: Iterator[bytes] = iter(())
    for piece in pieces:
        begins = not in_line
        in_line = not piece.endswith(b"\n")
        named = begins and bool(source) and piece.startswith(b"+++ ")
        if named or (begins and piece.startswith(_DIFF)):
            diff = chain([source, piece] if named else [piece], pieces)
            break
        kept += source[: max(0, LONGEST_TEXT - len(kept))]
        size += len(source)
        source = piece if begins and not in_line and piece.startswith(b"--- ") else b""
        if not source:
            kept += piece[: max(0, LONGEST_TEXT - len(kept))]
            size += len(piece)
    if not named:
        kept += source[: max(0, LONGEST_TEXT - len(kept))]
    return _Above(bytes(kept), size > LONGEST_TEXT, diff)


def _body(head: Message, pieces: Iterator[bytes]) -> Iterator[bytes]:
    encoding = str(head.get("Content-Transfer-Encoding", "")).strip().lower()
    if head.get_content_maintype() == "multipart" or encoding not in ("base64", "quoted-printable"):
        return pieces
    return pieces_of_chunks(_from_base64(pieces) if encoding == "base64" else map(binascii.a2b_qp, pieces))


def _from_base64(pieces: Iterator[bytes]) -> Iterator[bytes]:
    held = b""
    for piece in pieces:
        held += _NOT_BASE64.sub(b"", piece)
        if b"=" in held[:-2]:
            raise UnreadableInput("a mail goes on after the end of its base64", "Save the mail as plain text.")
        whole = (len(held) - 4) // 4 * 4  # the last group may be followed by its padding
        if whole > 0:
            yield binascii.a2b_base64(held[:whole])
            held = held[whole:]
    yield binascii.a2b_base64(held + b"=" * (-len(held) % 4)) if len(held) % 4 != 1 else b""


def _without_cr(pieces: Iterator[bytes]) -> Iterator[bytes]:
    return (piece[:-2] + b"\n" if piece.endswith(b"\r\n") else piece for piece in pieces)


def _author(sender: str, date: str) -> Identity:
    """`Name <address>`, with the name in quotes or not."""
    name, bracket, rest = sender.rpartition("<")
    email = rest.partition(">")[0].strip() if bracket else sender.strip()
    try:
        when = int(parsedate_to_datetime(date).timestamp()) if date else None
    except (ValueError, OverflowError, TypeError, IndexError):
        when = None
    return Identity(re.sub(r"\\(.)", r"\1", name.strip().strip('"')), email, when)


def _decoded(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")
