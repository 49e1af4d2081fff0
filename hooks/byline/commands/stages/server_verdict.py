"""What becomes of a push once its commits are judged, or could not be."""

from typing import TYPE_CHECKING

from byline.commands.stages.hindrance import Hindrance, hindrance
from byline.errors import EXIT_BLOCKED, EXIT_NOT_CHECKED, EXIT_OK, BylineError
from byline.model import Outcome
from byline.reporters.push_report import ACCEPTED, DEFERRED, OVERRIDDEN, REFUSED, UNCHECKED, PushReport, Turn
from byline.reporters.words import counted
from byline.repository.server_settings import ServerSettings, SettingsError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from byline.repository.location import Repository
    from byline.repository.received import ReceivedRef

OVERRIDE_OPTION = "byline.override="
"""The push option by which a pusher whom the server's settings name lets a push in that is refused."""


def conclude(report: PushReport, settings: ServerSettings) -> None:
    """Outcome and exit code of a push that was judged to its end."""
    outcomes = report.summary.outcomes
    if report.deleted_policy:
        report.remedy = "keep it, or have the administrator make another branch the default one (HEAD) first"
        _tell_limits_of_override(report)
        _refuse(report, f"it deletes {report.deleted_policy}, the branch that holds the policy")
    elif outcomes[Outcome.BLOCKED]:
        if _overridden(report, settings):
            return
        _refuse(report, f"{counted(outcomes[Outcome.BLOCKED], 'commit')} against the policy")
    elif outcomes[Outcome.SKIPPED]:
        first = report.with_outcome(Outcome.SKIPPED)[0].commit
        reasons = f"{(first.sha or '')[:10]}: {'; '.join(first.unread)}"[:200]
        sentence = f"{counted(outcomes[Outcome.SKIPPED], 'commit')} could not be read in full ({reasons})"
        remedy = "Change what cannot be read (git rebase -i), or ask the administrator of this server."
        unchecked(report, settings, Hindrance(sentence, remedy, Turn.PUSHER))
    else:
        report.outcome, report.exit_code = ACCEPTED, EXIT_OK


def failed(report: PushReport, settings: ServerSettings, error: BylineError) -> ServerSettings:
    """A check that ended with an expected failure. Returns the settings to go on with: those that make sense."""
    if isinstance(error, SettingsError):
        settings = error.understood
    unchecked(report, settings, hindrance(error))
    return settings


def unchecked(report: PushReport, settings: ServerSettings, why: Hindrance) -> None:
    """A push that could not be checked: refused, unless the server's own settings let it pass."""
    report.outcome = UNCHECKED
    report.exit_code = EXIT_OK if settings.on_error == "allow" else EXIT_NOT_CHECKED
    report.reason, report.remedy, report.turn, report.missed = why
    report.record = report.record or f"{why.sentence}\n{why.remedy}"
    _tell_limits_of_override(report)


def out_of_time(
    report: PushReport, settings: ServerSettings, repository: "Repository | None", refs: "Sequence[ReceivedRef]"
) -> None:
    """The deadline has passed: refused, or accepted to be checked completely once it is in."""
    judged = counted(report.summary.commits, "commit")
    if report.summary.outcomes[Outcome.BLOCKED]:
        conclude(report, settings)
        report.record = f"the deadline passed after {judged}"
        return
    strict = settings._replace(on_error="block")
    if settings.defer and report.stage == "pre-receive" and repository is not None and refs:
        from byline.actions.deferred import put_off

        try:
            put_off(repository.common_dir, report.event, [(ref.old, ref.new, ref.name) for ref in refs])
        except OSError as error:
            sentence = f"its check cannot be put off: {error.strerror}"
            unchecked(report, strict, Hindrance(sentence, "The server's disk may be full."))
            return
        report.outcome, report.exit_code = DEFERRED, EXIT_OK
        report.reason = f"the deadline passed after {judged}"
        return
    sentence = f"the {settings.deadline:g} seconds for it were over after {judged}"
    remedy = "Push it in parts: git push REMOTE COMMIT:refs/heads/BRANCH with an older commit first, or fewer refs."
    unchecked(report, strict, Hindrance(sentence, remedy, Turn.PUSHER))


def _refuse(report: PushReport, reason: str) -> None:
    report.outcome, report.exit_code, report.reason = REFUSED, EXIT_BLOCKED, reason


def _overridden(report: PushReport, settings: ServerSettings) -> bool:
    """Whether a pusher whom the settings name gives a reason to let the push in; where one tries in vain, why."""
    reasons = _reasons_to_overrule(report)
    if not reasons:
        return False
    if not report.pusher or report.pusher not in settings.override:
        who = report.pusher or "an unknown pusher"
        report.not_overruled = f"{who} may not overrule the policy: -o byline.override has no effect"
        return False
    if not reasons[0].strip():
        report.not_overruled = "to overrule the policy a reason is needed: -o byline.override=REASON"
        return False
    report.outcome, report.exit_code, report.reason = OVERRIDDEN, EXIT_OK, f"overruled: {reasons[0]}"
    return True


def _reasons_to_overrule(report: PushReport) -> list[str]:
    return [option.removeprefix(OVERRIDE_OPTION) for option in report.options if option.startswith(OVERRIDE_OPTION)]


def _tell_limits_of_override(report: PushReport) -> None:
    if _reasons_to_overrule(report):
        report.not_overruled = "-o byline.override lets in commits against the policy, and nothing else"
