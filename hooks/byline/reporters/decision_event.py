"""One push as one line of the decision log. The schema is documented; a change of it is a new `version`."""

from byline.model import Outcome
from byline.reporters.commit_object import commit_object
from byline.reporters.json_text import dumps, json_text
from byline.reporters.push_report import PolicyChange, PushReport

VERSION = 1

MOST_COMMITS = 50
MOST_FINDINGS = 20
"""Of each commit that is logged; the counts tell of the rest."""

_LONGEST_TEXT = 500
_LONGEST_RECORD = 20_000
_MOST_REFS = 1000
_MOST_NOTICES = 50


def decision_event(report: PushReport) -> str:
    """The event, as JSON without a line break in it."""
    refs = [
        {"ref": json_text(ref.name), "old": ref.old, "new": ref.new, "action": ref.action}
        | ({"note": json_text(ref.note)} if ref.note else {})
        for ref in report.refs[:_MOST_REFS]
    ]
    commits = [
        _shortened(commit_object(one))
        for one in report.kept
        if one.decision is not None and one.decision.outcome is not Outcome.ANNOTATED
    ][:MOST_COMMITS]
    noted = [_shortened(commit_object(one)) for one in report.with_outcome(Outcome.ANNOTATED)]
    commits += noted[: MOST_COMMITS - len(commits)]
    worth = report.summary.commits - report.summary.outcomes[Outcome.OK]
    event: dict[str, object] = {
        "version": VERSION,
        "time": report.time,
        "event": report.event,
        "stage": report.stage,
        "repository": json_text(report.repository),
        "project": json_text(report.project),
        "server": report.server,
        "via": json_text(report.way),
        "pusher": json_text(report.pusher) or None,
        "pusher_from": report.pusher_from or None,
        "push_options": [json_text(option) for option in report.options],
        "refs": refs,
        "refs_left_out": max(0, len(report.refs) - _MOST_REFS),
        "policies": {json_text(name): digest for name, digest in report.policies.items()},
        "policy_changes": [_policy_change(change, file) for change in report.policy_changes for file in change.files],
        "outcome": report.outcome,
        "exit": report.exit_code,
        "reason": json_text(report.reason),
        "counts": {"judged": report.summary.commits} | _counts(report),
        "tools": {json_text(tool): count for tool, count in sorted(report.summary.tools.items())},
        "commits": commits,
        "commits_left_out": max(0, worth - len(commits)),
        "seconds": round(report.seconds, 3),
    }
    if report.policy_notices:
        event["policy_notices"] = [json_text(str(notice)) for notice in report.policy_notices[:_MOST_NOTICES]]
    if report.after:
        event["checks"] = list(report.after)
    if report.record:
        event["record"] = json_text(report.record[-_LONGEST_RECORD:])
    return dumps(event)


def _policy_change(change: PolicyChange, file: str) -> dict[str, object]:
    row: dict[str, object] = {"ref": json_text(change.ref), "file": json_text(file)}
    return row if change.gone is None else row | {"removed": True}


def _counts(report: PushReport) -> dict[str, int]:
    return {outcome.value: report.summary.outcomes[outcome] for outcome in Outcome}


def _shortened(shown: dict[str, object]) -> dict[str, object]:
    """The commit with bounded texts and a bounded number of findings."""
    findings = shown.get("findings")
    if isinstance(findings, list):
        shown["findings"] = [_bounded(finding) for finding in findings[:MOST_FINDINGS]]
        if len(findings) > MOST_FINDINGS:
            shown["findings_left_out"] = len(findings) - MOST_FINDINGS
    return _bounded(shown)


def _bounded(shown: dict[str, object]) -> dict[str, object]:
    return {
        key: value[:_LONGEST_TEXT] + " ..." if isinstance(value, str) and len(value) > _LONGEST_TEXT else value
        for key, value in shown.items()
    }
