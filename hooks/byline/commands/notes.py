"""Notes on commits, as `byline annotate`, `byline explain` and the hooks write and read them."""

import hashlib
from collections.abc import Iterable

from byline.actions.commit_record import PolicyIdentity, Record, parse_record, record_text, with_earlier
from byline.commands.judge import Judge
from byline.commands.policy_source import find_policy_text
from byline.model import CommitReport
from byline.repository.location import Repository
from byline.repository.note_reader import read_notes
from byline.repository.note_writer import write_notes


def policy_identity(repository: Repository, judge: Judge, option: str | None) -> PolicyIdentity | None:
    """Which policy the judge applies; None where there is none."""
    text = find_policy_text(repository, option)
    if text is None:
        return None
    digest = hashlib.new(repository.object_format, b"blob %d\0" % len(text.data) + text.data)  # as git names a file
    presets = [file.removeprefix("preset ") for file in judge.policy.files if file.startswith("preset ")]
    return PolicyIdentity(text.file, digest.hexdigest(), tuple(presets))


def annotate(repository: Repository, judge: Judge, option: str | None, reports: Iterable[CommitReport]) -> int:
    """Write a note on each of the commits; how many there are. Raises RepositoryError."""
    policy = policy_identity(repository, judge, option)
    notes = {report.commit.sha: record_text(report, policy) for report in reports if report.commit.sha}
    write_notes(repository, judge.policy.notes.ref, notes)
    return len(notes)


def recorded(repository: Repository, ref: str, sha: str) -> Record | None:
    """What the note on a commit says; None where there is none of byline's."""
    return next((parse_record(data) for _, data in read_notes(repository, ref, [sha])), None)


def carry_over(repository: Repository, ref: str, rewritten: Iterable[tuple[str, str]]) -> None:
    """Give the notes of commits to those that took their place.

    To one that has a note of its own already goes what only the earlier note knows.
    """
    pairs = list(rewritten)
    known = dict(read_notes(repository, ref, {sha for pair in pairs for sha in pair}))
    notes: dict[str, str] = {}
    for old, new in pairs:
        if old in known and new not in known:
            notes[new] = known[old].decode("utf-8", "replace")
        elif old in known:
            more = with_earlier(known[new], known[old])
            notes |= {new: more} if more is not None else {}
    write_notes(repository, ref, notes)
