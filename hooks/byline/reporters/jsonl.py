"""One JSON object a line for each commit, in the order in which they come: histories of any size stream through."""

from byline.model import CommitReport
from byline.reporters.commit_object import commit_object
from byline.reporters.interface import Header, Output
from byline.reporters.json_text import dumps
from byline.reporters.summary import Summary


class LinesReporter:
    """Writes each commit as one line."""

    def __init__(self, output: Output) -> None:
        self._write = output.stream.write
        self._flush = output.stream.flush

    def begin(self, header: Header) -> None:
        """Write nothing: every line is a commit."""

    def writes(self, report: CommitReport) -> bool:  # noqa: ARG002
        """Every commit is written."""
        return True

    def commit(self, report: CommitReport) -> None:
        """Write the commit's line."""
        self._write(dumps(commit_object(report)) + "\n")

    def end(self, summary: Summary) -> None:  # noqa: ARG002
        """Write what is still held back."""
        self._flush()


def reporter(output: Output) -> LinesReporter:
    """The line-by-line report, written to the output."""
    return LinesReporter(output)
