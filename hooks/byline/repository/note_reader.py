"""Reads git notes. Format: https://git-scm.com/docs/git-notes"""

from collections.abc import Iterable, Iterator, Mapping
from types import TracebackType
from typing import Self

from byline.errors import RepositoryError
from byline.repository.location import Repository
from byline.repository.object_reader import TRY_AGAIN, ObjectReader
from byline.repository.refs import is_nowhere, refs_like
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

    The clone's own has an empty name of a remote. Raises RepositoryError.
    """
    name = ref.removeprefix(_LOCAL)
    listed = refs_like(repository, ref, f"{_FETCHED}**/{name}")
    fetched = {one: one.removeprefix(_FETCHED).removesuffix(f"/{name}") for one in listed if one != ref}
    return ({ref: ""} if ref in listed else {}) | fetched


def read_notes(
    repository: Repository, ref: str, shas: Iterable[str], *, beginnings: bool = False
) -> Iterator[tuple[str, bytes]]:
    """Those of the commits that have a note, with its bytes; see `NoteReader.notes`."""
    with NoteReader(repository, [ref]) as reader:
        for sha in shas:
            for _, data in reader.notes(sha, beginnings=beginnings):
                yield sha, data


class NoteReader:
    """The notes in some notes refs, for a `with` block: one git process for all of them, and none before a question.

    Of a notes ref only those trees are read that lead to the notes asked for.
    """

    def __init__(self, repository: Repository, refs: Iterable[str]) -> None:
        self._repository = repository
        self._refs = tuple(refs)
        self._objects = ObjectReader(repository)
        self._id_bytes = len(repository.zero) // 2
        self._trees: dict[str, Mapping[bytes, str]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._objects.__exit__(kind, error, at)

    def notes(self, sha: str, *, beginnings: bool = False) -> Iterator[tuple[str, bytes]]:
        """The notes on a commit: the ref that holds it, and its bytes. Nothing where there is no such notes ref.

        One that is too long is left out, or cut off if `beginnings` are wanted. Raises RepositoryError where git
        cannot tell whether there is one, or what it says.
        """
        for ref in self._refs:
            oid = self._find(ref, sha.encode("ascii"))
            text = self._text(ref, oid, beginnings) if oid else None
            if text is not None:
                yield ref, text

    def _find(self, ref: str, sha: bytes) -> str:
        """The id of the note's blob; empty where there is none. Folders have names of two letters each."""
        tree = f"{ref}^{{tree}}"
        while tree and sha:
            entries = self._entries(ref, tree)
            if sha in entries:
                return entries[sha]
            tree, sha = entries.get(sha[:2], ""), sha[2:]
        return ""

    def _entries(self, ref: str, tree: str) -> Mapping[bytes, str]:
        if tree not in self._trees:
            (found,) = self._objects.read([tree], limit=_LARGEST_TREE)
            if found.data is None and not (found.is_missing and is_nowhere(self._repository, ref)):
                raise self._withheld(ref)
            data = found.data if found.kind == "tree" else None
            self._trees[tree] = {entry.name: entry.oid for entry in tree_entries(data or b"", self._id_bytes)}
        return self._trees[tree]

    def _text(self, ref: str, oid: str, beginnings: bool) -> bytes | None:
        text = None
        for note in self._objects.read([oid], limit=LONGEST_NOTE):
            if not note.kind:
                raise self._withheld(ref)
            if note.kind == "blob":
                text = note.beginning() if beginnings else note.data
        return text

    def _withheld(self, ref: str) -> RepositoryError:
        from byline.repository.partial_clone import is_partial

        if is_partial(self._repository):
            return RepositoryError(f"this partial clone lacks notes of {ref}", f"Let git fetch them: git log -p {ref}")
        return RepositoryError(f"git could not read the notes in {ref}", TRY_AGAIN)
