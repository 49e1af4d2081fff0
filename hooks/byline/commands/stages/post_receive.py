"""The post-receive hook: log what came in, and check completely what pre-receive put off.

It cannot refuse anything. What the check finds is logged, told to the pusher and, where the settings name a notes ref,
written as notes on the commits.
"""

import sys
from collections.abc import Sequence
from io import BytesIO

from byline.actions.deferred import Deferred, deferred, done
from byline.commands.stages.clock import Clock
from byline.commands.stages.server import begin, end, tell_of_fault
from byline.commands.stages.server_judging import judge_push
from byline.commands.stages.server_notes import note_refused
from byline.commands.stages.server_verdict import conclude, unchecked
from byline.errors import BylineError
from byline.reporters.push_report import PushReport, RefReport
from byline.repository.earlier_hook import run_earlier, split_earlier
from byline.repository.location import Repository
from byline.repository.received import ReceivedRef, read_received
from byline.repository.server_settings import ServerSettings


def run(arguments: Sequence[str], policy: str | None) -> int:
    """Log the push; judge it if that is still due. Returns 0, or 1 and 3 when the check that was put off says so.

    The hook that was there before runs whatever comes of it, because the push is in.
    """
    earlier, rest = split_earlier(arguments)
    data = sys.stdin.buffer.read()
    code = _received(data, policy)
    return (run_earlier(earlier, rest, data) if earlier else 0) or code


def _received(data: bytes, policy: str | None) -> int:
    clock = Clock(None)
    report = PushReport("post-receive")
    settings = ServerSettings()
    repository: Repository | None = None
    try:
        repository, settings = begin(report)
        refs = read_received(BytesIO(data))
        due = _due(repository, refs)
        if due:
            _check(report, repository, settings, refs, policy, due)
        else:
            report.refs += [RefReport(ref.name, ref.old, ref.new, _action(ref)) for ref in refs]
    except BylineError as error:
        unchecked(report, settings, str(error), error.remedy)
    except Exception as fault:
        tell_of_fault(report, settings, fault)
    return end(report, settings, repository, clock)


def _check(
    report: PushReport,
    repository: Repository,
    settings: ServerSettings,
    refs: Sequence[ReceivedRef],
    policy: str | None,
    due: Sequence[Deferred],
) -> None:
    report.after = tuple(one.event for one in due)
    judge_push(report, repository, settings, refs, policy, Clock(None), moved=True)
    conclude(report, settings)
    note_refused(report, repository, settings)
    for one in due:
        done(one)


def _due(repository: Repository, refs: Sequence[ReceivedRef]) -> list[Deferred]:
    lines = {(ref.old, ref.new, ref.name) for ref in refs}
    return [one for one in deferred(repository.common_dir) if lines & set(one.refs)]


def _action(ref: ReceivedRef) -> str:
    return "delete" if ref.deletes else "create" if ref.creates else "update"
