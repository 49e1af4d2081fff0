"""One event of the decision log for people."""

from collections.abc import Mapping

from byline.reporters.escape import escape

_SHORT = 10


def event_text(event: Mapping[str, object]) -> str:
    """When, what became of the push and why, by whom, which refs, and the commits with something to say."""
    who = event.get("pusher") or "unknown"
    outcome = str(event.get("outcome")).upper() + (" (let in)" if _passed_unchecked(event) else "")
    head = f"{event.get('time')}  {outcome}  {event.get('event')}  {event.get('stage')}"
    lines = [f"{head}  by {who}  {event.get('project') or event.get('repository')}"]
    reason = str(event.get("reason") or "")
    lines += [f"  {line}" for line in reason.split("\n") if line]
    for ref in _rows(event.get("refs")):
        span = f"{str(ref.get('old'))[:_SHORT]}..{str(ref.get('new'))[:_SHORT]}"
        lines.append(f"  {ref.get('action')}  {ref.get('ref')}  {span}")
    changes = _rows(event.get("policy_changes"))
    lines += [f"  {_does(change)} the policy: {change.get('file')} of {change.get('ref')}" for change in changes]
    for commit in _rows(event.get("commits")):
        what = f"{commit.get('outcome')}  {str(commit.get('sha'))[:_SHORT]}  {commit.get('subject')}"
        lines.append(f"  {what}: {commit.get('reason')}")
    if event.get("commits_left_out"):
        lines.append(f"  ... and {event['commits_left_out']} more")
    if event.get("push_options"):
        lines.append(f"  push options: {event['push_options']}")
    # a record begins with the reason where there is nothing else to tell of the failure
    record = str(event.get("record") or "").removeprefix(f"{reason}\n" if reason else "")
    lines += [f"  | {line}" for line in record.split("\n") if line]
    return "\n".join(map(escape, lines))


def _passed_unchecked(event: Mapping[str, object]) -> bool:
    return event.get("outcome") == "unchecked" and event.get("exit") == 0


def _does(change: Mapping[str, object]) -> str:
    return "removes" if change.get("removed") else "changes"


def _rows(value: object) -> list[Mapping[str, object]]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
