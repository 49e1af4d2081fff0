"""Marks on the lines of a message: footers that name a product, and patterns."""

from collections.abc import Callable, Iterable, Iterator

from byline.catalogue.schema import Mark, MessageMatch
from byline.catalogue.spellings import spellings
from byline.detectors.footers import bare_name, footer_name
from byline.detectors.found import finding, spelling
from byline.detectors.message_lines import MessageLine, message_lines
from byline.detectors.near_needles import search_near
from byline.detectors.needle_index import needle_index
from byline.model import Commit, Confidence, Finding

_Entries = list[tuple[Mark, MessageMatch]]
_MarksOf = Callable[[list[MessageLine]], Iterator[tuple[MessageLine, Mark]]]


def prepare(marks: Iterable[Mark]) -> Callable[[Commit], Iterator[Finding]]:
    """A function from a commit to what its message says. In a revert, which quotes another message, hints at most."""
    entries = [(mark, mark.match) for mark in marks if isinstance(mark.match, MessageMatch)]
    footers, patterns = _footers(entries), _patterns(entries)

    def detect(commit: Commit) -> Iterator[Finding]:
        lines = list(message_lines(commit.message or ""))
        for marks_of in (footers, patterns):
            for line, mark in marks_of(lines):
                confidence = Confidence.HINT if line.copied else mark.confidence
                how = spelling(mark, line.text)
                yield finding(mark, line.text, confidence=confidence, line=line.number, spelling=how)

    return detect


def _footers(entries: _Entries) -> _MarksOf:
    by_name: dict[str, list[Mark]] = {}
    for mark, match in entries:
        for name in sorted({form for footer in match.footers for form in spellings(bare_name(footer))}):
            by_name.setdefault(name, []).append(mark)
    return lambda lines: ((line, mark) for line in lines for mark in by_name.get(footer_name(line.text), ()))


def _patterns(entries: _Entries) -> _MarksOf:
    spot = needle_index((entry, entry[1].needles) for entry in entries if entry[1].pattern)
    return lambda lines: (
        (lines[index], mark)
        for index, needle, (mark, match) in spot([line.text for line in lines])
        if search_near(match.pattern, lines[index].text, needle)
    )
