"""Many literals found in one pass over any amount of data, in time that does not depend on how many they are.

Data is searched piece by piece, so that memory stays flat.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import accumulate
from operator import itemgetter

from byline.catalogue.lookalikes import plain

Finder = Callable[[bytes], list[tuple[int, int]]]
"""Data to (start, end) of hits: what `repository.search` asks for."""

Hits = list[tuple[int, int, int]]
"""(number of the literal, start, end) of what was found."""

SearchFor = Callable[[bytes], Hits]
"""Data to hits in order, blind to ASCII case."""

Check = Callable[[bytes, int], bool]
"""Whether a needle that ends at this offset of the data counts there."""

PIECE = 1 << 20
"""Bytes searched at a time."""

_LITTLE = 2 << 20
"""Bytes times literals up to which looking for one after the other takes less time than building an engine."""


def _encoded(needles: Iterable[str]) -> list[bytes]:
    return sorted({needle.encode("utf-8", "surrogateescape").lower() for needle in needles} - {b""})


def finder(needles: Iterable[str], *, long_run: bool) -> Finder:
    """A function from bytes to the places where some needle stands, blind to ASCII case.

    Every line that holds a needle is reported at least once, in order; further hits on a reported line may be left
    out. `long_run` spends more time on building, at the first call, and less on searching.
    """
    return Literals(needles, long_run=long_run).places


class Literals:
    """Literals to be searched for: one by one in little data, with an engine in more, which takes time to build.

    A literal that has a check only counts where the check agrees; `checks` is called when a literal is met.
    """

    def __init__(
        self,
        needles: Iterable[str],
        *,
        long_run: bool = False,
        checks: Callable[[], Mapping[str, Check]] | None = None,
    ) -> None:
        self._needles = needles
        self._literals: list[bytes] = []
        self._longest = 0
        self._long_run = long_run
        self._checks = checks
        self._agreed: Mapping[bytes, Check] | None = {} if checks is None else None
        self._choose: Callable[[int], SearchFor] | None = None

    def places(self, data: bytes) -> list[tuple[int, int]]:
        """(start, end) of the first literal that counts in each line; it may be those of further ones, too."""
        return list(self._first_in_lines(data))

    def stand_in(self, data: bytes) -> bool:
        """Whether there is any such place. Checks are the last thing that is asked."""
        if len(data) > PIECE:
            return any(True for _ in self._first_in_lines(data))
        hits = self._search_for(len(data))(data)
        checks = self._all_checks() if hits else {}
        return any(self._literals[needle] not in checks for needle, _, _ in hits) or any(
            checks[self._literals[needle]](data, end) for needle, _, end in hits
        )

    def _first_in_lines(self, data: bytes) -> Iterator[tuple[int, int]]:
        search = self._search_for(len(data))
        searched_to = 0
        for begin in range(0, len(data), PIECE):
            for needle, start, end in search(data[begin : begin + PIECE + self._longest]):
                if begin + end <= searched_to or not self._counts(needle, data, begin + end):
                    continue
                yield begin + start, begin + end
                line_end = data.find(b"\n", begin + end)
                searched_to = len(data) if line_end < 0 else line_end

    def _search_for(self, size: int) -> SearchFor:
        if self._choose is None:
            self._literals = _encoded(self._needles)
            self._longest = max(map(len, self._literals), default=0)
            self._choose = _chooser(self._literals, self._long_run, self._checks is not None)
        return self._choose(size)

    def _counts(self, needle: int, data: bytes, end: int) -> bool:
        check = self._all_checks().get(self._literals[needle])
        return check is None or check(data, end)

    def _all_checks(self) -> Mapping[bytes, Check]:
        if self._agreed is None:
            self._agreed = {text.encode(): check for text, check in self._checks().items()} if self._checks else {}
        return self._agreed


def _chooser(literals: list[bytes], long_run: bool, overlapping: bool) -> Callable[[int], SearchFor]:
    """A function from the size of data to the search for it. An engine is built when there is enough to search.

    In a long run that is told by all the data so far.
    """
    engine: SearchFor | None = None
    so_far = 0

    def choose(size: int) -> SearchFor:
        nonlocal engine, so_far
        so_far += size if long_run else 0
        if engine is None and literals and max(size, so_far) * len(literals) > _LITTLE:
            from byline.catalogue.engines import engine_for

            engine = engine_for(literals, long_run=long_run, overlapping=overlapping)
        return engine or partial(_one_by_one, literals)

    return choose


def _one_by_one(literals: list[bytes], data: bytes) -> Hits:
    lower = data.lower()
    hits = [
        (number, start, start + len(literal))
        for number, literal in enumerate(literals)
        if literal in lower
        for start in _places(literal, lower)
    ]
    return sorted(hits, key=itemgetter(1))


def _places(literal: bytes, data: bytes) -> Iterator[int]:
    at = data.find(literal)
    while at >= 0:
        yield at
        at = data.find(literal, at + 1)


def spotter(needles: Iterable[str]) -> Callable[[list[str]], Iterator[tuple[int, str]]]:
    """A function from lines to (index of the line, needle), for every needle in every line, each once and in order.

    Lines and needles are compared, and needles are given back, as `lookalikes.plain` has them.
    """
    texts_of = {needle.encode("utf-8", "replace"): needle for needle in map(plain, needles) if needle}
    literals = sorted(texts_of)
    if not literals:
        return lambda _lines: iter(())
    choose = _chooser(literals, False, True)

    def spot(lines: list[str]) -> Iterator[tuple[int, str]]:
        search = choose(sum(map(len, lines)))
        for first, count in _batches(lines):
            texts = [plain(line).replace("\n", " ").encode("utf-8", "replace") for line in lines[first : first + count]]
            ends = [*accumulate(len(text) + 1 for text in texts)]
            hits = {(bisect_right(ends, start), needle) for needle, start, _ in search(b"\n".join(texts))}
            yield from ((first + number, texts_of[literals[needle]]) for number, needle in sorted(hits))

    return spot


def _batches(lines: list[str]) -> Iterator[tuple[int, int]]:
    """(index of the first line, how many) of runs of lines that together hold about a piece."""
    first = size = 0
    for number, line in enumerate(lines):
        size += len(line)
        if size > PIECE:
            yield first, number + 1 - first
            first, size = number + 1, 0
    if first < len(lines):
        yield first, len(lines) - first
