"""Marks on lines that the commit adds to files."""

from collections.abc import Callable, Iterable, Iterator

from byline.catalogue.globs import matcher
from byline.catalogue.schema import LineMatch, Mark
from byline.detectors.found import LONGEST_TEXT, finding, spelling
from byline.detectors.near_needles import search_near
from byline.detectors.needle_index import needle_index
from byline.model import Commit, Finding, Spelling

MOST_PER_FILE = 20
"""Findings of one mark in one file; more would say nothing new."""


def prepare(marks: Iterable[Mark]) -> Callable[[Commit], Iterator[Finding]]:
    """A function from a commit to what its added lines carry: of each mark, the first MOST_PER_FILE of a file."""
    entries = _entries(marks)
    spot = needle_index((entry, entry[1].needles) for entry in entries)
    limited = {mark.id: matcher(match.paths) for mark, match in entries if match.paths}

    def detect(commit: Commit) -> Iterator[Finding]:
        reported: dict[tuple[str, str], set[int]] = {}
        for index, needle, (mark, match) in spot([line.text for line in commit.added_lines]):
            line = commit.added_lines[index]
            numbers = reported.setdefault((mark.id, line.path), set())
            if line.number in numbers or len(numbers) == MOST_PER_FILE:
                continue
            if mark.id in limited and not limited[mark.id](line.path):
                continue
            found = search_near(match.pattern, line.text, needle)
            if found is not None:
                numbers.add(line.number)
                text = _around(found.string, *found.span())
                how = Spelling.PLAIN if found.string is line.text else spelling(mark, line.text)
                yield finding(mark, text, path=line.path, line=line.number, spelling=how)

    return detect


def telling_lines(marks: Iterable[Mark]) -> Callable[[bytes], bool]:
    """A function from a line to whether it carries one of the marks, at some path."""
    spot = needle_index((match, match.needles) for _, match in _entries(marks))

    def tells(line: bytes) -> bool:
        text = line.decode("utf-8", "surrogateescape")
        return any(search_near(match.pattern, text, needle) for _, needle, match in spot([text]))

    return tells


def _entries(marks: Iterable[Mark]) -> list[tuple[Mark, LineMatch]]:
    return [(mark, mark.match) for mark in marks if isinstance(mark.match, LineMatch)]


def _around(text: str, start: int, end: int) -> str:
    """At most LONGEST_TEXT characters of the line, the match among them, without blanks at the ends."""
    if len(text) > LONGEST_TEXT:
        spare = max(0, LONGEST_TEXT - (end - start))
        begin = max(0, min(start - spare // 2, len(text) - LONGEST_TEXT))
        text = text[begin : begin + LONGEST_TEXT]
    return text.strip()
