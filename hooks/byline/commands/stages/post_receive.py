"""The post-receive hook: log what came in, check completely what pre-receive put off, and write notes.

It cannot refuse anything. What the check finds is logged, told to the pusher and, unless the settings say otherwise,
written as notes on the commits that do not meet the policy; on each commit of a push where the policy asks for that.
"""

import sys
from collections.abc import Sequence
from io import BytesIO

from byline.actions.deferred import Deferred, deferred, done
from byline.commands.stages.clock import Clock
from byline.commands.stages.server import begin, end, read_settings, refuse_cut_history, tell_of_fault
from byline.commands.stages.server_judging import judge_push
from byline.commands.stages.server_notes import Notebook, may_ask_for_notes
from byline.commands.stages.server_verdict import conclude, failed
from byline.errors import BylineError
from byline.reporters.notices import tell_failure
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
        repository = begin(report)
        settings = read_settings(report, repository)
        refuse_cut_history()
        refs = read_received(BytesIO(data))
        due = _due(repository, refs)
        if due:
            _check(report, repository, settings, refs, policy, due)
        else:
            report.refs += [RefReport(ref.name, ref.old, ref.new, _action(ref)) for ref in refs]
            _note(report, repository, settings, refs, policy)
    except BylineError as error:
        settings = failed(report, settings, error)
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
    notebook = Notebook(repository, settings.notes, every=True)
    judge_push(report, repository, settings, refs, policy, Clock(None), moved=True, notebook=notebook)
    conclude(report, settings)
    _finish(report, notebook)
    for one in due:
        done(one)


def _note(
    report: PushReport,
    repository: Repository,
    settings: ServerSettings,
    refs: Sequence[ReceivedRef],
    policy: str | None,
) -> None:
    """Judge the push once more, for the notes that a policy asks for: pre-receive has given its verdict."""
    if not may_ask_for_notes(repository, settings, refs, policy):
        return
    again = PushReport(report.stage)
    again.pusher = report.pusher
    notebook = Notebook(repository, settings.notes, every=False)
    try:
        judge_push(again, repository, settings, refs, policy, Clock(None), moved=True, notebook=notebook)
    except BylineError as error:
        notebook.failure = str(error)
    _finish(report, notebook)


def _finish(report: PushReport, notebook: Notebook) -> None:
    """Write the rest of the notes. That some could not be written is logged and told; the push is in all the same."""
    notebook.write()
    if notebook.failure:
        report.record = f"{report.record}\nnotes: {notebook.failure}".strip()
        tell_failure(f"the push is in, but not every note on its commits was written: {notebook.failure}")


def _due(repository: Repository, refs: Sequence[ReceivedRef]) -> list[Deferred]:
    lines = {(ref.old, ref.new, ref.name) for ref in refs}
    return [one for one in deferred(repository.common_dir) if one.refs is None or lines & set(one.refs)]


def _action(ref: ReceivedRef) -> str:
    return "delete" if ref.deletes else "create" if ref.creates else "update"
