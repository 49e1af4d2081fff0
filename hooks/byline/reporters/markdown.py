"""A page of Markdown on a whole change: one table of its commits, and what could not be checked.

Made for GitHub's job summaries, which hold 1 MiB, and for comments on change requests.
"""

import re

from byline.model import CommitReport, Outcome
from byline.reporters.escape import escape
from byline.reporters.interface import ChangeNote, Header, Output
from byline.reporters.summary import Summary
from byline.reporters.totals import totals
from byline.reporters.words import OUTCOMES, counted

MOST_BYTES = 900_000
"""Bytes after which rows are only counted."""

_PUNCTUATION = re.compile(r"[!-,/:-@\[-`{-~]|(?<=\bwww)\.")
_MOST_MARKS = 3
_LONGEST = 120


class MarkdownReporter:
    """Writes rows as the commits come, and details of those that matter after the table."""

    def __init__(self, output: Output) -> None:
        self._stream = output.stream
        self._names: dict[str, str] = {}
        self._written = 0
        self._left_out = 0
        self._details: list[str] = []

    def begin(self, header: Header) -> None:
        """Write the heading and what was compared."""
        self._names = dict(header.tool_names)
        lines = ["## byline", ""]
        if header.change is not None:
            lines += [*_compared(header.change), ""]
        if header.policy is not None:
            shown = f"Policy: {markdown_text(header.policy.file)}" if header.policy.file else "There is no policy."
            lines += [shown, ""]
        self._write("\n".join([*lines, "| outcome | commit | tool | mark | rule |", "|---|---|---|---|---|"]) + "\n")

    def writes(self, report: CommitReport) -> bool:  # noqa: ARG002
        """Every commit has a row."""
        return True

    def commit(self, report: CommitReport) -> None:
        """Write the row of one commit."""
        if self._written > MOST_BYTES:
            self._left_out += 1
            return
        outcome = report.decision.outcome if report.decision is not None else None
        rule = report.decision.rule if report.decision is not None else None
        tools = dict.fromkeys(self._names.get(finding.tool, finding.tool) for finding in report.findings)
        marks = list(dict.fromkeys(finding.mark for finding in report.findings))
        shown = [markdown_text(mark) for mark in marks[:_MOST_MARKS]]
        if len(marks) > _MOST_MARKS:
            shown.append(f"and {len(marks) - _MOST_MARKS} more")
        name = report.about or f"`{(report.commit.sha or '')[:10]}`"
        cells = (
            OUTCOMES[outcome] if outcome is not None else "",
            f"{name} {markdown_text(report.commit.subject)}",
            ", ".join(map(markdown_text, tools)),
            ", ".join(shown),
            markdown_text(str(rule)) if rule is not None and outcome is not Outcome.OK else "",
        )
        self._write(f"| {' | '.join(cells)} |\n")
        self._keep_details(report, name, outcome)

    def end(self, summary: Summary) -> None:
        """Write what is behind the rows, and the totals."""
        if self._left_out:
            self._write(f"\n{counted(self._left_out, 'more commit')} did not fit here.\n")
        for title, wanted in (("Blocked", "BLOCKED"), ("Warned", "WARNED"), ("Could not be checked", "NOT CHECKED")):
            lines = [line.removeprefix(wanted) for line in self._details if line.startswith(wanted)]
            if lines:
                self._write(f"\n### {title}\n\n" + "".join(lines))
        notes = "".join(f"- {markdown_text(note)}\n" for note in summary.notes)
        self._write((f"\n### Since the last run\n\n{notes}" if notes else "") + "\n")
        self._write(markdown_text(totals(summary, self._names, colour=False)) + "\n")
        self._stream.flush()

    def _keep_details(self, report: CommitReport, name: str, outcome: Outcome | None) -> None:
        decision = report.decision
        if decision is None or outcome not in (Outcome.BLOCKED, Outcome.WARNED, Outcome.SKIPPED):
            return
        reasons = [violation.reason for violation in decision.violations] or [decision.reason]
        lines = [f"- {name}: {markdown_text('; '.join(reasons))}"]
        lines += [f"  - {markdown_text(remedy)}" for remedy in decision.remedies]
        text = OUTCOMES[outcome] + "\n".join(lines) + "\n"
        self._written += len(text)
        self._details.append(text)

    def _write(self, text: str) -> None:
        self._written += len(text.encode("utf-8", "replace"))
        self._stream.write(text)


def markdown_text(text: str) -> str:
    """Any text as words in a page and nothing else: no markup, link, image, mention, reference or cell border.

    Punctuation becomes character references, which Markdown takes for text only; the element around keeps hosts from
    turning `@name` and `#1` into mentions.
    """
    safe = escape(text)
    safe = safe if len(safe) <= _LONGEST * 4 else safe[: _LONGEST * 4 - 3] + "..."
    shown = _PUNCTUATION.sub(lambda match: f"&#{ord(match.group())};", safe)
    return f"<code>{shown}</code>" if "@" in safe or "#" in safe or "://" in safe or "www." in safe else shown


def _compared(note: ChangeNote) -> list[str]:
    what = " ".join(part for part in (note.kind, note.number) if part)
    span = f"`{note.base[:10]}..{note.head[:10]}`" if note.base else f"`{note.head[:10]}`" if note.head else ""
    title = f" {markdown_text(note.title)}" if note.title else ""
    lines = [f"{markdown_text(what)}{title}: {span} {markdown_text(note.why)}"]
    return [*lines, *(f"\n> {markdown_text(line)}" for line in note.notes)]


def reporter(output: Output) -> MarkdownReporter:
    """The page, written to the output."""
    return MarkdownReporter(output)
