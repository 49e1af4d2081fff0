"""What passes through `git cat-file --batch`, searched as it comes.

One call of the finder covers all objects that lie whole in the pipe, so that an object in which nothing is found costs
little more than the search through its bytes.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from byline.repository.arriving import Arriving
from byline.repository.conversation import Conversation, Questions
from byline.repository.search import Finder

LONGEST_COMMIT = 1 << 20
"""Bytes of a commit object that are kept; what is beyond counts as not read."""

LARGEST = 2 << 30
"""Bytes of an object above which it is not read: a few megabytes can stand for any number of them."""

_CHUNK = 1 << 20

_LINE_END = 10
_NEVER = -1
_DIGITS = 18
_UTF16 = (b"\xff\xfe", b"\xfe\xff")

# What two pieces of a stream have in common, so that no needle is cut in two.
_OVERLAP = 4096


class Searched(NamedTuple):
    """An object that has passed. `kind` is commit, tree, blob or tag, or empty when the object cannot be read.

    `is_suspect` is False for a blob in which nothing is found, unless it is in UTF-16. Of a commit, and of nothing
    else, `data` is the content, no more than LONGEST_COMMIT bytes of it; `size` is that of the whole.
    """

    oid: str
    kind: str
    size: int = 0
    data: bytes | None = None
    is_suspect: bool = True


class ObjectSearch:
    """The objects in the order asked for, once; `oids` are taken as git gets ready for more.

    To be exhausted before git is asked anything else. Raises RepositoryError when git keeps failing.
    """

    def __init__(self, git: Conversation, oids: Iterable[str], finder: Finder) -> None:
        self._questions = Questions(git, oids)
        self._finder = finder
        self._arriving = Arriving(git, self._questions)

    def keep_up(self) -> None:
        """To be called now and then by who works on what has been found, so that git need not wait."""
        self._arriving.collect()

    def __iter__(self) -> Iterator[Searched]:
        questions = self._questions
        data = b""
        while questions.top_up():
            more = self._arriving.some()
            data = data + more if data else more
            whole, at, missing = _whole(data, questions, self._finder)
            yield from whole
            data = data[at:]
            if missing and data.endswith(questions.end_line):
                missing = _NEVER
            if missing > _CHUNK:
                large = _in_pieces(questions.asked[0], data, missing, self._arriving, self._finder)
                if large is not None:
                    questions.asked.popleft()
                    yield large
                    data = b""
                    continue
                missing = _NEVER
            if not more or missing == _NEVER:
                yield from self._start_over()
                data = b""

    def _start_over(self) -> Iterator[Searched]:
        """After an answer that never comes, or makes no sense: its object cannot be read, the ones after it can."""
        questions = self._questions
        if questions.asked[0] != questions.end:
            yield Searched(questions.asked.popleft(), "")
        self._arriving.forget()
        questions.ask_again()


def _whole(data: bytes, questions: Questions, finder: Finder) -> tuple[list[Searched], int, int]:
    """The objects that have arrived whole, where they end, and how much the next one still lacks (_NEVER: all)."""
    arrived: list[Searched] = []
    starts: list[int] = []
    at = missing = 0
    while questions.asked:
        newline = data.find(b"\n", at)
        if newline < 0:
            break
        oid = questions.asked[0]
        if data.endswith((b"missing", b"ambiguous"), at, newline):
            if oid != questions.end:
                starts.append(at)
                arrived.append(Searched(oid, ""))
            questions.asked.popleft()
            at = newline + 1
            continue
        kind, size = kind_and_size(data[at:newline])
        end = newline + size + 2
        if end > len(data) and kind:
            missing = end - len(data)
            break
        if not kind or data[end - 1] != _LINE_END:
            missing = _NEVER
            break
        starts.append(at)
        if kind == "blob":
            arrived.append(Searched(oid, kind, size, None, data.startswith(_UTF16, newline + 1)))
        else:
            kept = data[newline + 1 : min(end - 1, newline + 1 + LONGEST_COMMIT)] if kind == "commit" else None
            arrived.append(Searched(oid, kind, size, kept))
        questions.asked.popleft()
        at = end
    for start, _ in finder(data[:at]) if starts else ():
        owner = max(0, bisect_right(starts, start) - 1)
        arrived[owner] = arrived[owner]._replace(is_suspect=True)
    return arrived, at, missing


def kind_and_size(header: bytes) -> tuple[str, int]:
    """From `<id> <kind> <size>`. The kind is empty where that is not what the line says."""
    fields = header.split(b" ")
    if len(fields) != 3 or not fields[2].isdigit():
        return "", 0
    return fields[1].decode("ascii", "replace"), int(fields[2][:_DIGITS])


def _in_pieces(oid: str, data: bytes, missing: int, arriving: Arriving, finder: Finder) -> Searched | None:
    """Search an object that cannot be held, to its end. None when it is too large, or has less than it says."""
    content = data.find(b"\n") + 1
    kind, size = kind_and_size(data[: content - 1])
    if size > LARGEST:
        return None
    if len(data) < content + LONGEST_COMMIT:
        # git writes the line above the content by itself, and that may be all that has arrived
        wanted = min(missing, LONGEST_COMMIT)
        more = arriving.exactly(wanted)
        if len(more) < wanted:
            return None
        missing -= wanted
        data += more
    kept = data[content : content + LONGEST_COMMIT] if kind == "commit" else None
    hit = kind != "blob" or data.startswith(_UTF16, content)
    while True:
        hit = hit or bool(finder(data))
        if not missing:
            return Searched(oid, kind, size, kept, hit) if data[-1] == _LINE_END else None
        wanted = min(_CHUNK, missing)
        more = arriving.exactly(wanted)
        if len(more) < wanted:
            return None
        missing -= wanted
        data = data[-_OVERLAP:] + more
