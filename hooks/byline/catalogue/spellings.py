"""How the name of a tool is written where people write it."""

import re

_SEPARATOR = r"[ _-]+"


def spellings(name: str) -> frozenset[str]:
    """A name in lower case with its words apart, joined by hyphens or underscores, or run together."""
    lowered = name.lower()
    if lowered.isalnum():
        return frozenset((lowered,))
    words = re.split(_SEPARATOR, lowered)
    return frozenset(joiner.join(words) for joiner in (" ", "-", "_", ""))
