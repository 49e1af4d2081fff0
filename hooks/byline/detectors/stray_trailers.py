"""Lines that are trailers in all but place: in the middle of a message, where Git does not take them for trailers.

Squash merges leave them there, and so does text that somebody adds below them. Such a line says less than a trailer
does, so its confidence is one step lower; in a message that reverts a commit it may be that commit's, and is a hint.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from byline.catalogue.lookalikes import plain
from byline.catalogue.schema import Mark, TrailerMatch
from byline.detectors.found import LOWERED, finding, shown
from byline.detectors.message_lines import MessageLine, message_lines
from byline.detectors.trailer_index import Seen, trailer_index
from byline.model import Commit, Confidence, Finding, Surface

_LONGEST = 5000
_TRAILER = re.compile(r"(?P<key>[^\W_][\w-]{0,60}(?: [\w-]{1,60}){0,3})\s{0,4}:{1,2}\s*(?P<value>\S.*)")
_ROLE = re.compile(r".*(?:by|with|from|author)")
_MOST_WORDS_BEYOND = 4


class _Stray(NamedTuple):
    line: MessageLine
    key: str
    value: str


def prepare(marks: Iterable[Mark]) -> Callable[[Commit], Iterator[Finding]]:
    """A function from a commit to the trailer marks on lines of its message that are not trailers."""
    lookup = trailer_index(marks)

    def detect(commit: Commit) -> Iterator[Finding]:
        trailers = {trailer.line for trailer in commit.trailers}
        for stray in _stray_trailers(commit.message or ""):
            if stray.line.number not in trailers:
                for seen in lookup(stray.key, stray.value):
                    if _is_nothing_else(stray, seen):
                        yield _finding(seen.mark, stray)

    return detect


def _finding(mark: Mark, stray: _Stray) -> Finding:
    return finding(
        mark,
        stray.line.text,
        surface=Surface.MESSAGE,
        shows=shown(mark, stray.key),
        confidence=Confidence.HINT if stray.line.copied else LOWERED[mark.confidence],
        line=stray.line.number,
        role=stray.key,
    )


def _stray_trailers(message: str) -> Iterator[_Stray]:
    """The lines of the form `Key: value`; a value that goes on in the next, indented line is joined."""
    lines = message.split("\n")
    for line in message_lines(message):
        if (":" not in line.text and line.text.isascii()) or len(line.text) > _LONGEST:
            continue
        found = _TRAILER.fullmatch(line.text if line.text.isascii() else plain(line.text))
        if found is not None:
            value = found["value"]
            following = lines[line.number] if line.number < len(lines) else ""
            if following.startswith((" ", "\t")) and "<" not in value:
                value = f"{value} {following.strip()[:_LONGEST]}"
            yield _Stray(line, found["key"], value)


def _is_nothing_else(stray: _Stray, seen: Seen) -> bool:
    """Whether the line is the trailer and no sentence about it.

    After an address a trailer ends; after a declared name or a key that is proof by itself come a few words, such as
    a version. Where the mark takes any key, the key has to be one that gives somebody credit.
    """
    match = seen.mark.match
    if not isinstance(match, TrailerMatch):
        return False
    if not match.keys and not _ROLE.fullmatch(stray.key.lower()):
        return False
    if match.address is not None:
        return not seen.beyond
    return len(seen.beyond.split()) <= _MOST_WORDS_BEYOND and not seen.beyond.endswith((".", "!", "?", ";"))
