"""Objects by id, through one `git cat-file --batch` for as many as there are.

Protocol: https://git-scm.com/docs/git-cat-file#_batch_output
"""

from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from types import TracebackType
from typing import NamedTuple, Self

from byline.errors import RepositoryError
from byline.repository.conversation import Conversation, Questions
from byline.repository.location import Repository
from byline.repository.object_search import search_objects
from byline.repository.search import Finder

CHUNK = 1 << 20
"""Bytes that are read at once from an object over the limit."""


class BrokenOffError(RepositoryError):
    """The rest of an object over the limit cannot be read; the objects after it can."""


class RawObject(NamedTuple):
    """An object as stored. `kind` is commit, tree, blob or tag, or empty when the object cannot be read.

    `data` is None for an object over the limit: its bytes come from `chunks`, until the next object is asked for.
    Where a damaged one ends too early, they raise BrokenOffError.
    """

    oid: str
    kind: str
    size: int
    data: bytes | None
    chunks: Iterator[bytes] = iter(())


class ObjectReader:
    """One reading process, started at the first question and ended with the `with` block."""

    def __init__(self, repository: Repository) -> None:
        self._git = Conversation(repository, "cat-file", "--batch")
        self._broken_off = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._git.end()

    def suspects(self, oids: Iterable[str], finder: Finder) -> set[str]:
        """Those of the objects in which something is found, which are in UTF-16, are no blobs, or cannot be read."""
        return search_objects(self._git, oids, finder)

    def read(self, oids: Iterable[str], *, limit: int) -> Iterator[RawObject]:
        """The objects in the order asked for; `limit` is the greatest size in bytes that is read in one piece.

        A reading is exhausted or closed before the next one begins. Raises RepositoryError when git keeps failing.
        """
        questions = Questions(self._git, oids)
        under_way = False
        try:
            while questions.top_up():
                found = self._answer(questions.asked[0], limit)
                oid = questions.asked.popleft()
                if found is None:
                    questions.ask_again()
                    found = RawObject(oid, "", 0, None)
                under_way = found.data is None and found.kind != ""
                yield found
                with suppress(BrokenOffError):
                    deque(found.chunks, maxlen=0)
                under_way = False
                if self._broken_off:
                    questions.ask_again()
                    self._broken_off = False
        finally:
            if questions.asked or under_way:
                self._git.end()

    def _answer(self, oid: str, limit: int) -> RawObject | None:
        header = self._git.answers.readline().split()
        if header[-1:] in ([b"missing"], [b"ambiguous"]):
            return RawObject(oid, "", 0, None)
        if len(header) != 3:
            return None
        oid, kind, size = header[0].decode("ascii"), header[1].decode("ascii"), int(header[2])
        if size > limit:
            return RawObject(oid, kind, size, None, self._chunks(oid, size))
        data = self._git.answers.read(size + 1)
        return RawObject(oid, kind, size, data[:-1]) if len(data) == size + 1 else None

    def _chunks(self, oid: str, size: int) -> Iterator[bytes]:
        left = size + 1
        while left:
            piece = self._git.answers.read(min(CHUNK, left))
            if not piece:
                self._broken_off = True
                raise BrokenOffError(f"object {oid} is damaged", "Run `git fsck` to see what else is.")
            left -= len(piece)
            yield piece if left else piece[:-1]
