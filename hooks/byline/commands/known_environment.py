"""What the clone's own notes know of the environment of commits, for records that take the place of such notes.

A commit is then judged as by the hook that saw it being made, whoever amends it, and from whichever terminal. What
notes are to a check is another matter: see `noted_evidence`.
"""

from collections.abc import Callable, Iterable, Iterator

from byline.actions.commit_record import Record, parse_record
from byline.catalogue.builtin import STAMP_MISSING
from byline.commands.judge import Judge
from byline.commands.noted_evidence import TRUSTED, borne_out
from byline.model import Commit, Finding, Place, Surface
from byline.repository.location import Repository
from byline.repository.note_reader import NoteReader


def with_known_environment(
    judge: Judge, commits: Iterable[Commit], records: Callable[[str], Iterable[Record]]
) -> Iterator[Commit]:
    """The commits with what their records know, unless the policy does not look at the environment."""
    for commit in commits:
        known = list(_known(judge, records(commit.sha or ""))) if judge.policy.evidence.environment else []
        yield _with(judge, commit, known) if known else commit


def with_own_notes(repository: Repository, judge: Judge, place: Place, commits: Iterable[Commit]) -> Iterator[Commit]:
    """The commits with what the clone's own notes know; where strangers write notes they are left as they are."""
    if place not in TRUSTED:
        yield from commits
        return
    with NoteReader(repository, [judge.policy.notes.ref]) as reader:

        def records(sha: str) -> Iterator[Record]:
            parsed = (parse_record(data) for _, data in reader.notes(sha))
            return (record for record in parsed if record is not None)

        yield from with_known_environment(judge, commits, records)


def _known(judge: Judge, records: Iterable[Record]) -> Iterator[Finding]:
    seen = set()
    for record in records:
        for noted in record.findings:
            found = _found(judge, noted)
            if found is not None and (found.mark, found.tool) not in seen:
                seen.add((found.mark, found.tool))
                yield found


def _found(judge: Judge, noted: Finding) -> Finding | None:
    if noted.mark != STAMP_MISSING.id:
        return borne_out(judge.catalogue, noted, noted.text, noted.confidence)
    known = judge.catalogue.tool(noted.tool) is not None and noted.surface is STAMP_MISSING.surface
    return noted._replace(shows=STAMP_MISSING.shows, path=None, line=None) if known else None


def _with(judge: Judge, commit: Commit, known: Iterable[Finding]) -> Commit:
    """A stamp is missing only from a message that does not name the tool by now."""
    own = judge.detection.detect(commit)
    seen = {finding.mark for finding in own}
    named = {finding.tool for finding in own if finding.surface is not Surface.ENVIRONMENT}
    more = (
        finding
        for finding in known
        if finding.mark not in seen and not (finding.mark == STAMP_MISSING.id and finding.tool in named)
    )
    return commit._replace(noticed=(*commit.noticed, *more))
