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
from byline.reporters.totals import named_tools, tools_and_commits
from byline.reporters.words import counted, place

_MOST_IN_FULL = 10


def tell_hook(reports: Iterable[CommitReport], header: Header, closing: Closing) -> Summary:
    """Write to standard error what matters about the commits of a hook, and hand back their counts."""
    output = terminal(sys.stderr, "auto")
    progress = Progress()
    summary = Summary(judged=True)
    last_noted: CommitReport | None = None
    explained: dict[Outcome, str] = {}
    told = 0
    for report in reports:
        summary.count(report)
        progress.show(summary.commits)
        outcome = report.decision.outcome if report.decision is not None else Outcome.OK
        if outcome is Outcome.ANNOTATED:
            last_noted = report
        elif outcome is not Outcome.OK:
            told += 1
            explained[outcome] = explained.get(outcome) or _mark(report)
            if told <= _MOST_IN_FULL:
                progress.clear()
                if told == 1:
                    output.stream.write("\n")
                _write_commit(report, header, output)
    progress.clear()
    if told > _MOST_IN_FULL:
        output.stream.write(f"... and {counted(told - _MOST_IN_FULL, 'more commit')} of this kind\n\n")
    mark = explained.get(Outcome.BLOCKED) or next(filter(None, explained.values()), "")
    for sentence in [*_last_words(summary, header, closing, last_noted), *_advice(mark)]:
        output.stream.write(f"byline: {escape(sentence)}\n")
    output.stream.flush()
    return summary


def _mark(report: CommitReport) -> str:
    from byline.reporters.mark_to_explain import mark_to_explain  # late, as below

    return mark_to_explain(report)


def _advice(mark: str) -> Iterable[str]:
    if mark:
        from byline.reporters.mark_to_explain import advice

        yield advice(mark)


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
    if noted > 1:
        return f"marks of {tools_and_commits(summary, header.tool_names)}"
    tools = named_tools(summary, header.tool_names, counts=False)
    if len(report.findings) != 1:
        return f"marks of {tools}"
    return f"a mark of {tools} ({place(report.findings[0])})"
