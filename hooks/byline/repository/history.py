"""Commits with what they added, for as many as there are, with a fixed number of git processes and flat memory.

Two processes work ahead: one compares trees, the other one hands out each commit and each new content once, as in a
pipe, where they are searched as they pass. What holds something is read again, with what was there before, by a third.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from functools import cached_property
from types import TracebackType
from typing import Self

from byline.model import Commit, FileChange, Identity
from byline.repository.added_lines import ContentComparer, new_contents
from byline.repository.commit_object import parse_commit
from byline.repository.line_counts import UNCOUNTED, LineCounts, Sized
from byline.repository.location import Repository
from byline.repository.object_reader import LOST, ObjectReader
from byline.repository.object_search import LONGEST_COMMIT, Searched
from byline.repository.search import Search
from byline.repository.tree_changes import MOST_CHANGES, TreeChange, TreeChanges

# Commits that are looked at together: enough that a look through all of them costs little, few enough to stay small.
_BATCH = 64
_BATCH_CHANGES = 5_000

# Commits that are worked on before what has arrived in the meantime is taken in.
_COLLECTED_AFTER = 8

_LOOKED_THROUGH = 1 << 16
"""Bytes of a commit object above which it is looked at by itself."""

_CLEAN = 50_000

_DAMAGED = "the commit is missing or damaged; git fetch may bring it, git fsck tells more"
_CUT_OFF = "its parents are not in this shallow clone; git fetch --unshallow brings them"
_PARTIAL = "git fetch --refetch --no-filter brings what this partial clone lacks"


_Compared = tuple[str, list[TreeChange] | None]
"""A commit's id and its changes, as `TreeChanges.of` gives them."""


def walk(repository: Repository, shas: Iterable[str], search: Search) -> Iterator[Commit]:
    """Each commit in the order given, compared with its parents.

    A commit that cannot be read, or whose parents a shallow clone lacks, says so in `unread`.
    Raises RepositoryError when git keeps failing.
    """
    with HistoryReader(repository, search) as history:
        yield from history.commits(shas)


class HistoryReader:
    """Reads commits, any number of times, for a `with` block; its processes start when they are first needed."""

    def __init__(self, repository: Repository, search: Search) -> None:
        self._repository = repository
        self._boundary = _shallow_boundary(repository)
        self._search = search
        self._trees = TreeChanges(repository)
        self._passing = ObjectReader(repository)
        self._again = ObjectReader(repository)
        self._sizes = LineCounts(repository, self._again)
        self._comparer = ContentComparer(self._again, search)
        self._clean: set[str] = set()
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        for process in (self._trees, self._passing, self._again, self._sizes):
            self._stack.enter_context(process)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stack.close()

    def commits(self, shas: Iterable[str]) -> Iterator[Commit]:
        """As `walk`. To be exhausted before it is called again."""
        compared = self._trees.of(shas)
        under_way: deque[_Batch] = deque()
        passed = True
        while passed:
            passed = False
            passing = self._passing.search(self._wanted(compared, under_way), self._search)
            for searched in passing:
                passed = True
                if under_way[0].takes_last(searched):
                    for number, commit in enumerate(self._finished(under_way.popleft())):
                        yield commit
                        if not number % _COLLECTED_AFTER:
                            passing.keep_up()

    def _wanted(self, compared: Iterator[_Compared], under_way: "deque[_Batch]") -> Iterator[str]:
        """The objects to be searched, batch after batch; ends where the next batch has to wait for memory."""
        while batch := _next_batch(compared):
            contents = (oid for _, changes in batch for oid in new_contents(changes or ()) if oid not in self._clean)
            wanted = (*(sha for sha, _ in batch), *dict.fromkeys(contents))
            under_way.append(_Batch(batch, len(wanted)))
            is_large = len(wanted) > _BATCH_CHANGES
            # a commit may change any number of files: let go of one batch before the next one is made
            del batch
            yield from wanted
            if is_large:
                return

    def _finished(self, batch: "_Batch") -> Iterator[Commit]:
        if len(self._clean) > _CLEAN:
            self._clean.clear()
        self._clean |= batch.clean
        telling = set(self._search.commits(batch.raws))
        silent = {sha for place, sha in enumerate(batch.looked_through) if place not in telling}
        boundary = self._boundary
        numbers = self._numbers(batch) if self._search.sizes else [None] * len(batch.commits)
        for commit, (sha, changes), lines in zip(batch.commits, batch.compared, numbers, strict=True):
            listed = () if changes is None or sha in boundary else changes
            added = self._comparer.additions_among(listed, batch.suspects)
            unread = commit.unread + added.unread
            if sha in boundary:
                unread += (_CUT_OFF,)
            elif changes is None:
                unread += (f"the files it changes cannot be read, or are more than {MOST_CHANGES:,}",)
            elif self._search.sizes and lines is None and not unread:
                unread = (UNCOUNTED,)
            if sha not in boundary and (changes is None or unread == (UNCOUNTED,) or _are_lost(added.unread)):
                unread += self._lacking
            yield commit._replace(
                changes=file_changes(listed),
                added_lines=added.lines,
                configs=added.configs,
                unread=unread,
                lines_added=lines,
                is_silent=sha in silent,
            )

    @cached_property
    def _lacking(self) -> tuple[str, ...]:
        """What to add where something is lost; looked up once, and not before."""
        from byline.repository.partial_clone import is_partial

        return (_PARTIAL,) if is_partial(self._repository) else ()

    def _numbers(self, batch: "_Batch") -> list[int | None]:
        """The lines that each commit adds."""
        return self._sizes.of(
            [
                Sized(sha, commit.parents, None if sha in self._boundary else changes)
                for commit, (sha, changes) in zip(batch.commits, batch.compared, strict=True)
            ]
        )


