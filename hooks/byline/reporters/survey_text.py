"""What `byline init` found, and what it did."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from byline.reporters.escape import escape
from byline.reporters.words import counted

_MOST_TOOLS = 5


class Found(NamedTuple):
    """What a repository holds. `setup` maps names of tools to a file that sets them up, `tools` to commits with marks.

    `commits` were looked at, `marked` of them carry marks of use; `partly` tells that there are older ones.
    """

    languages: Sequence[str]
    hooks: Sequence[str]
    ci: Sequence[str]
    setup: Mapping[str, str]
    commits: int
    marked: int
    partly: bool
    tools: Mapping[str, int]


class Done(NamedTuple):
    """A step that was taken, and how to take it back."""

    words: str
    undo: str


def survey_text(found: Found) -> str:
    """A few lines on what is there already."""
    rows = [
        ("code", ", ".join(found.languages)),
        ("hooks", ", ".join(found.hooks)),
        ("CI", ", ".join(found.ci)),
        ("AI set up", ", ".join(f"{tool} ({escape(path)})" for tool, path in _first(found.setup))),
        ("history", _history(found)),
    ]
    return "\n".join(f"{name + ':':<11} {words}" for name, words in rows if words)


def _first(entries: Mapping[str, str]) -> list[tuple[str, str]]:
    return list(entries.items())[:_MOST_TOOLS]


def _history(found: Found) -> str:
    if not found.commits:
        return "no commits yet"
    looked_at = f"the newest {counted(found.commits, 'commit')}" if found.partly else counted(found.commits, "commit")
    if not found.marked:
        return f"no AI marks in {looked_at}"
    tools = ", ".join(f"{escape(tool)} ({count:,})" for tool, count in list(found.tools.items())[:_MOST_TOOLS])
    return f"AI marks in {found.marked:,} of {looked_at}: {tools}"


def done_text(steps: Sequence[Done], advice: Sequence[str]) -> str:
    """What was done, how to undo each step, and what comes next."""
    lines = [line for step in steps for line in (f"done: {step.words}", f"      to undo: {step.undo}")]
    return "\n".join([*(lines or ["nothing was changed"]), *(f"next: {line}" for line in advice)])
