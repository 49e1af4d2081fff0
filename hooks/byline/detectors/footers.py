"""Lines such as `🤖 Generated with [Claude Code](https://claude.com/claude-code)`, by a fixed grammar."""

import re

from byline.catalogue.lookalikes import plain

LONGEST_FOOTER = 600

_TAG = re.compile(r"</?[a-z][a-z0-9]{0,9}(?:\s[^<>]{0,300})?/?>")
_OPENING = re.compile(
    r"[\W_]*(?::[a-z_]{2,20}:\s*)?(?:co-?authored|generated|created|made|written|assisted|authored|built)\s+(?:with|by|via|using)\s+(?P<rest>.+)"
)
_LINK = re.compile(r"[\W_]*\[(?P<name>[^\[\]]+)\]\s?(?:\([^()\s]*\)|\[[^\[\]\s]{0,20}\])[\W_]*")
_ADDRESS = re.compile(r"\s[(<\[]{0,2}https?://[^\s()<>\[\]]*[)>\]]{0,2}[\W_]*\Z")
_EDGE = re.compile(r"\A[\W_]+|[\W_]+\Z")


def footer_name(line: str) -> str:
    """The product that the line says made the change, in lower case; "" when the line is no such footer.

    Before the verb and around the name there may be emoji, punctuation and markup, after the name an address.
    """
    if len(line) > LONGEST_FOOTER:
        return ""
    opening = _OPENING.fullmatch(_TAG.sub("", plain(line)))
    if opening is None:
        return ""
    rest = opening["rest"]
    link = _LINK.fullmatch(rest)
    name = link["name"] if link else _ADDRESS.sub("", rest)
    return bare_name(name)


def bare_name(name: str) -> str:
    """A product's name in lower case, without punctuation and markup at its ends."""
    return " ".join(_EDGE.sub("", plain(name)).split())
