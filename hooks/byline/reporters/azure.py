"""Logging commands of Azure Pipelines.

https://learn.microsoft.com/en-us/azure/devops/pipelines/scripts/logging-commands
"""

from byline.model import CommitReport, Outcome
from byline.reporters.ci_log import harmless
from byline.reporters.interface import Header, Output
from byline.reporters.issues import Issue, Issues, Level
from byline.reporters.summary import Summary
from byline.reporters.uri import plain_path


class LoggingReporter:
    """Writes errors and warnings at the end; the system has no lower level."""

    def __init__(self, output: Output) -> None:
        self._stream = output.stream
        self._issues = Issues(Header(None, {}))
        self._lines: list[str] = []

    def begin(self, header: Header) -> None:
        """Remember what the commits will be described with."""
        self._issues = Issues(header)

    def writes(self, report: CommitReport) -> bool:  # noqa: ARG002
        """Nothing is written before the end."""
        return False

    def commit(self, report: CommitReport) -> None:
        """Keep the commands of one commit."""
        self._lines += [_command(issue) for issue in self._issues.of(report) if issue.level is not Level.NOTE]

    def end(self, summary: Summary) -> None:
        """Write the commands, and mark a run that passes with warnings."""
        for line in self._lines:
            self._stream.write(line)
        if summary.exit_code == 0 and summary.outcomes[Outcome.WARNED]:
            self._stream.write("##vso[task.complete result=SucceededWithIssues;]byline has warnings\n")
        self._stream.flush()


def _command(issue: Issue) -> str:
    properties = f"type={issue.level.value};code={_property(issue.rule)};"
    if issue.path is not None:
        properties += f"sourcepath={_property(plain_path(issue.path))};linenumber={issue.line or 1};"
    return f"##vso[task.logissue {properties}]{_data(issue.message)}\n"


def _data(text: str) -> str:
    """As the agent decodes it; a message that quotes a command must not become one, so `##` is broken up."""
    return harmless(text).replace("%", "%AZP25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(";", "%3B").replace("]", "%5D")


def reporter(output: Output) -> LoggingReporter:
    """The logging commands, written to the output."""
    return LoggingReporter(output)
