"""Files of commits by id, for the policies of branches: one process for all of them."""

from types import TracebackType
from typing import Self

from byline.errors import UnreadableInput
from byline.repository.files import LARGEST_FILE
from byline.repository.location import Repository
from byline.repository.object_reader import ObjectReader, RawObject


class TipFiles:
    """Reads files at the top of commits and below. One process, ended with the `with` block.

    In a `partial` clone, git also ends over what the clone does not hold, and that counts as not there.
    """

    def __init__(self, repository: Repository, *, partial: bool = False) -> None:
        self._reader = ObjectReader(repository)
        self._partial = partial

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._reader.__exit__(kind, error, at)

    def read(self, tip: str, name: str) -> bytes | None:
        """The file `name` of the commit or revision `tip`; None when there is none. Raises UnreadableInput.

        That git has ended over it, or was ended, does not mean that there is none.
        """
        if not tip or "\n" in name or "\0" in name:
            return None
        found = self._read(f"{tip}:{name}", LARGEST_FILE)
        if found.kind == "blob" and found.data is None:
            raise UnreadableInput(f"{name} is over {LARGEST_FILE >> 20} MiB large", "Make it smaller.")
        return found.data if found.kind == "blob" else None

    def commit(self, revision: str) -> str:
        """The id of the commit that a revision of our own making names; empty when there is none.

        Raises UnreadableInput where git cannot tell.
        """
        found = self._read(f"{revision}^{{commit}}", 1 << 30)
        return found.oid if found.kind == "commit" else ""

    def _read(self, name: str, limit: int) -> RawObject:
        found = next(iter(list(self._reader.read([name], limit=limit))))
        if not (found.kind or found.is_missing or self._partial):
            raise UnreadableInput(f"git ended while it read {name}", "Try again; `git fsck` tells of damage.")
        return found
