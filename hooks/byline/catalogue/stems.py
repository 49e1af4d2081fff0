"""Fewer and shorter literals that stand for many, for a first, rough look.

An engine that looks for up to some sixty literals can compare many bytes at once (SIMD), and reads four times as
fast as one for hundreds. So many literals are first looked for by what they have in common; where that is found, the
line is searched for the literals themselves. A stem should be rare in code and prose, or the rough look is no help:
names are, so are digits and punctuation at the beginning, common words are not.
"""

from collections import defaultdict

AT_ONCE = 60
"""As many literals as the fast engine takes; with a few more it falls back to a slower one."""

_ENOUGH = 3
_SHORTEST_WORD = 6
_SHORTEST_WORDS = 7
_BEGINNING = 5


def stems(literals: list[bytes]) -> list[bytes]:
    """Literals of which at least one stands wherever one of the given ones does."""
    return _shortest(_by_beginning(_by_last_words(_by_last_word(literals))))


def _shortest(literals: list[bytes]) -> list[bytes]:
    """Without those that hold another one."""
    kept: list[bytes] = []
    for literal in sorted(set(literals), key=lambda text: (len(text), text)):
        if not any(shorter in literal for shorter in kept):
            kept.append(literal)
    return kept


def _by_last_word(literals: list[bytes]) -> list[bytes]:
    groups: dict[bytes, list[bytes]] = defaultdict(list)
    for literal in literals:
        word = literal[max(0, literal.rfind(b" ")) :]
        is_rare = len(word) >= _SHORTEST_WORD or (len(word) >= _BEGINNING and not _is_plain(word))
        groups[word if is_rare else literal].append(literal)
    return _merged(groups)


def _by_last_words(literals: list[bytes]) -> list[bytes]:
    groups: dict[bytes, list[bytes]] = defaultdict(list)
    for literal in literals:
        words = literal[max(0, literal.rfind(b" ", 0, max(0, literal.rfind(b" ")))) :]
        groups[words if len(words) >= _SHORTEST_WORDS else literal].append(literal)
    return _merged(groups)


def _is_plain(text: bytes) -> bool:
    return all(byte == 32 or 97 <= byte <= 122 for byte in text)


def _by_beginning(literals: list[bytes]) -> list[bytes]:
    groups: dict[bytes, list[bytes]] = defaultdict(list)
    for literal in literals:
        beginning = literal[:_BEGINNING]
        groups[literal if _is_plain(beginning) else beginning].append(literal)
    return _merged(groups)


def _merged(groups: dict[bytes, list[bytes]]) -> list[bytes]:
    return [text for stem, group in groups.items() for text in ([stem] if len(group) >= _ENOUGH else group)]
