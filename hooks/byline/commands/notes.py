"""Notes on commits, as `byline annotate`, `byline explain`, `byline check` and the hooks write and read them."""

import hashlib
from collections.abc import Iterable, Iterator

from byline.actions.commit_record import PolicyIdentity, Record, over, parse_record, record_text, under, with_earlier
from byline.commands.judge import Judge
from byline.model import CommitReport, Place
from byline.repository.location import Repository
from byline.repository.note_reader import NoteReader, notes_refs, read_notes
from byline.repository.note_writer import write_notes
from byline.repository.shared_notes import Shared


def policy_identity(repository: Repository, judge: Judge) -> PolicyIdentity | None:
    """Which policy the judge applies; None where there is none."""
    if judge.text is None:
        return None
    data = judge.text.data
    digest = hashlib.new(repository.object_format, b"blob %d\0" % len(data) + data)  # as git names a file
    presets = [file.removeprefix("preset ") for file in judge.policy.files if file.startswith("preset ")]
    return PolicyIdentity(judge.text.file, digest.hexdigest(), tuple(presets))


def annotate(repository: Repository, judge: Judge, reports: Iterable[CommitReport]) -> tuple[list[str], int]:
    """Write a note on each of the commits: which they are, and how many of them have other notes, which stay.

    What only a note knows, such as the environment in which the commit was made, is kept. Raises RepositoryError.
    """
    policy = policy_identity(repository, judge)
    notes = {report.commit.sha: record_text(report, policy) for report in reports if report.commit.sha}
    written = write_notes(repository, judge.policy.notes.ref, notes, over)
    return list(notes), len(notes) - written


def recorded(repository: Repository, ref: str, sha: str) -> Iterator[tuple[str, Record]]:
    """What byline's notes on a commit say, the clone's own first, each with the remote that it was fetched from."""
    refs = notes_refs(repository, ref)
    with NoteReader(repository, refs) as reader:
        for one, data in reader.notes(sha):
            record = parse_record(data)
            if record is not None:
                yield refs[one], record


def send(repository: Repository, to: Shared, shas: Iterable[str]) -> int:
    """Have a remote hold the clone's notes on these commits as well; how many it lacked. Raises RepositoryError.

    A record that the remote has gets what only the clone's knows, and no other note there is touched.
    """
    from byline.repository.note_push import send_notes

    notes = {sha: data.decode("utf-8", "replace") for sha, data in read_notes(repository, to.ref, shas)}
    return send_notes(repository, to, notes, under) if notes else 0


def carry_over(repository: Repository, judge: Judge, rewritten: Iterable[tuple[str, str]]) -> None:
    """Give the notes of commits to those that took their place, judged with all that is known of them by now.

    A commit that has a note of its own already keeps what that one says. Raises RepositoryError.
    """
    from byline.check import examine
    from byline.commands.known_environment import with_known_environment
    from byline.repository.history import walk

    olds: dict[str, list[str]] = {}
    for old, new in rewritten:
        olds.setdefault(new, []).append(old)
    ref = judge.policy.notes.ref
    known = dict(read_notes(repository, ref, {sha for new in olds for sha in (new, *olds[new])}))
    records = {sha: record for sha, data in known.items() if (record := parse_record(data)) is not None}
    notes = {new: known[old] for new in olds for old in reversed(olds[new]) if old in known}
    again = [new for new in notes if any(old in records for old in olds[new])]

    def before(new: str) -> Iterator[Record]:
        return (records[sha] for sha in (new, *olds[new]) if sha in records)

    commits = with_known_environment(judge, walk(repository, again, judge.detection.search), before)
    policy = policy_identity(repository, judge)
    texts = {new: data.decode("utf-8", "replace") for new, data in notes.items()}
    for report in examine(commits, judge.detection, judge.policy, Place.COMMIT):
        sha = report.commit.sha or ""
        text = record_text(report, policy)
        for old in olds[sha]:  # of several that became one, all that they knew
            text = with_earlier(text, known.get(old, b"")) or text
        texts[sha] = text
    write_notes(repository, ref, texts, lambda new, there: over(new, there) if parse_record(new) else None)
