"""The trailers of a message, by git's own rule.

The trailer block is the last paragraph (never the first one, the title) when every line of it is a trailer, or when
it holds a line that git itself writes and at most three times as many other lines as trailers.
Rule: https://git-scm.com/docs/git-interpret-trailers. Neither a `---` line nor a scissors line ends the message: other
programs show what stands below.
"""

import re
from collections.abc import Sequence

from byline.model import Trailer

_TRAILER = re.compile(r"([A-Za-z0-9-]+)[ \t]*:(.*)", re.DOTALL)
_WRITTEN_BY_GIT = ("Signed-off-by: ", "(cherry picked from commit ")
_BLANKS = " \t\r"


def parse_trailers(message: str) -> tuple[Trailer, ...]:
    """The trailers in order, folded values joined by one blank. Linear in the length of the message."""
    above = _before_last_paragraph(message)
    paragraph = message[above:]
    if ":" not in paragraph and _WRITTEN_BY_GIT[1] not in paragraph:
        return ()
    numbered_from = message.count("\n", 0, above) + 1
    lines = paragraph.split("\n")
    if above and (plain := _nothing_but_trailers(lines, numbered_from)):
        return plain
    end = _end_of_text(lines)
    start = _start_of_block(lines, end)
    found: list[Trailer] = []
    parts: list[str] = []
    for number in range(start, end):
        line = lines[number]
        if line and line[0] in _BLANKS and parts:
            parts.append(line.strip(_BLANKS))
            continue
        _close(found, parts)
        match = _TRAILER.match(line)
        parts = []
        if match:
            parts = [match[2].strip(_BLANKS)]
            found.append(Trailer(match[1], "", number + numbered_from))
    _close(found, parts)
    return tuple(found)


def _nothing_but_trailers(lines: list[str], numbered_from: int) -> tuple[Trailer, ...]:
    """The trailers of a paragraph, below a blank line, of which every line is one; nearly all trailers stand so."""
    end = len(lines)
    while end > 1 and not lines[end - 1]:
        end -= 1
    matches = [_TRAILER.match(line) for line in lines[1:end]]
    return tuple(
        [
            Trailer(match[1], match[2].strip(_BLANKS), number)
            for number, match in enumerate(matches, numbered_from + 1)
            if match
        ]
        if all(matches)
        else ()
    )


def trailer_block(lines: Sequence[str]) -> tuple[int, int]:
    """Where the trailer block of a message's lines begins and ends, counted from 0.

    Both are the end of the text where there is none: git would put a block there, after a blank line.
    """
    end = _end_of_text(list(lines)) if lines else 0
    return _start_of_block(list(lines), end), end


def is_trailer(line: str) -> bool:
    """Whether git reads the line as a trailer, or as one of the lines of its own that make a block of trailers."""
    return _TRAILER.match(line) is not None or line.startswith(_WRITTEN_BY_GIT)


def _before_last_paragraph(message: str) -> int:
    """Where the blank line above the last paragraph begins. 0 where more than that paragraph decides on the block."""
    if message.startswith(("#", "Conflicts:")) or "\n#" in message or "\nConflicts:" in message:
        return 0
    end = len(message.rstrip("\n" + _BLANKS))
    while (newline := message.rfind("\n", 0, end)) >= 0:
        if not message[newline + 1 : end].strip(_BLANKS):
            return newline + 1
        end = newline
    return 0


def _close(found: list[Trailer], parts: list[str]) -> None:
    if parts:
        found[-1] = found[-1]._replace(value=" ".join(part for part in parts if part))


def _end_of_text(lines: list[str]) -> int:
    """Where trailing blank and comment lines, and an old list of conflicts, begin."""
    end = len(lines) - (not lines[-1])
    ignored = end
    in_conflicts = False
    for number, line in enumerate(lines[:end]):
        if not line or line.startswith("#"):
            ignored = min(ignored, number)
        elif line == "Conflicts:" and number + 1 < len(lines):
            in_conflicts = True
            ignored = min(ignored, number)
        elif not (in_conflicts and line.startswith("\t")):
            ignored, in_conflicts = end, False
    return ignored


def _start_of_block(lines: list[str], end: int) -> int:
    title = 0
    while title < end and (lines[title].startswith("#") or lines[title].strip(_BLANKS)):
        title += 1
    last = end
    while last > title and (lines[last - 1].startswith("#") or not lines[last - 1].strip(_BLANKS)):
        last -= 1
    trailers = others = folded = 0
    by_git = False
    for number in range(last - 1, title - 1, -1):
        line = lines[number]
        if line.startswith("#"):
            others += folded
            folded = 0
        elif not line.strip(_BLANKS):
            others += folded
            is_block = trailers * 3 >= others if by_git else trailers and not others
            return number + 1 if is_block else end
        elif line.startswith(_WRITTEN_BY_GIT):
            trailers, folded, by_git = trailers + 1, 0, True
        elif _TRAILER.match(line):
            trailers, folded = trailers + 1, 0
        elif line[0] in _BLANKS:
            folded += 1
        else:
            others, folded = others + folded + 1, 0
    return end
