"""Fewer and shorter texts that stand for many literals, for a first, rough look.

An engine that looks for up to some sixty texts can compare many bytes at once (SIMD), and reads four times as fast as
one for hundreds. So many literals are first looked for by what they have in common; where that is found, the line is
searched for the literals themselves. A stem should be rare in code and prose, or the rough look is no help: names are,
so are abbreviations, digits and punctuation at the beginning; words that everybody uses are not.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

AT_ONCE = 64
"""As many literals as the fast engine takes (Teddy of `aho-corasick`); with more it falls back to a slower one."""

_ALIKE = bytes(ord("0") if byte in b"123456789" else byte for byte in bytes(range(256)).lower())
"""Letters are the same in either case, and any digit is the same as another: `turn0` to `turn9` are one stem."""

_SPREAD = bytes(109 * byte % 256 for byte in range(256))
"""Each byte as another one. The engine first compares halves of bytes, and the upper halves of letters are all but the
same: spread over all values they are told apart sooner, by a third of the time (measured)."""

_AS_STEMS_ARE = _ALIKE.translate(_SPREAD)

_ENOUGH = 3
_BEGINNING = 5

_TOKEN = re.compile(rb"[a-z]+|[0-9]+|[^a-z0-9]")
_SHORTEST_NAME = 4
_ABBREVIATION = 3
_VOWELS = frozenset(b"aeiouy")
_SHORTEST_PHRASE = 6
_BETWEEN_WORDS = frozenset(b"a an and as at by for from in is it of on or the this to using via was with your".split())
_OF_CODE_AND_PROSE = frozenset(
    b"agent article author authored card case chat citation class code coder codes comment commit component content"
    b" course cursor data existing file files function general generated github google here image images implementation"
    b" index line lines list make method methods model name news number object other page part path previous project"
    b" projects public query reference release remain remaining render replace rest result return review run search see"
    b" server session share source string sure system table task test text thinking this time tool type use used"
    b" user value turn version view window work write written".split()
)


def stems(literals: list[bytes]) -> list[bytes]:
    """Texts of which at least one stands in `as_stems_are(data)` wherever one of the literals stands in the data."""
    alike = sorted({literal.translate(_ALIKE) for literal in literals})
    return [stem.translate(_SPREAD) for stem in _shortest(_by_beginning(_by_phrase(alike)))]


def as_stems_are(data: bytes) -> bytes:
    """Data in which stems can be looked for, every byte in its place."""
    return data.translate(_AS_STEMS_ARE)


def _shortest(literals: list[bytes]) -> list[bytes]:
    """Without those that hold another one."""
    kept: list[bytes] = []
    for literal in sorted(set(literals), key=lambda text: (len(text), text)):
        if not any(shorter in literal for shorter in kept):
            kept.append(literal)
    return kept


def _by_phrase(literals: list[bytes]) -> list[bytes]:
    """The phrase that most literals share instead of these, again and again; the literals that share none."""
    phrases = {literal: set(_phrases(literal)) for literal in literals}
    found: list[bytes] = []
    while phrases:
        shared = Counter(phrase for held in phrases.values() for phrase in held)
        best = max(shared, key=lambda phrase: (shared[phrase], len(phrase), phrase), default=b"")
        if shared[best] < 2:
            return [*found, *phrases]
        found.append(best)
        phrases = {literal: held for literal, held in phrases.items() if best not in held}
    return found


def _phrases(literal: bytes) -> Iterator[bytes]:
    """What stands between two ends of words of a literal, as far as it is rare."""
    tokens = _TOKEN.findall(literal)
    for first in range(len(tokens)):
        for last in range(first + 1, min(first + 5, len(tokens) + 1)):
            if _is_rare(tokens[first:last]):
                yield b"".join(tokens[first:last])


def _is_rare(tokens: list[bytes]) -> bool:
    words = [token for token in tokens if token.isalnum() and token not in _BETWEEN_WORDS]
    names = [word for word in words if word not in _OF_CODE_AND_PROSE]
    if any(_is_name(name) for name in names):
        return len(b"".join(tokens)) >= _SHORTEST_NAME
    further = sum(token != b" " for token in tokens) > 1
    return bool(words) and further and len(b"".join(tokens)) >= _SHORTEST_PHRASE


def _is_name(word: bytes) -> bool:
    """Long enough, or an abbreviation."""
    return len(word) >= _SHORTEST_NAME or (len(word) == _ABBREVIATION and not _VOWELS & frozenset(word))


def _by_beginning(literals: list[bytes]) -> list[bytes]:
    groups: dict[bytes, list[bytes]] = defaultdict(list)
    for literal in literals:
        beginning = literal[:_BEGINNING]
        groups[literal if _is_plain(beginning) else beginning].append(literal)
    return [text for stem, group in groups.items() for text in ([stem] if len(group) >= _ENOUGH else group)]


def _is_plain(text: bytes) -> bool:
    return all(byte == 32 or 97 <= byte <= 122 for byte in text)
