"""Reads git notes. Format: https://git-scm.com/docs/git-notes"""

from collections.abc import Iterable, Iterator, Mapping
from types import TracebackType
from typing import Self

from byline.repository.location import Repository
from byline.repository.object_reader import ObjectReader
from byline.repository.run_git import git_answers
from byline.repository.tree_entries import tree_entries

LONGEST_NOTE = 1 << 20
"""Bytes of a note that is read."""

_LARGEST_TREE = 1 << 28
_FETCHED = "refs/notes/remotes/"
_LOCAL = "refs/notes/"


def tracking_ref(remote: str, ref: str) -> str:
    """Where a clone keeps what it has fetched of a remote's notes ref: apart, so that no fetch touches its own."""
    return f"{_FETCHED}{remote}/{ref.removeprefix(_LOCAL)}"


def notes_refs(repository: Repository, ref: str) -> dict[str, str]:
    """The notes refs there are of this name, the clone's own first, each with the remote it was fetched from.

    The clone's own has an empty name of a remote.
    """
    name = ref.removeprefix(_LOCAL)
    wanted = ("--format=%(refname)", ref, f"{_FETCHED}**/{name}")
    listed = (git_answers(repository, "for-each-ref", *wanted) or b"").decode("utf-8", "surrogateescape").split()
    fetched = {one: one.removeprefix(_FETCHED).removesuffix(f"/{name}") for one in listed if one != ref}
    return ({ref: ""} if ref in listed else {}) | fetched


def read_notes(repository: Repository, ref: str, shas: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Those of the commits that have a note, with its bytes. Nothing where there is no such notes ref."""
    with NoteReader(repository, [ref]) as reader:
        for sha in shas:
            for _, data in reader.notes(sha):
                yield sha, data


class NoteReader:
    """The notes in some notes refs, for a `with` block: one git process for all of them, and none before a question.

    Of a notes ref only those trees are read that lead to the notes asked for.
    """

    def __init__(self, repository: Repository, refs: Iterable[str]) -> None:
        self._refs = tuple(refs)
        self._objects = ObjectReader(repository)
        self._id_bytes = len(repository.zero) // 2
        self._trees: dict[str, Mapping[bytes, str]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._objects.__exit__(kind, error, at)

    def notes(self, sha: str) -> Iterator[tuple[str, bytes]]:
        """The notes on a commit: the ref that holds it, and its bytes. One that is too long is left out."""
        for ref in self._refs:
            oid = self._find(ref, sha.encode("ascii"))
            data = self._read(oid, LONGEST_NOTE) if oid else None
            if data is not None:
                yield ref, data

    def _find(self, ref: str, sha: bytes) -> str:
        """The id of the note's blob; empty where there is none. Folders have names of two letters each."""
        tree = f"{ref}^{{tree}}"
        while tree and sha:
            entries = self._entries(tree)
            if sha in entries:
                return entries[sha]
            tree, sha = entries.get(sha[:2], ""), sha[2:]
        return ""

    def _entries(self, tree: str) -> Mapping[bytes, str]:
        if tree not in self._trees:
            data = self._read(tree, _LARGEST_TREE, kind="tree") or b""
            self._trees[tree] = {entry.name: entry.oid for entry in tree_entries(data, self._id_bytes)}
        return self._trees[tree]

    def _read(self, name: str, limit: int, kind: str = "blob") -> bytes | None:
        (found,) = self._objects.read([name], limit=limit)
        return found.data if found.kind == kind else None
