"""Commits with what they added, for as many as there are, with two git processes and flat memory."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from byline.model import Commit, FileChange, Identity
from byline.repository.added_lines import ContentComparer
from byline.repository.commit_object import parse_commit
from byline.repository.line_counts import LineCounts, Sized
from byline.repository.location import Repository
from byline.repository.object_reader import BrokenOffError, ObjectReader, RawObject
from byline.repository.search import Search
from byline.repository.tree_changes import MOST_CHANGES, TreeChange, TreeChanges

# Commits that are read together: enough to keep both processes busy, few enough to stay small.
_BATCH = 64
_BATCH_CHANGES = 20_000

_LONGEST_MESSAGE = 1 << 20
"""Bytes of a commit object that are searched; what is beyond counts as not read."""

_DAMAGED = "the commit is missing or damaged; git fetch may bring it, git fsck tells more"


_Compared = tuple[str, list[TreeChange] | None]
"""A commit's id and its changes, as `TreeChanges.of` gives them."""


def walk(repository: Repository, shas: Iterable[str], search: Search) -> Iterator[Commit]:
    """Each commit in the order given, compared with its parents.

    A commit that cannot be read, or whose parents a shallow clone lacks, says so in `unread`.
    Raises RepositoryError when git keeps failing.
    """
    boundary = _shallow_boundary(repository)
    with ObjectReader(repository) as reader, TreeChanges(repository) as trees, LineCounts(repository, reader) as sizes:
        reading = _Reading(boundary, reader, ContentComparer(reader, search), sizes if search.sizes else None)
        compared = trees.of(shas)
        while batch := _batch(compared):
            yield from reading.commits(batch)
            # a commit may change any number of files: let go of one batch before the next one is made
            del batch


class _Reading(NamedTuple):
    """What a walk reads with. `sizes` is None where the number of added lines is not wanted."""

    boundary: frozenset[str]
    reader: ObjectReader
    comparer: ContentComparer
    sizes: LineCounts | None

    def commits(self, batch: Sequence[_Compared]) -> Iterator[Commit]:
        """The commits of a batch, read together."""
        raws = self.reader.read([sha for sha, _ in batch], limit=_LONGEST_MESSAGE)
        commits = [_commit(raw) for raw in raws]
        changes = [() if changed is None or sha in self.boundary else changed for sha, changed in batch]
        additions = self.comparer.additions(changes)
        numbers = self.sizes.of(_sized(commits, batch, self.boundary)) if self.sizes else [None] * len(batch)
        for commit, (sha, changed), added, listed, lines in zip(
            commits, batch, additions, changes, numbers, strict=True
        ):
            unread = commit.unread + added.unread
            if sha in self.boundary:
                unread += ("its parents are not in this shallow clone; git fetch --unshallow brings them",)
            elif changed is None:
                unread += (f"the files it changes cannot be read, or are more than {MOST_CHANGES:,}",)
            yield commit._replace(
                changes=file_changes(listed),
                added_lines=added.lines,
                configs=added.configs,
                unread=unread,
                lines_added=lines,
            )


def _batch(compared: Iterator[_Compared]) -> list[_Compared]:
    """The next commits to be read together; few when they change many files."""
    batch: list[_Compared] = []
    count = 0
    for sha, changes in compared:
        batch.append((sha, changes))
        count += len(changes or ())
        if len(batch) == _BATCH or count >= _BATCH_CHANGES:
            break
    return batch


def _sized(commits: Iterable[Commit], batch: Iterable[_Compared], boundary: frozenset[str]) -> list[Sized]:
    return [
        Sized(sha, commit.parents, None if sha in boundary else changed)
        for commit, (sha, changed) in zip(commits, batch, strict=True)
    ]


def file_changes(changes: Iterable[TreeChange]) -> tuple[FileChange, ...]:
    """Paths and Git's letters alone."""
    return tuple(FileChange(change.path, change.status) for change in changes)


def _commit(raw: RawObject) -> Commit:
    if raw.kind != "commit":
        return _unreadable(raw.oid, f"it is a {raw.kind} and no commit" if raw.kind else _DAMAGED)
    if raw.data is not None:
        return parse_commit(raw.oid, raw.data)
    try:
        first = next(raw.chunks, b"")[:_LONGEST_MESSAGE]
    except BrokenOffError:
        return _unreadable(raw.oid, _DAMAGED)
    commit = parse_commit(raw.oid, first)
    return commit._replace(
        unread=(*commit.unread, f"the message is {raw.size:,} bytes long, of which the first MiB was read")
    )


def _unreadable(sha: str, why: str) -> Commit:
    return Commit(sha, (), Identity("", ""), Identity("", ""), "", unread=(why,))


def _shallow_boundary(repository: Repository) -> frozenset[str]:
    """The commits whose parents were not fetched: https://git-scm.com/docs/shallow."""
    if not repository.shallow:
        return frozenset()
    with open(f"{repository.common_dir}/shallow", encoding="ascii", errors="replace") as file:
        return frozenset(file.read().split())
