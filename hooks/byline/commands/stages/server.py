"""What all hooks of a server have in common: from the ref lines of a push to a verdict, a message and a log line.

Whatever goes wrong on the way, the push is refused: only the last line of an undisturbed run returns 0.
"""

import os
import time
from collections.abc import Callable, Sequence

from byline.actions.decision_log import NONE, append, destination
from byline.commands.stages.clock import Clock, OutOfTime
from byline.commands.stages.hindrance import Hindrance
from byline.commands.stages.server_judging import judge_push
from byline.commands.stages.server_verdict import conclude, failed, out_of_time, unchecked
from byline.errors import EXIT_NOT_CHECKED, EXIT_OK, BylineError
from byline.reporters.decision_event import decision_event
from byline.reporters.notices import tell_failure
from byline.reporters.push_report import PushReport
from byline.reporters.push_text import tell_push
from byline.repository.discovery import discover
from byline.repository.location import Repository
from byline.repository.received import ReceivedRef
from byline.repository.server_environment import isolate, planned_merge, project, push_options, pusher, server_kind, way
from byline.repository.server_settings import ServerSettings, SettingsError, read_server_settings

# Seconds for reading the settings, which name the deadline. On a busy machine even that takes its time.
_BEFORE_SETTINGS = 15.0

ReadRefs = Callable[[], Sequence[ReceivedRef]]


def guard(stage: str, read: ReadRefs, policy: str | None, *, named_pusher: tuple[str, str] | None = None) -> int:
    """Judge a push before its refs change. Returns the exit code: 0 lets it in, 1 and 3 refuse it."""
    try:
        return _guard(stage, read, policy, named_pusher)
    except OutOfTime:  # the timer went off once more while the first time was being dealt with
        tell_failure("this push was not accepted, because it could not be checked in time")
        return EXIT_NOT_CHECKED


def _guard(stage: str, read: ReadRefs, policy: str | None, named_pusher: tuple[str, str] | None) -> int:
    clock = Clock(_BEFORE_SETTINGS)
    report = PushReport(stage)
    settings = ServerSettings()
    repository: Repository | None = None
    refs: Sequence[ReceivedRef] = ()
    try:
        repository = begin(report)
        settings = read_settings(report, repository, named_pusher)
        refuse_cut_history()
        refs = planned_merge(read(), settings.server, os.environ)
        clock.arm(settings.deadline)
        judge_push(report, repository, settings, refs, policy, clock)
        clock.close()
        conclude(report, settings)
    except OutOfTime:
        clock.close()
        out_of_time(report, settings, repository, refs)
    except BylineError as error:
        clock.close()
        settings = failed(report, settings, _told(error, repository, refs))
    except Exception as fault:
        clock.close()
        tell_of_fault(report, settings, fault)
    code = end(report, settings, repository, clock)
    clock.stop()
    return code


def _told(error: BylineError, repository: Repository | None, refs: Sequence[ReceivedRef]) -> BylineError:
    """The failure, or what is behind it."""
    if repository is None:
        return error
    from byline.repository.cut_off_push import is_cut_off, shallow_push

    tips = [ref.new for ref in refs if not ref.deletes]
    return shallow_push() if is_cut_off(str(error), repository, tips) else error


def begin(report: PushReport) -> Repository:
    """Note what the environment tells of the push, and find the repository. Raises BylineError."""
    report.event = os.urandom(6).hex()
    report.time = _now()
    report.server = server_kind(os.environ)
    report.options = push_options(os.environ)
    report.project = project(os.environ)
    report.way = way(os.environ)
    isolate(os.environ)
    repository = discover()
    report.repository = repository.git_dir
    return repository


def read_settings(
    report: PushReport, repository: Repository, named_pusher: tuple[str, str] | None = None
) -> ServerSettings:
    """The server's settings. Whom to ask and who pushes is noted also where a setting makes no sense: SettingsError."""
    try:
        settings = read_server_settings(repository)
    except SettingsError as error:
        _note(report, error.understood, named_pusher)
        raise
    _note(report, settings, named_pusher)
    return settings


def _note(report: PushReport, settings: ServerSettings, named_pusher: tuple[str, str] | None) -> None:
    report.server = settings.server or report.server
    report.contact = settings.contact
    report.pusher, report.pusher_from = named_pusher or pusher(os.environ, report.server)


def refuse_cut_history() -> None:
    """Raise IncompleteHistory for a push that brings the boundary of a shallow clone along."""
    if os.environ.get("GIT_SHALLOW_FILE"):
        from byline.repository.cut_off_push import shallow_push

        raise shallow_push()


def end(report: PushReport, settings: ServerSettings, repository: Repository | None, clock: Clock) -> int:
    """Log the push and tell the pusher; the exit code. A log that cannot be written is a failure by itself."""
    report.seconds = clock.elapsed
    if repository is None or not _logged(report, settings, repository):
        report.event = ""  # nobody is to look for it
    tell_push(report)
    return report.exit_code if report.exit_code in (EXIT_OK, 1) else EXIT_NOT_CHECKED


def _logged(report: PushReport, settings: ServerSettings, repository: Repository) -> bool:
    """Whether the push stands in the log. Refuses it where it must and cannot."""
    try:
        place = destination(settings.log, repository.common_dir)
        append(place, decision_event(report))
    except BylineError as error:
        if settings.log_error != "allow":
            why = Hindrance(str(error), error.remedy, missed="logged")
            unchecked(report, settings._replace(on_error="block"), why)
        return False
    return place.kind != NONE


def _now() -> str:
    """The time as RFC 3339 writes it, to the millisecond, in UTC."""
    now = time.time()
    return f"{time.strftime('%Y-%m-%dT%H:%M:%S', time.gmtime(now))}.{int(now % 1 * 1000):03}Z"


def tell_of_fault(report: PushReport, settings: ServerSettings, fault: Exception) -> None:
    """Record a fault of byline for the administrator; the pusher reads one line of it."""
    import traceback

    report.record = "".join(traceback.format_exception(fault))
    unchecked(report, settings, Hindrance(f"a fault in byline ({type(fault).__name__})"))
