"""Service messages of TeamCity: inspections, and a build problem when something is blocked.

https://www.jetbrains.com/help/teamcity/service-messages.html
"""

import re

from byline.model import CommitReport, Outcome
from byline.reporters.interface import Header, Output
from byline.reporters.issues import Issue, Issues, Level
from byline.reporters.summary import Summary
from byline.reporters.uri import plain_path
from byline.reporters.words import counted

_SPECIAL = re.compile(r"[|'\[\]\n\r]|[^\x00-\x7f]")
_ESCAPES = {"|": "||", "'": "|'", "[": "|[", "]": "|]", "\n": "|n", "\r": "|r"}
_SEVERITIES = {Level.ERROR: "ERROR", Level.WARNING: "WARNING", Level.NOTE: "INFO"}


class ServiceMessageReporter:
    """Writes inspections at the end, each type of them before its first."""

    def __init__(self, output: Output) -> None:
        self._stream = output.stream
        self._issues = Issues(Header(None, {}))
        self._kept: list[Issue] = []

    def begin(self, header: Header) -> None:
        """Remember what the commits will be described with."""
        self._issues = Issues(header)

    def writes(self, report: CommitReport) -> bool:  # noqa: ARG002
        """Nothing is written before the end."""
        return False

    def commit(self, report: CommitReport) -> None:
        """Keep the issues of one commit."""
        self._kept += self._issues.of(report)

    def end(self, summary: Summary) -> None:
        """Write them all."""
        types: set[str] = set()
        for issue in self._kept:
            if issue.rule not in types:
                types.add(issue.rule)
                self._write(
                    "inspectionType", id=issue.rule, name=issue.rule, category="AI policy", description=issue.says
                )
            self._write(
                "inspection",
                typeId=issue.rule,
                message=f"{issue.title}: {issue.message}",
                file=plain_path(issue.path) if issue.path is not None else f"commit {issue.commit[:10]}",
                line=str(issue.line or 1),
                SEVERITY=_SEVERITIES[issue.level],
            )
        blocked = summary.outcomes[Outcome.BLOCKED]
        if blocked:
            text = f"byline: the policy blocks {counted(blocked, 'commit or text', 'commits or texts')}"
            self._write("buildProblem", description=text, identity="byline")
        self._stream.flush()

    def _write(self, message: str, /, **attributes: str) -> None:
        shown = " ".join(f"{name}='{escaped(value)}'" for name, value in attributes.items())
        self._stream.write(f"##teamcity[{message} {shown}]\n")


def escaped(text: str) -> str:
    """A value as TeamCity reads it back."""
    return _SPECIAL.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    character = match.group()
    if character in _ESCAPES:
        return _ESCAPES[character]
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"|0x{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))


def reporter(output: Output) -> ServiceMessageReporter:
    """The service messages, written to the output."""
    return ServiceMessageReporter(output)
