"""Files at the tops of branches, for the policies that stand there: one process for all of them."""

from types import TracebackType
from typing import Self

from byline.errors import UnreadableInput
from byline.repository.files import LARGEST_FILE
from byline.repository.location import Repository
from byline.repository.object_reader import TRY_AGAIN, ObjectReader, RawObject
from byline.repository.tree_entries import tree_entry

_LARGEST_OBJECT = 1 << 30


class FileWithheld(UnreadableInput):
    """What a commit says of a file cannot be read: whether it has one, or what stands in it.

    `tip` is the commit as it was named.
    """

    def __init__(self, tip: str, sentence: str, remedy: str) -> None:
        super().__init__(sentence, remedy)
        self.tip = tip


class TipFiles:
    """Reads files of commits, for a `with` block. One process, started at the first question.

    That a file is not there is said only after the commit's folders were read. Asked for `COMMIT:PATH`, git gives the
    same answer for a path that the commit lacks and for an object that the repository lacks.
    """

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._reader = ObjectReader(repository)
        self._id_bytes = len(repository.zero) // 2
        self._last_tip = ""
        self._last_root: bytes | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._reader.__exit__(kind, error, at)

    def read(self, tip: str, name: str) -> bytes | None:
        """The file `name` of the commit or revision `tip`; None when there is none.

        Raises FileWithheld where git cannot tell, and UnreadableInput for a file that is too large.
        """
        if not tip or "\n" in tip:
            return None
        *folders, last = name.encode("utf-8", "surrogateescape").split(b"/")
        tree = self._root(tip, name)
        for folder in folders:
            entry = tree_entry(tree, folder, self._id_bytes) if tree else None
            tree = self._object(entry.oid, "tree", tip, name) if entry and entry.is_folder else None
        entry = tree_entry(tree, last, self._id_bytes) if tree else None
        return self._object(entry.oid, "blob", tip, name, LARGEST_FILE) if entry and entry.is_file else None

    def commit(self, revision: str) -> str:
        """The id of the commit that a revision of our own making names; empty when there is none.

        Raises FileWithheld where git cannot tell.
        """
        name = f"{revision}^{{commit}}"
        found = self._ask(name, _LARGEST_OBJECT)
        if not found.kind and not self._is_nowhere(found, revision):
            raise self._withheld(revision, name)
        return found.oid if found.kind == "commit" else ""

    def _root(self, tip: str, name: str) -> bytes | None:
        """The tree of a tip, or None where the tip names no commit. The one asked for last is kept."""
        if tip != self._last_tip:
            found = self._ask(f"{tip}^{{tree}}", _LARGEST_OBJECT)
            if found.data is None and (not self._is_nowhere(found, tip) or self.commit(tip)):
                raise self._withheld(tip, f"{tip}:{name}")
            self._last_tip, self._last_root = tip, found.data
        return self._last_root

    def _is_nowhere(self, found: RawObject, tip: str) -> bool:
        """Whether git says that it has not found something, and it is indeed not there."""
        from byline.repository.refs import is_nowhere

        return found.is_missing and is_nowhere(self._repository, tip)

    def _object(self, oid: str, kind: str, tip: str, name: str, limit: int = _LARGEST_OBJECT) -> bytes:
        """What an entry of a tree leads to."""
        found = self._ask(oid, limit)
        if found.kind != kind:
            raise self._withheld(tip, f"{tip}:{name}")
        if found.data is None:
            raise UnreadableInput(f"{tip}:{name} is over {limit >> 20} MiB large", "Make it smaller.")
        return found.data

    def _ask(self, name: str, limit: int) -> RawObject:
        (found,) = self._reader.read([name], limit=limit)
        return found

    def _withheld(self, tip: str, what: str) -> FileWithheld:
        from byline.repository.partial_clone import is_partial

        if is_partial(self._repository):
            sentence = f"this partial clone lacks what it takes to read {what}"
            return FileWithheld(tip, sentence, f"Let git fetch it: git show {what}")
        return FileWithheld(tip, f"git could not read {what}", TRY_AGAIN)
