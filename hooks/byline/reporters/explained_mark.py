"""Which mark of a commit is worth asking about, for the line that names `byline explain`."""

from byline.model import CommitReport


def explained_mark(report: CommitReport) -> str:
    """The mark that the rule which decided is about, else the first; empty without any."""
    decision = report.decision
    judged = decision.judged if decision is not None else ()
    decisive = [one.finding.mark for one in judged if decision is not None and one.rule == decision.rule]
    return next(iter([*decisive, *(finding.mark for finding in report.findings)]), "")
