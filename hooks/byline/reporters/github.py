"""Annotations of a GitHub Actions run, as workflow commands in the log.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
A step may show ten annotations of each level; GitHub drops the rest, so the last one says what is left out.
"""

from collections import Counter

from byline.model import CommitReport
from byline.reporters.interface import Header, Output
from byline.reporters.issues import Issue, Issues, Level
from byline.reporters.summary import Summary
from byline.reporters.uri import plain_path

MOST_ANNOTATIONS = 10
"""Annotations of a level that a step may show."""

_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice"}


class CommandReporter:
    """Holds back what it writes until the end, so that nothing else stands between."""

    def __init__(self, output: Output) -> None:
        self._stream = output.stream
        self._issues = Issues(Header(None, {}))
        self._kept: dict[Level, list[Issue]] = {level: [] for level in Level}
        self._left_out: Counter[Level] = Counter()

    def begin(self, header: Header) -> None:
        """Remember what the commits will be described with."""
        self._issues = Issues(header)

    def writes(self, report: CommitReport) -> bool:  # noqa: ARG002
        """Nothing is written before the end."""
        return False

    def commit(self, report: CommitReport) -> None:
        """Keep the first issues of each level."""
        for issue in self._issues.of(report):
            kept = self._kept[issue.level]
            if len(kept) < MOST_ANNOTATIONS:
                kept.append(issue)
            else:
                self._left_out[issue.level] += 1

    def end(self, summary: Summary) -> None:  # noqa: ARG002
        """Write the annotations, the gravest first."""
        for level in Level:
            kept = self._kept[level]
            left_out = self._left_out[level]
            if left_out:
                kept.pop()
            for issue in kept:
                self._stream.write(_command(issue))
            if left_out:
                text = f"{left_out + 1} more of these are in the job summary and in the log"
                self._stream.write(f"::{_COMMANDS[level]} title=byline::{text}\n")
        self._stream.flush()


def _command(issue: Issue) -> str:
    properties = {"title": f"byline: {issue.title}"}
    if issue.path is not None:
        properties = {"file": plain_path(issue.path), "line": str(issue.line or 1), **properties}
    shown = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{_COMMANDS[issue.level]} {shown}::{_data(issue.message)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def reporter(output: Output) -> CommandReporter:
    """The workflow commands, written to the output."""
    return CommandReporter(output)
