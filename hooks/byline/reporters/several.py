"""Several reports of one run."""

from collections.abc import Sequence

from byline.model import CommitReport
from byline.reporters.interface import Header, Reporter
from byline.reporters.summary import Summary


class Several:
    """Hands everything to each of its reporters, in their order."""

    def __init__(self, reporters: Sequence[Reporter]) -> None:
        self._reporters = tuple(reporters)

    def begin(self, header: Header) -> None:
        """Begin every report."""
        for reporter in self._reporters:
            reporter.begin(header)

    def writes(self, report: CommitReport) -> bool:
        """Whether any of them writes about this one."""
        return any(reporter.writes(report) for reporter in self._reporters)

    def commit(self, report: CommitReport) -> None:
        """Write one commit into every report."""
        for reporter in self._reporters:
            reporter.commit(report)

    def end(self, summary: Summary) -> None:
        """End every report."""
        for reporter in self._reporters:
            reporter.end(summary)
