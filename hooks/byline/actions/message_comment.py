"""A comment for the author in the message file that an editor is about to open. git drops it afterwards."""

from collections.abc import Sequence

_SCISSORS = "------------------------ >8 ------------------------"


def with_comment(text: str, mark: str, lines: Sequence[str]) -> str:
    """The message file with comment lines put above git's own comment; unchanged where git wrote none.

    Only git's own comment proves that comment lines are dropped. Where it begins with the scissors line, ours go
    below that line: what is above would stay in the message.
    """
    rows = text.split("\n")
    first = next((number for number, row in enumerate(rows) if row.startswith(mark)), None)
    if first is None:
        return text
    at = first + 1 if _SCISSORS in rows[first] else first
    comment = [f"{mark} {line}".rstrip() for line in lines]
    return "\n".join([*rows[:at], *comment, mark, *rows[at:]])
