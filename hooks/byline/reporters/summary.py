"""The counts of a report, and the exit code that follows from them."""

from collections import Counter

from byline.errors import EXIT_BLOCKED, EXIT_NOT_CHECKED, EXIT_OK
from byline.model import CommitReport, Outcome


class Summary:
    """Counts reports as they pass; holds no commit. `judged` tells whether a policy is asked.

    `notes` are sentences about the whole of a report, known when it ends.
    """

    def __init__(self, *, judged: bool = True) -> None:
        self.judged = judged
        self.commits = 0
        self.marked = 0
        self.findings = 0
        self.unread = 0
        self.outcomes: Counter[Outcome] = Counter()
        self.tools: Counter[str] = Counter()
        self.notes: list[str] = []

    def count(self, report: CommitReport) -> None:
        """Take one commit into the counts. What is no commit only has an outcome."""
        if not report.about:
            self.commits += 1
            self.marked += bool(report.findings)
            self.findings += len(report.findings)
            self.unread += bool(report.commit.unread)
            self.tools.update({finding.tool for finding in report.findings})
        if report.decision is not None:
            self.outcomes[report.decision.outcome] += 1

    @property
    def exit_code(self) -> int:
        """1 when a commit is blocked, 3 when one could not be checked, else 0."""
        if self.outcomes[Outcome.BLOCKED]:
            return EXIT_BLOCKED
        if self.outcomes[Outcome.SKIPPED] or (not self.judged and self.unread):
            return EXIT_NOT_CHECKED
        return EXIT_OK
