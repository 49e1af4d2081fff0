"""The report for people: commits with something to say, and a line of totals."""

from byline.model import CommitReport, Outcome
from byline.reporters.commit_text import commit_text
from byline.reporters.escape import escape
from byline.reporters.interface import Header, Output
from byline.reporters.mark_to_explain import advice, mark_to_explain
from byline.reporters.summary import Summary
from byline.reporters.totals import totals


class TextReporter:
    """Writes every commit that carries a mark or has to be acted on; the others only count."""

    def __init__(self, output: Output) -> None:
        self._output = output
        self._header = Header(policy=None, tool_names={})
        self._mark = ""

    def begin(self, header: Header) -> None:
        """Remember what the commits will be described with."""
        self._header = header

    def writes(self, report: CommitReport) -> bool:
        """Whether a person wants to read about this commit."""
        return worth_saying(report)

    def commit(self, report: CommitReport) -> None:
        """Write the commit, unless there is nothing to say about it."""
        if worth_saying(report):
            text = commit_text(report, self._header.tool_names, colour=self._output.colour, width=self._output.width)
            self._output.stream.write(text + "\n")
        if not self._mark and report.decision is not None and report.decision.outcome is Outcome.BLOCKED:
            self._mark = mark_to_explain(report)

    def end(self, summary: Summary) -> None:
        """Write the totals, and where to look up a mark that blocks something."""
        self._output.stream.write(totals(summary, self._header.tool_names, colour=self._output.colour) + "\n")
        if self._mark:
            self._output.stream.write(escape(advice(self._mark)) + "\n")
        self._output.stream.flush()


def worth_saying(report: CommitReport) -> bool:
    """Whether a person wants to read about this commit."""
    if report.findings or report.commit.unread:
        return True
    return report.decision is not None and report.decision.outcome is not Outcome.OK


def reporter(output: Output) -> TextReporter:
    """The text report, written to the output."""
    return TextReporter(output)
