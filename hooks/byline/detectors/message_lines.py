"""The lines of a commit message that its author says, and not those that are quoted.

Left out are lines quoted with `>` or in an HTML quotation, indented like code, or between code fences; what can be
unfolded, in which bots put other projects' release notes, may be copied; where the message reverts another
commit, what may be copied from that commit's message is told apart. `git merge --squash` indents the messages of the
commits that it squashes: they are no code.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from byline.lazy_pattern import lazy_pattern

_FENCE = lazy_pattern(r" {0,3}(```+|~~~+)")
_REVERTS = lazy_pattern(r"\s*This reverts commit\b", re.IGNORECASE)
_SQUASHED = "Squashed commit of the following:"
_FOLDED = lazy_pattern(r"<(?P<end>/)?(?P<kind>blockquote|details)>", re.IGNORECASE)
_CONFLICT = ">>>>>"  # it is no quotation
_BULLETS = "-*+•·│┃|"
_BULLET = lazy_pattern(r"(?:[-*+•·│┃|]\s+)+")


class MessageLine(NamedTuple):
    """`number` counts from 1; `copied` when the line may stem from the message of a reverted commit."""

    number: int
    text: str
    copied: bool


def message_lines(message: str) -> Iterator[MessageLine]:
    """The lines that count, without blanks, list bullets and box characters around them; empty ones left out.

    A backslash and an `n`, as a shell leaves them when quoted wrongly, end a line too.
    """
    copied = message.startswith(('Revert "', 'Reapply "'))
    reverts = "revert" in message.lower()
    squashed = False
    lines = message.split("\n")
    fenced = _fenced(lines)
    folded = _folded(lines) if "</" in message else {}
    for index, line in enumerate(lines):
        squashed = squashed or line.rstrip() == _SQUASHED
        if squashed:
            line = line.removeprefix("    ")
        if index in fenced or folded.get(index) == "blockquote" or line.startswith(("    ", "\t")):
            continue
        for part in line.split("\\n") if "\\n" in line else (line,):
            text = part.strip()
            if not text or (text[0] == ">" and not text.startswith(_CONFLICT)):
                continue
            if text[0] in _BULLETS:
                text = _BULLET.sub("", text, count=1)
            if not text.startswith("[ ]"):  # a box that nobody ticked says nothing
                yield MessageLine(index + 1, text, copied or index in folded)
        copied = copied or (reverts and _REVERTS.match(line) is not None)


def _fenced(lines: list[str]) -> set[int]:
    """Indexes of the lines in code fences. A fence that is never closed hides nothing."""
    hidden: set[int] = set()
    opened: tuple[int, str] | None = None
    for index, line in enumerate(lines):
        fence = _FENCE.match(line) if "```" in line or "~~~" in line else None
        if fence is None:
            continue
        if opened is None:
            opened = (index, fence[1])
        elif fence[1].startswith(opened[1]):
            hidden.update(range(opened[0], index + 1))
            opened = None
    return hidden


def _folded(lines: list[str]) -> dict[int, str]:
    """Indexes of the lines in HTML quotations and in what can be unfolded, with which of them is the innermost.

    What is never closed folds nothing.
    """
    inside: dict[int, str] = {}
    opened: list[tuple[int, str]] = []
    for index, line in enumerate(lines):
        for tag in _FOLDED.finditer(line) if "<" in line else ():
            kind = tag["kind"].lower()
            if not tag["end"]:
                opened.append((index, kind))
            elif opened and opened[-1][1] == kind:
                start, _ = opened.pop()
                for member in range(start, index + 1):
                    inside.setdefault(member, kind)
    return inside
