"""What a pusher reads of a push that brings, changes or removes a policy."""

from collections.abc import Iterator

from byline.reporters.push_report import Gone, PolicyChange, PushReport

_AFTERWARDS = {
    Gone.DEFAULT: "the server's default policy holds from the next push on",
    Gone.FLOOR: "only the server's floor holds from the next push on",
    Gone.NOTHING: "marks in later pushes are only noted",
}


def policy_changes(report: PushReport) -> Iterator[str]:
    """A sentence for each branch whose policy the push touches; not escaped."""
    is_in = report.exit_code == 0 or report.stage == "post-receive"
    for change in report.policy_changes:
        then = f"; {_afterwards(change, report)}" if is_in else ""
        yield _what(change, report) + ("" if report.policy_from_server else then)


def _what(change: PolicyChange, report: PushReport) -> str:
    holding = report.header.policy.file if report.header.policy is not None else ""
    what = f"{' and '.join(change.files)} of {change.ref}"
    if report.policy_from_server:
        does = "changes" if change.gone is None else "removes"
        return f"this push {does} {what}, and this server judges by a policy of its own"
    if change.gone is not None:
        return f"this push removes the policy ({what}) and was judged by it"
    if not holding:
        return f"this push brings a policy ({what}) and was judged without one"
    does = "brings a policy" if change.brought else "changes the policy"
    return f"this push {does} ({what}) and was judged by the one from before"


def _afterwards(change: PolicyChange, report: PushReport) -> str:
    if change.gone is None:
        return "the new one holds from the next push on"
    if change.gone is Gone.DEFAULT_BRANCH:
        return f"from the next push on that of {report.policy_branch} holds there"
    return _AFTERWARDS[change.gone]
