"""What a pusher reads, as `remote:` lines of their own git: what was refused, why, what to do, whom to ask.

The first commits are told in full and the rest are counted; every line is bounded and escaped. GitLab shows in its web
pages only lines that begin with GL-HOOK-ERR:, so there the short form begins so.
"""

import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress

from byline.model import CommitReport, Outcome
from byline.reporters.commit_text import commit_text
from byline.reporters.escape import escape
from byline.reporters.mark_to_explain import mark_to_explain
from byline.reporters.push_report import DEFERRED, OVERRIDDEN, REFUSED, UNCHECKED, PushReport, Turn
from byline.reporters.totals import tools_and_commits
from byline.reporters.words import counted

MOST_IN_FULL = 5
MOST_LISTED = 10

_WIDTH = 72  # git puts `remote: ` before each line
_LONGEST_LINE = 300
_MOST_LINES_OF_COMMIT = 40
_SHORT = 10
_GITLAB = "GL-HOOK-ERR: "
_IF_WRONG = "if it is wrong: tell those who keep the policy"
_TURNS = {
    Turn.ADMINISTRATOR: "only the administrator of this server can put that right",
    Turn.AGAIN: "push again; if it stays so, the administrator of this server has to look into it",
}
_BAD = (Outcome.BLOCKED, Outcome.SKIPPED, Outcome.WARNED)


