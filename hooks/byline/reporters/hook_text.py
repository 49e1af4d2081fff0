"""What a hook prints: the commits that matter, and what becomes of the commit or push, as the last line."""

import sys
from collections.abc import Iterable

from byline.model import CommitReport, Outcome
from byline.reporters.closing import Closing
from byline.reporters.escape import escape
from byline.reporters.interface import Header, Output
from byline.reporters.output import terminal
from byline.reporters.progress import Progress
from byline.reporters.summary import Summary
from byline.reporters.totals import named_tools
from byline.reporters.words import counted, place

_MOST_IN_FULL = 10


def tell_hook(reports: Iterable[CommitReport], header: Header, closing: Closing) -> Summary:
    """Write to standard error what matters about the commits of a hook, and hand back their counts."""
    output = terminal(sys.stderr, "auto")
    progress = Progress()
    summary = Summary(judged=True)
    last_noted: CommitReport | None = None
    mark = ""
    told = 0
    for report in reports:
        summary.count(report)
        progress.show(summary.commits)
        outcome = report.decision.outcome if report.decision is not None else Outcome.OK
        if outcome is Outcome.ANNOTATED:
            last_noted = report
        elif outcome is not Outcome.OK:
            told += 1
            mark = mark or _mark_to_explain(report)
            if told <= _MOST_IN_FULL:
                progress.clear()
                if told == 1:
                    output.stream.write("\n")
                _write_commit(report, header, output)
    progress.clear()
    if told > _MOST_IN_FULL:
        output.stream.write(f"... and {counted(told - _MOST_IN_FULL, 'more commit')} of this kind\n\n")
    advice = [f"what a mark means, and what if it is wrong: byline explain {mark}"] if mark else []
    for sentence in [*_last_words(summary, header, closing, last_noted), *advice]:
        output.stream.write(f"byline: {escape(sentence)}\n")
    output.stream.flush()
    return summary


def _mark_to_explain(report: CommitReport) -> str:
    """The mark that the rule which decided is about, else the first; empty without any."""
    decision = report.decision
    judged = decision.judged if decision is not None else ()
    decisive = [one.finding.mark for one in judged if decision is not None and one.rule == decision.rule]
    return next(iter([*decisive, *(finding.mark for finding in report.findings)]), "")


def _write_commit(report: CommitReport, header: Header, output: Output) -> None:
    from byline.reporters.commit_text import commit_text  # late: most commits are fine, or only noted

    text = commit_text(report, header.tool_names, colour=output.colour, width=output.width)
    output.stream.write(text + "\n")


def _last_words(summary: Summary, header: Header, closing: Closing, last_noted: CommitReport | None) -> Iterable[str]:
    file = header.policy.file if header.policy is not None else ""
    blocked, warned = summary.outcomes[Outcome.BLOCKED], summary.outcomes[Outcome.WARNED]
    if blocked:
        yield f"{closing.what} {closing.blocked} by the policy in {file}{_of_many(blocked, summary)}"
        if closing.advice:
            yield closing.advice
    elif summary.outcomes[Outcome.SKIPPED]:
        yield f"{closing.what} could not be checked in full"
    elif warned:
        yield f"{closing.what} goes through, with a warning by the policy in {file}{_of_many(warned, summary)}"
    elif last_noted is not None:
        yield f"noted {_noted(summary, header, last_noted)}; {_what_follows(file, summary, last_noted)}"


def _of_many(number: int, summary: Summary) -> str:
    return f", for {counted(number, 'commit')}" if summary.commits > 1 else ""


def _what_follows(file: str, summary: Summary, report: CommitReport) -> str:
    if not file:
        return "there is no policy file, so nothing is judged"
    decision = report.decision
    if summary.commits == 1 and decision is not None and decision.reason and not decision.violations:
        return decision.reason
    return "nothing to do"


def _noted(summary: Summary, header: Header, report: CommitReport) -> str:
    noted = summary.outcomes[Outcome.ANNOTATED]
    tools = named_tools(summary, header.tool_names, counts=noted > 1)
    if noted > 1 or len(report.findings) != 1:
        return f"marks of {tools}" + (f" in {counted(noted, 'commit')}" if noted > 1 else "")
    finding = report.findings[0]
    return f"a mark of {tools} ({place(finding)})"
