"""From the bytes of a message to text, whatever encoding its commit claims.

git shows a message decoded as the commit's `encoding` field says, other programs show the bytes as they are. A mark
that either of them shows counts, so a message in an encoding that is not a superset of ASCII is read both ways.
"""

import re
from typing import NamedTuple

_ASCII = bytes(range(32, 127))

# Character sets in use for Git messages. Python's other codecs are no character sets, or take quadratic time.
# Compiled when a message names one, which few do.
_KNOWN = (
    r"us-?ascii|ascii|utf-?(8|16|32)(-?[bl]e)?|utf-?7|iso-?8859-?\d+|iso-?2022-?(jp|kr)[-\w]*|latin-?\d+"
    r"|(windows|cp|ibm)-?\d+|koi8-?[rut]|shift[-_]?jis|sjis|euc-?(jp|kr|cn|tw)|gb-?(2312|k|18030)|big5[-\w]*"
    r"|mac-?\w+|tis-?620|viscii|ebcdic[-\w]*"
)


class MessageText(NamedTuple):
    """The text of a message, and what of it could not be read."""

    text: str
    unread: tuple[str, ...] = ()


def decode_message(raw: bytes, encoding: str) -> MessageText:
    """The message as text; bytes outside UTF-8 survive as surrogates when no encoding is named."""
    as_stored = raw.decode("utf-8", "surrogateescape")
    if not encoding or encoding.lower().replace("-", "") in ("utf8", "ascii", "usascii"):
        return MessageText(as_stored)
    try:
        if not re.fullmatch(_KNOWN, encoding, re.IGNORECASE):
            raise LookupError(encoding)
        decoded = raw.decode(encoding, "replace")
        superset = _ASCII.decode(encoding, "replace") == _ASCII.decode("ascii")
    except (LookupError, UnicodeError):
        return MessageText(as_stored, (f"the message claims the unknown encoding {encoding[:40]!r}",))
    if superset and not encoding.lower().startswith(("utf", "iso2022", "iso-2022")):
        return MessageText(decoded)
    return MessageText(f"{decoded.rstrip()}\n\n{as_stored}" if decoded != as_stored else decoded)