class _Batch:
    """Commits whose objects are under way. `raws` are those objects that can be looked through together."""

    def __init__(self, compared: list[_Compared], wanted: int) -> None:
        self.compared = compared
        self.commits: list[Commit] = []
        self.raws: list[bytes] = []
        self.looked_through: list[str] = []
        self.suspects: set[str] = set()
        self.clean: set[str] = set()
        self._outstanding = wanted

    def takes_last(self, searched: Searched) -> bool:
        """Note the next object of the batch; says whether it was the last one."""
        self._outstanding -= 1
        if len(self.commits) < len(self.compared):
            self.commits.append(_commit(searched))
            if searched.data is not None and searched.size <= _LOOKED_THROUGH:
                self.raws.append(searched.data)
                self.looked_through.append(searched.oid)
        elif searched.is_suspect:
            self.suspects.add(searched.oid)
        else:
            self.clean.add(searched.oid)
        return not self._outstanding


def _are_lost(unread: Iterable[str]) -> bool:
    """Whether some of this was not read because it is not there."""
    return any(why.endswith(LOST) for why in unread)


def _next_batch(compared: Iterator[_Compared]) -> list[_Compared]:
    """The next commits to be looked at together; few when they change many files."""
    batch: list[_Compared] = []
    count = 0
    for sha, changes in compared:
        batch.append((sha, changes))
        count += len(changes or ())
        if len(batch) == _BATCH or count >= _BATCH_CHANGES:
            break
    return batch


def file_changes(changes: Iterable[TreeChange]) -> tuple[FileChange, ...]:
    """Paths and Git's letters alone."""
    return tuple([FileChange(change.path, change.status) for change in changes])


def _commit(searched: Searched) -> Commit:
    if searched.data is None:
        return _unreadable(searched.oid, f"it is a {searched.kind} and no commit" if searched.kind else _DAMAGED)
    commit = parse_commit(searched.oid, searched.data)
    if searched.size <= LONGEST_COMMIT:
        return commit
    return commit._replace(
        unread=(*commit.unread, f"the message is {searched.size:,} bytes long, of which the first MiB was read")
    )


def _unreadable(sha: str, why: str) -> Commit:
    return Commit(sha, (), Identity("", ""), Identity("", ""), "", unread=(why,))


def _shallow_boundary(repository: Repository) -> frozenset[str]:
    """The commits whose parents were not fetched: https://git-scm.com/docs/shallow."""
    if not repository.shallow:
        return frozenset()
    with open(f"{repository.common_dir}/shallow", encoding="ascii", errors="replace") as file:
        return frozenset(file.read().split())
