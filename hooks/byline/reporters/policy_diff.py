"""The commits that two policies decide differently, as they are found."""

from collections import Counter

from byline.model import CommitReport, Decision
from byline.reporters.escape import escape
from byline.reporters.interface import Output
from byline.reporters.style import paint
from byline.reporters.words import counted

NOT_JUDGED = "not judged"


class PolicyDiff:
    """Writes every commit whose outcomes differ, and at the end how many there are of each kind."""

    def __init__(self, output: Output, before: str, after: str) -> None:
        self._output = output
        self._names = (before, after)
        self._commits = 0
        self._changes: Counter[tuple[str, str]] = Counter()

    def compare(self, before: CommitReport, after: CommitReport) -> None:
        """Write the commit if the outcomes differ."""
        self._commits += 1
        was, becomes = _outcome(before.decision), _outcome(after.decision)
        if was == becomes:
            return
        self._changes[was, becomes] += 1
        commit = before.commit
        lines = [f"{(commit.sha or '')[:12]}  {escape(commit.subject)}"]
        for name, report in zip(self._names, (before, after), strict=True):
            lines += self._side(name, report.decision)
        self._output.stream.write("\n".join([*lines, "", ""]))

    def end(self) -> None:
        """Write the totals."""
        before, after = map(escape, self._names)
        number = counted(sum(self._changes.values()), "commit")
        lines = [f"{number} of {self._commits:,} would be decided otherwise by {after} than by {before}"]
        lines += [f"  {count:>6,}  {was} -> {becomes}" for (was, becomes), count in self._changes.most_common()]
        self._output.stream.write("\n".join([*lines, ""]))
        self._output.stream.flush()

    def _side(self, name: str, decision: Decision | None) -> list[str]:
        outcome = _outcome(decision)
        shown = outcome if decision is None else paint(outcome, decision.outcome.value, colour=self._output.colour)
        width = max(map(len, self._names))
        reason = f": {escape(decision.reason)}" if decision is not None and decision.reason else ""
        lines = [f"  {escape(name):<{width}}  {shown}{reason}"]
        if decision is not None and decision.rule is not None:
            lines.append(f"  {'':<{width}}  {escape(str(decision.rule))}")
        return lines


def _outcome(decision: Decision | None) -> str:
    if decision is None:
        return NOT_JUDGED
    enforced = decision.if_enforced
    return decision.outcome.value + (f" ({enforced} if enforced)" if enforced is not None else "")
