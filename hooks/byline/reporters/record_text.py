"""What a note on a commit says, in one line."""

from collections.abc import Sequence
from typing import Protocol

from byline.model import Finding
from byline.reporters.escape import escape
from byline.reporters.words import counted


class Recorded(Protocol):
    """The part of a record that is told."""

    @property
    def outcome(self) -> str:
        """What became of the commit then."""

    @property
    def reason(self) -> str:
        """Why."""

    @property
    def policy(self) -> str:
        """The file of the policy; empty for none."""

    @property
    def by(self) -> str:
        """Which program wrote the record."""

    @property
    def findings(self) -> Sequence[Finding]:
        """What was found then."""


def record_line(record: Recorded, remote: str) -> str:
    """Such as `note       annotated by the policy in byline.toml; 1 finding: ...`. Anybody can write notes.

    `remote` names where the note was fetched from; empty for the clone's own.
    """
    by_policy = f" by the policy in {escape(record.policy)}" if record.policy else ""
    marks = ", ".join(dict.fromkeys(escape(finding.mark) for finding in record.findings))
    found = f"; {counted(len(record.findings), 'finding')}: {marks}" if record.findings else "; nothing was found"
    reason = f" ({escape(record.reason)})" if record.reason else ""
    outcome = escape(record.outcome) or "not judged"
    source = f", fetched from {escape(remote)}" if remote else ""
    return f"note       {outcome}{by_policy}{reason}{found}; written by {escape(record.by)}{source}"
