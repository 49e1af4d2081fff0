"""The commit that git is about to make, seen from inside its hooks."""

import os

from byline.model import Commit, Identity
from byline.repository.added_lines import ContentComparer
from byline.repository.commit_object import Header, parse_header
from byline.repository.configuration import Configuration, read_configuration
from byline.repository.history import file_changes
from byline.repository.location import Repository
from byline.repository.message_file import editor_opens, read_message
from byline.repository.object_reader import ObjectReader
from byline.repository.search import Search
from byline.repository.trailers import parse_trailers
from byline.repository.tree_changes import TreeChange, changes_against

_LONGEST_HEADER = 1 << 20

# The id of a tree without entries, which git knows without storing it.
_EMPTY_TREE = {
    "sha1": "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
    "sha256": "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321",
}


def pending_commit(repository: Repository, search: Search, *, message_file: str | None = None) -> Commit:
    """The staged changes against the parents the commit will have, with its author, and its message once written.

    Honours the index that git hands to hooks (`commit -a`, `commit FILE`). Raises UnreadableInput for the message
    file and RepositoryError when git fails.
    """
    configuration = read_configuration(repository)
    with ObjectReader(repository) as reader:
        parents = _parents(repository, reader, configuration.author)
        bases = parents or (_EMPTY_TREE[repository.object_format],)
        changes = _in_all([changes_against(repository, "diff-index", "--cached", base) for base in bases])
        added = ContentComparer(reader, search).additions([changes])[0]
    commit = Commit(
        sha=None,
        parents=parents,
        author=configuration.author,
        committer=configuration.committer,
        message=None,
        changes=file_changes(changes),
        added_lines=added.lines,
        configs=added.configs,
        unread=added.unread,
    )
    return commit if message_file is None else _with_message(commit, message_file, configuration)


def _with_message(commit: Commit, path: str, configuration: Configuration) -> Commit:
    text, unread = read_message(path, configuration.settings, edited=editor_opens())
    return commit._replace(message=text, trailers=parse_trailers(text), unread=commit.unread + unread)


def _parents(repository: Repository, reader: ObjectReader, author: Identity) -> tuple[str, ...]:
    head = next(iter(list(reader.read(["HEAD"], limit=_LONGEST_HEADER))))
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
    which git exports to the hooks, while another commit by the same author has a date of its own.
    """
    return "GIT_AUTHOR_DATE" in os.environ and header.author == author and author.when is not None


def _merge_heads(repository: Repository) -> tuple[str, ...]:
    try:
        with open(os.path.join(repository.git_dir, "MERGE_HEAD"), encoding="ascii", errors="replace") as file:
            return tuple(file.read().split())
    except FileNotFoundError:
        return ()


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
