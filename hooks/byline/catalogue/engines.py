"""Searches for hundreds of literals in one pass, in time that does not depend on how many they are.

The engine is an Aho-Corasick automaton from `ahocorasick_rs`; where that has no wheel, one `re` alternation finds
the same places more slowly.
"""

import re
from operator import itemgetter

from byline.catalogue.literals import Hits, SearchFor
from byline.catalogue.stems import AT_ONCE, as_stems_are, stems

DFA_LIMIT = 20_000
"""Needles above which a DFA takes more time and memory to build than it saves."""

STEMMED_LIMIT = 500
"""Needles above which finding their stems takes longer than it saves."""

STEMS_LIMIT = 3 * AT_ONCE
"""Stems above which looking for them is no faster than looking for the needles (measured)."""

_LINES_WORTH_IT = 4000
"""Lines of a piece above which searching them one by one is slower than searching all of it."""


def engine_for(needles: list[bytes], *, long_run: bool, overlapping: bool) -> SearchFor:
    """A search for needles, which are lower-case. Overlapping hits may be left out unless they are asked for.

    With `long_run` building it takes longer, and searching less long.
    """
    try:
        import ahocorasick_rs  # noqa: F401
    except ImportError:
        return _alternation(needles, overlapping)
    rough = _rough(needles) if long_run else None
    precise = _automaton(needles, long_run and not rough, overlapping)
    return precise if rough is None else _in_two_steps(rough, precise)


def _automaton(needles: list[bytes], long_run: bool, overlapping: bool) -> SearchFor:
    from ahocorasick_rs import BytesAhoCorasick, Implementation

    # a DFA searches three times as fast, and takes six times as long to build
    kind = Implementation.DFA if long_run and len(needles) <= DFA_LIMIT else Implementation.ContiguousNFA
    search = BytesAhoCorasick(needles, implementation=kind).find_matches_as_indexes
    return lambda data: search(data.lower(), overlapping=overlapping)


def _rough(needles: list[bytes]) -> SearchFor | None:
    """A search for what the needles have in common, where that is any faster. It may number its hits as it likes."""
    from ahocorasick_rs import BytesAhoCorasick, MatchKind

    if len(needles) > STEMMED_LIMIT or len(few := stems(needles)) > STEMS_LIMIT:
        return None
    groups = [few[start : start + AT_ONCE] for start in range(0, len(few), AT_ONCE)]
    searches = [BytesAhoCorasick(group, matchkind=MatchKind.LeftmostFirst).find_matches_as_indexes for group in groups]

    def search(data: bytes) -> Hits:
        seen = as_stems_are(data)
        return [hit for search_group in searches for hit in search_group(seen)]

    return search


def _in_two_steps(rough: SearchFor, precise: SearchFor) -> SearchFor:
    """A search of the lines alone in which the rough one finds something."""

    def search(data: bytes) -> Hits:
        hits = rough(data)
        if len(hits) > _LINES_WORTH_IT:
            return precise(data)
        found: Hits = []
        searched_to = 0
        for _, start, end in sorted(hits, key=itemgetter(1)):
            if end <= searched_to:
                continue
            line = data.rfind(b"\n", searched_to, start) + 1 or searched_to
            line_end = data.find(b"\n", end)
            searched_to = len(data) if line_end < 0 else line_end
            found += [(needle, line + at, line + to) for needle, at, to in precise(data[line:searched_to])]
        return found

    return search


def _alternation(needles: list[bytes], overlapping: bool) -> SearchFor:
    longest_first = sorted(range(len(needles)), key=lambda index: -len(needles[index]))
    branches = "|".join(re.escape(needles[index].decode("latin-1")) for index in longest_first)
    numbers = {needles[index]: index for index in reversed(longest_first)}
    if not overlapping:
        pattern = re.compile(branches.encode("latin-1"))
        return lambda data: [(numbers[hit.group()], *hit.span()) for hit in pattern.finditer(data.lower())]
    pattern = re.compile(f"(?=({branches}))".encode("latin-1"))
    # At one place the expression reports the longest needle only; the others that begin there are its beginnings.
    begun = {text: [numbers[text[:n]] for n in range(1, len(text) + 1) if text[:n] in numbers] for text in numbers}
    return lambda data: [
        (index, hit.start(1), hit.start(1) + len(needles[index]))
        for hit in pattern.finditer(data.lower())
        for index in begun[hit.group(1)]
    ]
