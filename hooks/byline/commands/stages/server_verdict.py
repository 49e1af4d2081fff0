"""What becomes of a push once its commits are judged, or could not be."""

from typing import TYPE_CHECKING

from byline.errors import EXIT_BLOCKED, EXIT_NOT_CHECKED, EXIT_OK
from byline.model import Outcome
from byline.reporters.push_report import ACCEPTED, DEFERRED, OVERRIDDEN, REFUSED, UNCHECKED, PushReport
from byline.reporters.words import counted
from byline.repository.server_settings import ServerSettings

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
        _refuse(report, f"this push deletes {report.deleted_policy}, the branch that holds the policy")
    elif outcomes[Outcome.BLOCKED]:
        if _overridden(report, settings):
            return
        _refuse(report, f"{counted(outcomes[Outcome.BLOCKED], 'commit')} against the policy")
    elif outcomes[Outcome.SKIPPED]:
        first = report.with_outcome(Outcome.SKIPPED)[0]
        which = (first.commit.sha or "")[:10]
        unchecked(
            report,
            settings,
            f"this push could not be checked: {counted(outcomes[Outcome.SKIPPED], 'commit')} could not be read in full",
            f"the first is {which}: {'; '.join(first.commit.unread)}"[:200],
        )
    else:
        report.outcome, report.exit_code = ACCEPTED, EXIT_OK


def unchecked(report: PushReport, settings: ServerSettings, sentence: str, remedy: str) -> None:
    """A push that could not be checked: refused, unless the server's own settings let it pass."""
    passes = settings.on_error == "allow"
    report.outcome = UNCHECKED
    report.exit_code = EXIT_OK if passes else EXIT_NOT_CHECKED
    report.reason = sentence + ("; the server lets it pass unchecked" if passes else "")
    report.remedy = "" if passes else remedy
    report.record = report.record or f"{sentence}\n{remedy}"


def out_of_time(
    report: PushReport, settings: ServerSettings, repository: "Repository | None", refs: "Sequence[ReceivedRef]"
) -> None:
    """The deadline has passed: refused, or accepted to be checked completely once it is in."""
    judged = counted(report.summary.commits, "commit")
    if report.summary.outcomes[Outcome.BLOCKED]:
        conclude(report, settings)
        report.record = f"the deadline passed after {judged}"
        return
    if settings.defer and report.stage == "pre-receive" and repository is not None and refs:
        from byline.actions.deferred import put_off

        try:
            put_off(repository.common_dir, report.event, [(ref.old, ref.new, ref.name) for ref in refs])
        except OSError as error:
            sentence = f"the check of this push cannot be put off: {error.strerror}"
            unchecked(report, settings._replace(on_error="block"), sentence, "The server's disk may be full.")
            return
        report.outcome, report.exit_code = DEFERRED, EXIT_OK
        report.reason = f"the deadline passed after {judged}"
        return
    unchecked(
        report,
        settings._replace(on_error="block"),
        f"this push could not be checked within {settings.deadline:g} seconds ({judged} judged)",
        "Push it in parts: git push REMOTE COMMIT:refs/heads/BRANCH with an older commit first, or fewer refs.",
    )


def _refuse(report: PushReport, reason: str) -> None:
    report.outcome, report.exit_code, report.reason = REFUSED, EXIT_BLOCKED, reason


def _overridden(report: PushReport, settings: ServerSettings) -> bool:
    """Whether a pusher whom the settings name gives a reason to let the push in."""
    reasons = [option.removeprefix(OVERRIDE_OPTION) for option in report.options if option.startswith(OVERRIDE_OPTION)]
    if not reasons or not reasons[0].strip() or not report.pusher or report.pusher not in settings.override:
        return False
    report.outcome, report.exit_code, report.reason = OVERRIDDEN, EXIT_OK, f"overruled: {reasons[0]}"
    return True
