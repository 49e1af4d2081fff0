"""What passes through `git cat-file --batch`, searched as it comes.

Each piece that comes out of the pipe is searched once and at once, whatever objects it holds parts of. So an object in
which nothing is found costs little more than the search through its bytes, and its size does not matter.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from byline.repository.arriving import Arriving
from byline.repository.conversation import Conversation, Questions
from byline.repository.long_lines import LONGEST_LINE
from byline.repository.search import Search

LONGEST_COMMIT = 1 << 20
"""Bytes of a commit object that are kept; what is beyond counts as not read."""

LARGEST = 2 << 30
"""Bytes of an object above which it is not read: a few megabytes can stand for any number of them."""

_LINE_END = 10
_DIGITS = 18

# Lines of an object in which something was found that are looked at; with more it is read again anyway.
_MOST_LOOKED_AT = 20

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_BYTES_THAT_TELL = 2
_NO_OBJECT = (b"missing", b"ambiguous")

# On both sides of the place where one piece follows another, so that no needle is cut in two.
_OVERLAP = 4096


class Searched(NamedTuple):
    """An object that has passed. `kind` is commit, tree, blob or tag, or empty when the object cannot be read.

    `is_suspect` is False for a blob without a line that tells, unless it is in UTF-16. Of a commit, and of nothing
    else, `data` is the content, no more than LONGEST_COMMIT bytes of it; `size` is that of the whole.
    """

    oid: str
    kind: str
    size: int = 0
    data: bytes | None = None
    is_suspect: bool = True


class _Unfinished(NamedTuple):
    """What has come of an answer that has not ended.

    `begun` is all of it, as long as that is too little to tell what it is. After that, `left` bytes are to come, with
    the line end after the content; `tail` is the last that has come.
    """

    begun: bytes = b""
    searched: Searched | None = None
    left: int = 0
    tail: bytes = b""
    is_hit: bool = False


class _NonsenseError(Exception):
    """What came is no answer to what was asked."""


class ObjectSearch:
    """The objects in the order asked for, once; `oids` are taken as git gets ready for more.

    To be exhausted before git is asked anything else. Raises RepositoryError when git keeps failing.
    """

    def __init__(self, git: Conversation, oids: Iterable[str], search: Search) -> None:
        self._questions = Questions(git, oids)
        self._search = search
        self._arriving = Arriving(git, self._questions)
        self._unfinished = _Unfinished()

    def keep_up(self) -> None:
        """To be called now and then by who works on what has been found, so that git need not wait."""
        self._arriving.collect()

    def __iter__(self) -> Iterator[Searched]:
        questions = self._questions
        while questions.top_up():
            try:
                yield from self._ended(self._arriving.some())
            except _NonsenseError:
                # its object cannot be read, the ones after it can
                if questions.asked[0] != questions.end:
                    yield Searched(questions.asked.popleft(), "")
                self._unfinished = _Unfinished()
                self._arriving.forget()
                questions.ask_again()

    def _ended(self, piece: bytes) -> Iterator[Searched]:
        """The objects that end in this piece, the next one. Raises _NonsenseError, after those that end before."""
        if not piece:
            raise _NonsenseError
        begun, searched, end, tail, is_hit = self._unfinished
        data = begun + piece if begun else piece
        hits = self._places(data)
        if searched is not None and not is_hit:
            seam = tail + piece[: min(end, _OVERLAP)]
            is_hit = self._tell(seam, self._places(seam))
        asked = self._questions.asked
        at = passed = 0
        while asked:
            if searched is None:
                searched, end = _answer(data, at, asked[0])
            if searched is None or end > len(data):
                break
            if data[end - 1] != _LINE_END:
                raise _NonsenseError
            passing = bisect_left(hits, end, passed)
            is_hit = is_hit or self._tell(data, hits[passed:passing])
            if asked.popleft() != self._questions.end:
                yield searched._replace(is_suspect=True) if is_hit else searched
            searched, at, passed, tail, is_hit = None, end, passing, b"", False
        tail = (tail + data[max(at, len(data) - _OVERLAP) :])[-_OVERLAP:]
        if tail.endswith(self._questions.end_line):
            raise _NonsenseError
        is_hit = is_hit or self._tell(data, hits[passed:])
        self._unfinished = _Unfinished(searched=searched, left=end - len(data), tail=tail, is_hit=is_hit)
        if searched is None:
            self._unfinished = _Unfinished(begun=data[at:])

    def _places(self, data: bytes) -> list[int]:
        return sorted(start for start, _ in self._search.lines(data))

    def _tell(self, data: bytes, hits: list[int]) -> bool:
        """Whether a mark could be in one of these places: not where its line is all there and does not tell."""
        return len(hits) > _MOST_LOOKED_AT or any(self._tells(data, at) for at in hits)

    def _tells(self, data: bytes, at: int) -> bool:
        begin = data.rfind(b"\n", 0, at) + 1
        end = data.find(b"\n", at)
        return not 0 < begin <= end <= begin + LONGEST_LINE or self._search.tells(data[begin:end])


def _answer(data: bytes, at: int, oid: str) -> tuple[Searched | None, int]:
    """The answer that begins there, and where it ends; None where not enough of it has come. Raises _NonsenseError."""
    line_end = data.find(b"\n", at)
    if line_end < 0:
        return None, 0
    kind, size = kind_and_size(data[at:line_end])
    if not kind and data.endswith(_NO_OBJECT, at, line_end):
        return Searched(oid, ""), line_end + 1
    if not kind or size > LARGEST:
        raise _NonsenseError
    content = line_end + 1
    end = content + size + 1
    if len(data) < min(end, content + (LONGEST_COMMIT if kind == "commit" else _BYTES_THAT_TELL)):
        return None, 0
    if kind == "blob":
        return Searched(oid, kind, size, None, data.startswith(_UTF16, content)), end
    kept = data[content : min(end - 1, content + LONGEST_COMMIT)] if kind == "commit" else None
    return Searched(oid, kind, size, kept), end


def kind_and_size(header: bytes) -> tuple[str, int]:
    """From `<id> <kind> <size>`. The kind is empty where that is not what the line says."""
    fields = header.split(b" ")
    if len(fields) != 3 or not fields[2].isdigit():
        return "", 0
    return fields[1].decode("ascii", "replace"), int(fields[2][:_DIGITS])
