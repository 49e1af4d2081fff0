"""The commit that git is about to make, seen from inside its hooks."""

import os
import time
from types import TracebackType
from typing import Self

from byline.errors import RepositoryError
from byline.lazy_pattern import lazy_pattern
from byline.model import Commit, Identity
from byline.repository.added_lines import ContentComparer
from byline.repository.commit_object import Header, parse_header
from byline.repository.configuration import AskedConfiguration, Configuration
from byline.repository.history import file_changes
from byline.repository.line_counts import NUMBERS, UNCOUNTED, lines_added, parse_numbers
from byline.repository.location import Repository
from byline.repository.message_file import editor_opens, read_message
from byline.repository.object_reader import TRY_AGAIN, ObjectReader, RawObject
from byline.repository.run_git import StartedGit, git_output
from byline.repository.search import Search
from byline.repository.trailers import parse_trailers
from byline.repository.tree_changes import RAW_DIFF, TreeChange, parse_changes

# A file that is only meant to be added (`git add --intent-to-add`) is not committed.
_STAGED = ("--cached", "--ita-invisible-in-index")
_AGAINST = ("diff-index", *RAW_DIFF, *_STAGED)
_SIZES_AGAINST = ("diff-index", *NUMBERS, *_STAGED)
_LONGEST_HEADER = 1 << 20
_SAME_MOMENT = 2  # seconds
_MERGED = lazy_pattern(r"GITHEAD_([0-9a-f]{40}(?:[0-9a-f]{24})?)")

# The id of a tree without entries, which git knows without storing it.
_EMPTY_TREE = {
    "sha1": "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
    "sha256": "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321",
}


class PendingCommit:
    """The commit that git is about to make, for a `with` block. git begins to look when this is made.

    `configuration` is what git was asked for already.
    """

    def __init__(self, repository: Repository, configuration: AskedConfiguration | None = None) -> None:
        self._repository = repository
        self.configuration = configuration or AskedConfiguration(repository)
        self._against_head = StartedGit(repository, *_AGAINST, "HEAD")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.configuration.end()
        self._against_head.end()

    def read(self, search: Search, *, message_file: str | None = None) -> Commit:
        """The staged changes against the parents the commit will have, its author, and its message once written.

        Honours the index that git hands to hooks (`commit -a`, `commit FILE`). Raises UnreadableInput for the message
        file and RepositoryError when git fails. To be called once.
        """
        configuration = self.configuration.answer()
        with ObjectReader(self._repository) as reader:
            head = next(iter(list(reader.read(["HEAD"], limit=_LONGEST_HEADER))))
            parents = _parents(self._repository, head, configuration.author)
            changes = self._changes(parents, head.oid)
            added = ContentComparer(reader, search).additions(changes)
            lines = self._lines_added(reader, parents, changes) if search.sizes else None
        commit = Commit(
            sha=None,
            parents=parents,
            author=configuration.author,
            committer=configuration.committer,
            message=None,
            changes=file_changes(changes),
            added_lines=added.lines,
            configs=added.configs,
            unread=added.unread or ((UNCOUNTED,) if search.sizes and lines is None else ()),
            lines_added=lines,
        )
        return commit if message_file is None else _with_message(commit, message_file, configuration)

    def _changes(self, parents: tuple[str, ...], head: str) -> list[TreeChange]:
        if parents == (head,):
            return parse_changes(self._against_head.output())
        outputs = (git_output(self._repository, *_AGAINST, base) for base in self._bases(parents))
        return _in_all([parse_changes(output) for output in outputs])

    def _lines_added(self, reader: ObjectReader, parents: tuple[str, ...], changes: list[TreeChange]) -> int | None:
        outputs = (git_output(self._repository, *_SIZES_AGAINST, base) for base in self._bases(parents))
        return lines_added(reader, changes, [parse_numbers(output) for output in outputs])

    def _bases(self, parents: tuple[str, ...]) -> tuple[str, ...]:
        return parents or (_EMPTY_TREE[self._repository.object_format],)


def pending_commit(repository: Repository, search: Search, *, message_file: str | None = None) -> Commit:
    """The commit that git is about to make, with its message once there is one; see `PendingCommit.read`."""
    with PendingCommit(repository) as pending:
        return pending.read(search, message_file=message_file)


def _with_message(commit: Commit, path: str, configuration: Configuration) -> Commit:
    text, unread = read_message(path, configuration.settings, edited=editor_opens())
    return commit._replace(message=text, trailers=parse_trailers(text), unread=commit.unread + unread)


def _parents(repository: Repository, head: RawObject, author: Identity) -> tuple[str, ...]:
    if not head.kind and not head.is_missing:
        raise RepositoryError("git ended while it read HEAD", TRY_AGAIN)
    if head.kind != "commit" or head.data is None:
        return ()
    merged = _merge_heads(repository)
    header = parse_header(head.data)
    if not merged and _amends(header, author):
        return header.parents
    return (head.oid, *merged)


def _amends(header: Header, author: Identity) -> bool:
    """Whether the commit in the making replaces HEAD.

    git tells its hooks neither that nor the parents; but an amended commit keeps its author and the author's date,
    which git exports to the hooks, while another commit by the same author has a date of its own. Within the second
    in which HEAD was made both have the same; it is then taken for another commit, and post-commit sees the result.
    """
    if "GIT_AUTHOR_DATE" not in os.environ or header.author != author or author.when is None:
        return False
    return time.time() - author.when > _SAME_MOMENT


def _merge_heads(repository: Repository) -> tuple[str, ...]:
    try:
        with open(os.path.join(repository.git_dir, "MERGE_HEAD"), encoding="ascii", errors="replace") as file:
            return tuple(file.read().split())
    except FileNotFoundError:
        # pre-merge-commit runs before git writes that file, but finds the branches in its environment
        named = [name for name in os.environ if name.startswith("GITHEAD_")]
        return tuple(match[1] for name in named if (match := _MERGED.fullmatch(name)))


def _in_all(against: list[list[TreeChange]]) -> list[TreeChange]:
    """The paths that differ from every parent, with what each parent holds: a merge's own changes."""
    first, *others = against
    if not others:
        return first
    by_path = [{change.path: change for change in changes} for changes in others]
    return [
        change._replace(olds=(*change.olds, *(old for other in by_path for old in other[change.path].olds)))
        for change in first
        if all(change.path in other for other in by_path)
    ]