def tell_push(report: PushReport) -> None:
    """Write the message for the pusher to standard error, all at once. Writes nothing when there is nothing to say."""
    lines = [line[:_LONGEST_LINE] for line in push_lines(report)]
    if lines and sys.stderr is not None:
        # a pusher who has gone away changes nothing about the verdict
        with suppress(BrokenPipeError):
            sys.stderr.flush()
            sys.stderr.buffer.write("".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace"))
            sys.stderr.buffer.flush()


def push_lines(report: PushReport) -> Iterator[str]:
    """The message, line by line, escaped."""
    mark = _GITLAB if report.server == "gitlab" else ""
    told = [one for outcome in _BAD for one in report.with_outcome(outcome)]
    if told:
        yield ""
    for one in told[:MOST_IN_FULL]:
        lines = commit_text(one, report.header.tool_names, width=_WIDTH).split("\n")
        yield from lines[:_MOST_LINES_OF_COMMIT]
        if len(lines) > _MOST_LINES_OF_COMMIT:
            yield "  ..."
            yield ""
    yield from _listed(told[MOST_IN_FULL:], _all_told(report) - min(len(told), MOST_IN_FULL))
    for sentence in _sentences(report):
        yield from (f"{mark}byline: {escape(line)}" for line in sentence.split("\n")[:_MOST_LINES_OF_COMMIT])
    if mark and report.exit_code:
        for one in told[:MOST_IN_FULL]:
            yield f"{mark}  {_short(one)}"


def _all_told(report: PushReport) -> int:
    return sum(report.summary.outcomes[outcome] for outcome in _BAD)


def _listed(told: Iterable[CommitReport], number: int) -> Iterator[str]:
    """Some further commits on a line each, and how many there are besides."""
    listed = [_short(one) for _, one in zip(range(MOST_LISTED), told, strict=False)]
    yield from listed
    if number > len(listed):
        yield f"... and {counted(number - len(listed), 'more commit')}"
    if number:
        yield ""


def _short(one: CommitReport) -> str:
    sha = one.commit.sha[:_SHORT] if one.commit.sha else ""
    reason = one.decision.reason if one.decision is not None else ""
    return f"{sha}  {escape(one.commit.subject[:50])}: {escape(reason[:120])}"


def _sentences(report: PushReport) -> Iterator[str]:
    if report.policy_changes:
        from byline.reporters.policy_change_text import policy_changes

        yield from policy_changes(report)
    yield from _outcome(report)
    if report.outcome in (REFUSED, UNCHECKED) and report.exit_code:
        yield from _whom_to_ask(report)


def _outcome(report: PushReport) -> Iterator[str]:
    summary = report.summary
    blocked, warned = summary.outcomes[Outcome.BLOCKED], summary.outcomes[Outcome.WARNED]
    file = report.header.policy.file if report.header.policy is not None else ""
    if report.outcome == UNCHECKED:
        yield from _unchecked(report)
    elif report.outcome == REFUSED:
        if report.deleted_policy:
            yield _refused(report) + report.reason
            yield f"to put it right: {report.remedy}"
        if blocked:
            of_many = f"{blocked:,} of {counted(summary.commits, 'commit')}" if summary.commits > 1 else "its commit"
            yield f"{_refused(report)}{of_many} {'does' if blocked == 1 else 'do'} not meet the policy ({file})"
            yield from _how_to_mend(report)
    elif report.outcome == OVERRIDDEN:
        yield f"{counted(blocked, 'commit')} against the policy, let in because {report.pusher} overruled it (logged)"
    elif report.outcome == DEFERRED:
        yield "this push is too large to be checked while you wait: it is checked completely once it is in"
    elif warned:
        yield f"this push is accepted, with a warning for {counted(warned, 'commit')} by the policy ({file})"
    elif summary.outcomes[Outcome.ANNOTATED]:
        end = "" if file else "; there is no policy here, so nothing is judged"
        yield f"noted marks of {tools_and_commits(summary, report.header.tool_names)}{end}"
    if _all_told(report):
        yield from (f"about the policy: {notice}" for notice in report.policy_notices if notice.whole)


def _refused(report: PushReport) -> str:
    """The beginning of a refusal. Nothing that is in already is refused any more."""
    return "this push is in, but " if report.stage == "post-receive" else "this push is refused: "


def _unchecked(report: PushReport) -> Iterator[str]:
    """That a push could not be checked, why, and who can do something about it."""
    if not report.exit_code:
        yield f"this push could not be checked; the server lets it pass unchecked:\n{report.reason}"
        return
    if not report.missed:
        yield _refused(report) + report.reason
    elif report.stage == "post-receive":
        yield f"this push is in, but could not be {report.missed}:\n{report.reason}"
    else:
        yield f"this push was not accepted, because it could not be {report.missed}:\n{report.reason}"
    turn = report.remedy if report.turn is Turn.PUSHER else _TURNS[report.turn]
    if turn:
        yield turn


def _whom_to_ask(report: PushReport) -> Iterator[str]:
    """Why an attempt to overrule did not help, what a mark means, whom to ask, and where the administrator looks."""
    if report.not_overruled:
        yield report.not_overruled
    blocked = report.with_outcome(Outcome.BLOCKED) if report.outcome == REFUSED else []
    mark = next(filter(None, map(mark_to_explain, blocked)), "")
    if mark:
        yield f"what a mark means: byline explain {mark}"
        yield f"if it is wrong, or for other questions: {report.contact}" if report.contact else _IF_WRONG
    elif report.contact:
        yield f"questions: {report.contact}"
    if report.event:
        yield f"the administrator finds this push in the log as {report.event}"


def _how_to_mend(report: PushReport) -> Iterator[str]:
    """The commands that put commits right which are not on the server yet."""
    blocked = report.with_outcome(Outcome.BLOCKED)
    tips = {ref.new for ref in report.refs}
    if not blocked or report.stage == "post-receive":
        return
    oldest = blocked[-1].commit
    if report.summary.outcomes[Outcome.BLOCKED] == 1 and oldest.sha in tips:
        yield "to put it right: git commit --amend, then push again"
    elif len(blocked) == report.summary.outcomes[Outcome.BLOCKED] and oldest.sha:
        start = f"{oldest.sha[:_SHORT]}^" if oldest.parents else "--root"
        yield f"to put it right: git rebase -i {start}, mark the commits as `edit`, amend them, and push again"
    else:
        yield "to put it right: git rebase -i, starting before the oldest of these commits, and push again"
