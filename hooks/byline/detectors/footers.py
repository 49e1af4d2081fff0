"""Lines such as `🤖 Generated with [Claude Code](https://claude.com/claude-code)`, by a fixed grammar."""

from byline.catalogue.lookalikes import plain
from byline.lazy_pattern import lazy_pattern

LONGEST_FOOTER = 600

_TAG = lazy_pattern(r"</?[a-z][a-z0-9]{0,9}(?:\s[^<>]{0,300})?/?>")
_OPENING = lazy_pattern(
    r"[\W_]*(?::[a-z_]{2,20}:\s*)?(?:co-?authored|generated|created|made|written|assisted|authored|built)\s+(?:with|by|via|using)\s+(?P<rest>.+)"
)
_LINK = lazy_pattern(r"[\W_]*\[(?P<name>[^\[\]]+)\]\s?(?:\([^()\s]*\)|\[[^\[\]\s]{0,20}\])[\W_]*")
_ADDRESS = lazy_pattern(r"\s[(<\[]{0,2}https?://[^\s()<>\[\]]*[)>\]]{0,2}[\W_]*\Z")
_VERBS = ("authored", "generated", "created", "made", "written", "assisted", "built")


def footer_name(line: str) -> str:
    """The product that the line says made the change, in lower case; "" when the line is no such footer.

    Before the verb and around the name there may be emoji, punctuation and markup, after the name an address.
    """
    if len(line) > LONGEST_FOOTER:
        return ""
    text = plain(line)
    if "<" in text:
        text = _TAG.sub("", text)
    opening = _OPENING.fullmatch(text) if any(verb in text for verb in _VERBS) else None
    if opening is None:
        return ""
    rest = opening["rest"]
    link = _LINK.fullmatch(rest)
    name = link["name"] if link else _ADDRESS.sub("", rest)
    return bare_name(name)


def bare_name(name: str) -> str:
    """A product's name in lower case, without punctuation and markup at its ends."""
    text = plain(name)
    inside = [place for place, character in enumerate(text) if character.isalnum()]
    return " ".join(text[inside[0] : inside[-1] + 1].split()) if inside else ""
