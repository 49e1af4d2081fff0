"""Which of many objects hold something worth reading: the answers of `git cat-file --batch`, searched as they come.

One call of the finder covers all objects that lie whole in the pipe, so that an object in which nothing is found costs
little more than the search through its bytes.
"""

from bisect import bisect_right
from collections.abc import Iterable

from byline.repository.conversation import Conversation, Questions
from byline.repository.search import Finder

_CHUNK = 1 << 20
_UTF16 = (b"\xff\xfe", b"\xfe\xff")

# What two pieces of a stream have in common, so that no needle is cut in two.
_OVERLAP = 4096


def search_objects(git: Conversation, oids: Iterable[str], finder: Finder) -> set[str]:
    """Those of the objects in which something is found, which are in UTF-16, are no blobs, or cannot be read.

    Raises RepositoryError when git keeps failing.
    """
    questions = Questions(git, oids)
    found: set[str] = set()
    data = b""
    while questions.top_up():
        more = git.answers.read1(_CHUNK)
        if more:
            data += more
            data, missing = _search_whole(data, questions, found, finder)
            if missing > _CHUNK and _search_streamed(data, missing, git, finder):
                found.add(questions.asked[0])
            if missing > _CHUNK:
                questions.asked.popleft()
                data = b""
        else:
            found.add(questions.asked.popleft())
            questions.ask_again()
            data = b""
    return found


def _search_whole(data: bytes, questions: Questions, found: set[str], finder: Finder) -> tuple[bytes, int]:
    """Search the objects that have arrived whole; returns the data left over and how much its object still lacks."""
    starts: list[int] = []
    owners: list[str] = []
    at = missing = 0
    while questions.asked:
        newline = data.find(b"\n", at)
        if newline < 0:
            break
        if data.endswith((b"missing", b"ambiguous"), at, newline):
            found.add(questions.asked.popleft())
            at = newline + 1
            continue
        if not data.startswith(b" blob ", at + len(questions.asked[0])):
            found.add(questions.asked[0])
        end = newline + int(data[data.rfind(b" ", at, newline) + 1 : newline]) + 2
        if end > len(data):
            missing = end - len(data)
            break
        starts.append(at)
        owners.append(questions.asked.popleft())
        if data.startswith(_UTF16, newline + 1):
            found.add(owners[-1])
        at = end
    if starts:
        found.update(owners[max(0, bisect_right(starts, start) - 1)] for start, _ in finder(data[:at]))
    return data[at:], missing


def _search_streamed(data: bytes, missing: int, git: Conversation, finder: Finder) -> bool:
    """Search an object that is too large to be held, to its end."""
    content = data.find(b"\n") + 1
    if len(data) < content + len(_UTF16[0]):
        # git writes the line above the content by itself, and that may be all that has arrived
        more = git.answers.read(len(_UTF16[0]))
        missing -= len(more)
        data += more
    hit = data.startswith(_UTF16, content)
    while True:
        hit = hit or bool(finder(data))
        if not missing:
            return hit
        more = git.answers.read(min(_CHUNK, missing))
        if not more:
            # git has ended in the middle: the caller meets the end of the pipe next
            return True
        missing -= len(more)
        data = data[-_OVERLAP:] + more
