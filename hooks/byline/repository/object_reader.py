"""Objects by id, through one `git cat-file --batch` for as many as there are.

Protocol: https://git-scm.com/docs/git-cat-file#_batch_output
"""

from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from types import TracebackType
from typing import NamedTuple, Self

from byline.errors import RepositoryError
from byline.repository.arriving import Arriving
from byline.repository.conversation import Conversation, Questions
from byline.repository.location import Repository
from byline.repository.object_search import ObjectSearch, kind_and_size
from byline.repository.search import Search

CHUNK = 1 << 20
"""Bytes that are read at once from an object over the limit."""

LOST = "is missing or damaged"
"""The end of what is said of an object that cannot be read."""

TRY_AGAIN = "Try again; `git fsck` tells of damage."
"""What to do about one that git cannot read."""

# Passing over more than this takes longer than starting git again.
_PASSED_OVER = 16 << 20


class BrokenOffError(RepositoryError):
    """The rest of an object over the limit cannot be read; the objects after it can."""


class RawObject(NamedTuple):
    """An object as stored. `kind` is commit, tree, blob or tag, or empty when the object cannot be read.

    `is_missing` tells of the latter that git says there is no such object. `data` is None for an object over the
    limit: its bytes come from `chunks`, until the next object is asked for. Where a damaged one ends too early, they
    raise BrokenOffError.
    """

    oid: str
    kind: str
    size: int
    data: bytes | None
    chunks: Iterator[bytes] = iter(())
    is_missing: bool = False

    def beginning(self) -> bytes:
        """What it holds, or of an object over the limit the first of its chunks."""
        return b"".join(islice(self.chunks, 1)) if self.data is None else self.data


class ObjectReader:
    """One reading process, started at the first question and ended with the `with` block."""

    def __init__(self, repository: Repository) -> None:
        self._git = Conversation(repository, "cat-file", "--batch")
        self._broken_off = False
        self._left = 0  # bytes of the object over the limit that have not been read

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._git.end()

    def search(self, oids: Iterable[str], search: Search) -> ObjectSearch:
        """The objects in the order asked for, each with whether something is found in it that tells."""
        return ObjectSearch(self._git, oids, search)

    def suspects(self, oids: Iterable[str], search: Search) -> set[str]:
        """Those of the objects in which something is found that tells, which are in UTF-16, are no blobs, or cannot be
        read."""
        return {passed.oid for passed in self.search(oids, search) if passed.is_suspect}

    def read(self, oids: Iterable[str], *, limit: int) -> Iterator[RawObject]:
        """The objects in the order asked for; `limit` is the greatest size in bytes that is read in one piece.

        A reading is exhausted or closed before the next one begins. Raises RepositoryError when git keeps failing.
        """
        questions = Questions(self._git, oids)
        arriving = Arriving(self._git, questions)
        under_way = False
        try:
            while questions.top_up():
                oid = questions.asked[0]
                if oid == questions.end:
                    self._end_group(questions, arriving)
                    continue
                found = self._answer(oid, limit, arriving)
                questions.asked.popleft()
                if found is None:
                    self._start_over(questions, arriving)
                    found = RawObject(oid, "", 0, None)
                under_way = found.data is None and found.kind != ""
                yield found
                if self._left > _PASSED_OVER:
                    self._broken_off = True
                else:
                    with suppress(BrokenOffError):
                        deque(found.chunks, maxlen=0)
                self._left = 0
                under_way = False
                if self._broken_off:
                    self._start_over(questions, arriving)
        finally:
            if under_way or len(questions.asked) > 1:
                self._git.end()
            elif questions.asked:
                self._end_group(questions, arriving)

    def _answer(self, oid: str, limit: int, arriving: Arriving) -> RawObject | None:
        header = arriving.line().rstrip(b"\n")
        if header.endswith((b"missing", b"ambiguous")):
            return RawObject(oid, "", 0, None, is_missing=True)
        kind, size = kind_and_size(header)
        if not kind:
            return None
        oid = header[: header.index(b" ")].decode("ascii", "replace")
        if size > limit:
            self._left = size
            return RawObject(oid, kind, size, None, self._chunks(oid, size, arriving))
        data = arriving.exactly(size + 1)
        return RawObject(oid, kind, size, data[:-1]) if len(data) == size + 1 and data.endswith(b"\n") else None

    def _chunks(self, oid: str, size: int, arriving: Arriving) -> Iterator[bytes]:
        left = size + 1
        while left:
            wanted = min(CHUNK, left)
            piece = arriving.exactly(wanted)
            left -= wanted
            self._left = left
            if len(piece) < wanted or (not left and not piece.endswith(b"\n")):
                self._broken_off = True
                raise BrokenOffError(f"object {oid} is damaged", "Run `git fsck` to see what else is.")
            yield piece if left else piece[:-1]

    def _end_group(self, questions: Questions, arriving: Arriving) -> None:
        questions.asked.popleft()
        if arriving.line() != questions.end_line:
            self._start_over(questions, arriving)

    def _start_over(self, questions: Questions, arriving: Arriving) -> None:
        arriving.forget()
        questions.ask_again()
        self._broken_off = False
