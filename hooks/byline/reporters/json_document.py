"""The whole report as one JSON document, written as the commits come. The shape: `schemas/report.schema.json`."""

from byline.model import CommitReport, Outcome
from byline.reporters.commit_object import commit_object
from byline.reporters.interface import ChangeNote, Header, Output, PolicyNote
from byline.reporters.json_text import dumps, json_text
from byline.reporters.summary import Summary

VERSION = 1
"""The version of the shape. It changes when a reader of the old shape would misread the new one."""


class DocumentReporter:
    """Writes the document piece by piece, so that memory stays flat."""

    def __init__(self, output: Output) -> None:
        self._stream = output.stream
        self._separator = "\n"

    def begin(self, header: Header) -> None:
        """Open the document."""
        change = "" if header.change is None else f'"change": {dumps(_change(header.change))}, '
        self._stream.write(f'{{"version": {VERSION}, "policy": {dumps(_policy(header.policy))}, {change}"commits": [')

    def writes(self, report: CommitReport) -> bool:  # noqa: ARG002
        """Every commit is written."""
        return True

    def commit(self, report: CommitReport) -> None:
        """Write one element of `commits`."""
        self._stream.write(self._separator + dumps(commit_object(report)))
        self._separator = ",\n"

    def end(self, summary: Summary) -> None:
        """Close the document with the counts."""
        self._stream.write(f'\n], "summary": {dumps(_summary(summary))}}}\n')
        self._stream.flush()


def _policy(note: PolicyNote | None) -> dict[str, str | None] | None:
    if note is None:
        return None
    return {key: json_text(value) or None for key, value in note._asdict().items()}


def _change(note: ChangeNote) -> dict[str, object]:
    shown: dict[str, object] = {
        key: json_text(value) or None for key, value in note._asdict().items() if isinstance(value, str)
    }
    return shown | {"why": json_text(note.why), "notes": [json_text(line) for line in note.notes]}


def _summary(summary: Summary) -> dict[str, object]:
    counts: dict[str, object] = {
        "commits": summary.commits,
        "marked": summary.marked,
        "findings": summary.findings,
        "unread": summary.unread,
        "tools": {json_text(tool): count for tool, count in sorted(summary.tools.items())},
    }
    if summary.notes:
        counts["notes"] = [json_text(note) for note in summary.notes]
    if summary.judged:
        counts["outcomes"] = {outcome.value: summary.outcomes[outcome] for outcome in Outcome}
    return counts


def reporter(output: Output) -> DocumentReporter:
    """The JSON document, written to the output."""
    return DocumentReporter(output)
