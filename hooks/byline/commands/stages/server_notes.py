"""Notes on commits that are in, and that the policy would have refused."""

from byline.model import Outcome
from byline.reporters.escape import escape
from byline.reporters.push_report import PushReport
from byline.repository.location import Repository
from byline.repository.note_writer import write_notes
from byline.repository.server_settings import ServerSettings

NONE = "none"


def note_refused(report: PushReport, repository: Repository, settings: ServerSettings) -> None:
    """Write what the check found on every commit that does not meet the policy. Raises RepositoryError."""
    if settings.notes == NONE:
        return
    notes = {}
    for one in report.with_outcome(Outcome.BLOCKED, Outcome.SKIPPED):
        if one.commit.sha and one.decision:
            rule = f"\nbyline-rule: {escape(str(one.decision.rule))}" if one.decision.rule is not None else ""
            word = one.decision.outcome.value
            notes[one.commit.sha] = f"byline: {word}\nbyline-reason: {escape(one.decision.reason)}{rule}\n"
    write_notes(repository, settings.notes, notes)
