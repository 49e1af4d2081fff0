"""Checkstyle's XML, which most CI systems and review tools read.

https://checkstyle.org/config.html (XMLLogger). There is no schema; readers take `file` and `error` elements.
"""

from byline.model import CommitReport
from byline.reporters.interface import Header, Output
from byline.reporters.issues import Issues, Level
from byline.reporters.summary import Summary
from byline.reporters.xml_text import attributes

_SEVERITIES = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "info"}


class CheckstyleReporter:
    """Writes one `file` element after the other; a file may come up again in another commit."""

    def __init__(self, output: Output) -> None:
        self._stream = output.stream
        self._header = Header(None, {})
        self._issues = Issues(self._header)

    def begin(self, header: Header) -> None:
        """Open the document."""
        self._header = header
        self._issues = Issues(header)
        self._stream.write('<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="10.0">\n')

    def writes(self, report: CommitReport) -> bool:
        """Whether the commit has issues."""
        return any(True for _ in Issues(self._header).of(report))

    def commit(self, report: CommitReport) -> None:
        """Write the issues of one commit."""
        for issue in self._issues.of(report):
            error = attributes(
                line=issue.line or 1,
                severity=_SEVERITIES[issue.level],
                message=f"{issue.title}: {issue.message}",
                source=f"byline.{issue.rule.removeprefix('byline.')}",
            )
            self._stream.write(f"<file{attributes(name=issue.anchor)}>\n  <error{error}/>\n</file>\n")

    def end(self, summary: Summary) -> None:  # noqa: ARG002
        """Close the document."""
        self._stream.write("</checkstyle>\n")
        self._stream.flush()


def reporter(output: Output) -> CheckstyleReporter:
    """The Checkstyle document, written to the output."""
    return CheckstyleReporter(output)
