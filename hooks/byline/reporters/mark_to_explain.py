"""Where a reader can look up a mark that stands in the way, and what to do if it is wrong."""

from byline.model import CommitReport


def mark_to_explain(report: CommitReport) -> str:
    """The mark that the rule which decided is about, else the first; empty without any."""
    decision = report.decision
    judged = decision.judged if decision is not None else ()
    decisive = [one.finding.mark for one in judged if decision is not None and one.rule == decision.rule]
    return next(iter([*decisive, *(finding.mark for finding in report.findings)]), "")


def advice(mark: str) -> str:
    """The closing line of what was blocked."""
    return f"what a mark means, and what if it is wrong: byline explain {mark}"
