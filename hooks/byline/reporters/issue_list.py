"""Formats that are one JSON document around a list of issues, written as the commits come."""

from collections.abc import Callable

from byline.model import CommitReport
from byline.reporters.interface import Header, Output
from byline.reporters.issues import Issue, Issues
from byline.reporters.json_text import dumps
from byline.reporters.summary import Summary


class IssueListReporter:
    """Writes `opening`, then `shape(issue)` for each issue up to `most` of them, then `closing(summary)`."""

    def __init__(
        self,
        output: Output,
        opening: str,
        shape: Callable[[Issue], dict[str, object]],
        closing: Callable[[Summary], str],
        most: int | None = None,
    ) -> None:
        self._stream = output.stream
        self._opening = opening
        self._shape = shape
        self._closing = closing
        self._most = most
        self._written = 0
        self._header = Header(None, {})
        self._issues = Issues(self._header)

    def begin(self, header: Header) -> None:
        """Open the document."""
        self._header = header
        self._issues = Issues(header)
        self._stream.write(self._opening)

    def writes(self, report: CommitReport) -> bool:
        """Whether the commit has issues."""
        return any(True for _ in Issues(self._header).of(report))

    def commit(self, report: CommitReport) -> None:
        """Write the issues of one commit."""
        for issue in self._issues.of(report):
            if self._most is None or self._written < self._most:
                self._stream.write((",\n" if self._written else "\n") + dumps(self._shape(issue)))
                self._written += 1

    def end(self, summary: Summary) -> None:
        """Close the document."""
        self._stream.write(f"\n{self._closing(summary)}\n")
        self._stream.flush()
