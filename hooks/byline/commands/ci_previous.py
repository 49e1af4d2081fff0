"""What is different from the last run on the same change, told from the JSON report that it left."""

import json

from byline.commands.policy_source import read_file
from byline.errors import UnreadableInput
from byline.model import CommitReport
from byline.reporters.words import counted

_MOST_NAMED = 10
_SHORT = 10


class LastRun:
    """The outcomes of the last run, by commit id or by what else was judged."""

    def __init__(self, outcomes: dict[str, str]) -> None:
        self._outcomes = outcomes
        self._seen: set[str] = set()
        self._new = 0
        self._changed: list[str] = []

    def compare(self, report: CommitReport) -> None:
        """Take what this run says about one commit."""
        name = report.commit.sha or report.about
        outcome = report.decision.outcome.value if report.decision is not None else ""
        self._seen.add(name)
        if name not in self._outcomes:
            self._new += not report.about
        elif self._outcomes[name] != outcome:
            self._changed.append(f"{_short(name)} was {self._outcomes[name]} and is {outcome}")

    def sentences(self) -> list[str]:
        """What is different, or that nothing is."""
        gone = len([name for name in self._outcomes if len(name) >= 40 and name not in self._seen])
        parts = []
        if self._new:
            parts.append(f"{counted(self._new, 'commit is', 'commits are')} new")
        if gone:
            parts.append(f"{counted(gone, 'commit is', 'commits are')} gone")
        sentences = [f"since the last run, {' and '.join(parts)}"] if parts else []
        sentences += [f"since the last run, {change}" for change in self._changed[:_MOST_NAMED]]
        if len(self._changed) > _MOST_NAMED:
            sentences.append(f"and {len(self._changed) - _MOST_NAMED} more outcomes changed")
        return sentences or ["nothing changed since the last run"]


def read_last_run(path: str | None) -> LastRun | None:
    """The last run, from a report in the format json; None without one. Raises UnreadableInput."""
    if path is None:
        return None
    try:
        commits = json.loads(read_file(path))["commits"]
        outcomes = {str(commit["sha"] or commit["about"]): str(commit["outcome"]) for commit in commits}
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise UnreadableInput(
            f"{path} is no report of byline ci in the format json",
            "Let the run write one with --report json=FILE, and hand it to the next one with --previous FILE.",
        ) from error
    return LastRun(outcomes)


def _short(name: str) -> str:
    return name[:_SHORT] if len(name) >= 40 else f"the {name}"
