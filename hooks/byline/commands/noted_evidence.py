"""What notes say of the environment in which commits were made, for checks: the one thing a commit cannot show itself.

Anybody can write notes. So they only ever add findings; what a mark is comes from the catalogue and not from the note;
and on a server and in CI, where whoever pushes is a stranger, nothing that a note says counts.
"""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING

from byline.model import Commit, Confidence, Finding, Place, Shows, Surface

if TYPE_CHECKING:
    from byline.catalogue.load import Catalogue
    from byline.commands.judge import Judge
    from byline.detectors import Detection
    from byline.policy.schema import Policy
    from byline.repository.location import Repository
    from byline.repository.note_reader import NoteReader

TRUSTED = (Place.COMMIT, Place.PUSH)
"""Where notes are those of whoever works there."""

_SUREST_LAST = (Confidence.HINT, Confidence.LIKELY, Confidence.CERTAIN)


def detection_with_notes(
    repository: "Repository | None", judge: "Judge", place: Place, until_done: ExitStack, *, asked: bool
) -> "Detection":
    """The judge's detection, which also finds what notes say where the policy wants it, or somebody `asked`.

    What has to be closed in the end is put on the stack.
    """
    evidence = None if repository is None else _open(repository, judge, place, until_done, asked=asked)
    if evidence is None:
        return judge.detection
    detect = judge.detection.detect
    return judge.detection._replace(detect=lambda commit: detect(evidence.added_to(commit)))


def with_notes(repository: "Repository", judge: "Judge", place: Place, commits: Iterable[Commit]) -> Iterator[Commit]:
    """The commits with what their notes say, where the policy wants it."""
    with ExitStack() as until_done:
        evidence = _open(repository, judge, place, until_done, asked=False)
        for commit in commits:
            yield commit if evidence is None else evidence.added_to(commit)


def _open(
    repository: "Repository", judge: "Judge", place: Place, until_done: ExitStack, *, asked: bool
) -> "_NotedEvidence | None":
    """None where notes are not wanted, or there are none; that costs no process, and one."""
    policy = judge.policy
    words = set(_words(policy))
    if not (asked or words - {"off"}) or not policy.evidence.environment:
        return None
    from byline.repository.note_reader import NoteReader, notes_refs

    refs = notes_refs(repository, policy.notes.ref)
    if not refs:
        return None
    reader = until_done.enter_context(NoteReader(repository, refs))
    return _NotedEvidence(reader, judge.catalogue, counts="count" in words and place in TRUSTED)


def _words(policy: "Policy") -> Iterator[str]:
    yield policy.notes.read
    if policy.floor is not None:
        yield from _words(policy.floor)


class _NotedEvidence:
    def __init__(self, reader: "NoteReader", catalogue: "Catalogue", *, counts: bool) -> None:
        self._reader = reader
        self._catalogue = catalogue
        self._counts = counts

    def added_to(self, commit: Commit) -> Commit:
        """The commit with what its notes say of its environment."""
        if commit.sha is None:
            return commit
        noted = tuple(self._findings(commit.sha))
        return commit._replace(noticed=(*commit.noticed, *noted)) if noted else commit

    def _findings(self, sha: str) -> Iterator[Finding]:
        from byline.actions.commit_record import parse_record

        seen = set()
        for _, data in self._reader.notes(sha):
            record = parse_record(data)
            for noted in () if record is None else record.findings:
                finding = self._finding(noted)
                if finding is not None and finding.mark not in seen:
                    seen.add(finding.mark)
                    yield finding

    def _finding(self, noted: Finding) -> Finding | None:
        sure = noted.confidence if self._counts else Confidence.HINT
        return borne_out(self._catalogue, noted, f"in its note: {noted.text}", sure)


def borne_out(catalogue: "Catalogue", noted: Finding, text: str, confidence: Confidence) -> Finding | None:
    """The finding as far as the catalogue bears it out; None for what the commit itself would show."""
    mark = catalogue.mark(noted.mark)
    of_environment = mark is not None and mark.surface is noted.surface is Surface.ENVIRONMENT
    if mark is None or not of_environment or mark.shows is Shows.SUPPRESSION:
        return None
    from byline.detectors.found import finding

    sure = min(confidence, mark.confidence, key=_SUREST_LAST.index)
    shows = Shows.ASSISTED if noted.shows is Shows.ASSISTED else mark.shows
    return finding(mark, text, shows=shows, confidence=sure)
