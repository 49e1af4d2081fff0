"""How many lines each commit adds, as `git diff --numstat` counts them, through one `git diff-tree --stdin`.

A renamed file adds what was edited in it. A merge adds, in the files that it changed itself, what the closest parent
lacks. Binary files have no lines; a text that attributes of the repository declare binary, or that is so large that git
takes it for binary, is counted here.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from types import TracebackType
from typing import Self

from byline.frozen import Frozen
from byline.repository.conversation import GROUP_BYTES, Conversation
from byline.repository.location import Repository
from byline.repository.object_reader import BrokenOffError, ObjectReader, RawObject
from byline.repository.tree_changes import TreeChange

NUMBERS = ("-r", "-z", "--numstat", "--find-renames", "-l100", "--ignore-submodules=all")
"""Format: https://git-scm.com/docs/git-diff#_other_diff_formats. `-l` bounds what looking for renames may cost."""

UNCOUNTED = "the lines that it adds could not be counted"
"""What is said of a commit whose size was asked for and is not known."""

Numbers = Mapping[str, int | None]
"""Path to the lines added there; None for what git takes for binary."""

_END = b"--end\n"  # echoed, as in `tree_changes`
_MOST_FAILURES = 100  # git ends over a content that is missing, as many are in a partial clone
_GROUP = GROUP_BYTES // 140  # two ids of 64 digits and the end
_READ = 1 << 20
_IN_ONE_PIECE = 8 << 20
_HEAD = 8000  # bytes in which git itself looks for a NUL


class Sized(Frozen):
    """A commit whose size is asked for: its id, its parents, and its changes, which are None when not known."""

    sha: str
    parents: tuple[str, ...]
    changes: Sequence[TreeChange] | None


class LineCounts:
    """One counting process, started at the first question and ended with the `with` block."""

    def __init__(self, repository: Repository, reader: ObjectReader) -> None:
        self._git = Conversation(repository, "diff-tree", "--stdin", "--root", *NUMBERS)
        self._reader = reader
        self._failures = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._git.end()

    def of(self, commits: Sequence[Sized]) -> list[int | None]:
        """The lines each of the commits adds; None where that cannot be told."""
        answers = iter(self._answers([question for commit in commits for question in _questions(commit)]))
        counts: list[int | None] = []
        for commit in commits:
            against = [next(answers) for _ in _questions(commit)]
            if commit.changes is None:
                counts.append(None)
            else:
                counts.append(lines_added(self._reader, commit.changes, against) if commit.changes else 0)
        return counts

    def _answers(self, questions: Sequence[bytes]) -> Iterator[Numbers | None]:
        waiting = list(questions)
        while waiting:
            if self._failures == _MOST_FAILURES:
                yield from [None] * len(waiting)
                return
            group, waiting = waiting[:_GROUP], waiting[_GROUP:]
            self._git.send(b"".join(question + _END for question in group))
            rest = b""
            for number in range(len(group)):
                numbers, rest = self._answer(rest)
                yield numbers
                if numbers is None:
                    self._failures += 1
                    self._git.start_over()
                    waiting = [*group[number + 1 :], *waiting]
                    break

    def _answer(self, arrived: bytes) -> tuple[Numbers | None, bytes]:
        """The numbers up to the next end, and what has arrived after it; None when git ended before."""
        numbers: dict[str, int | None] = {}
        while True:
            at, ended = _take(arrived, numbers)
            arrived = arrived[at:]
            if ended:
                return numbers, arrived
            more = self._git.answers.read1(_READ)
            if not more:
                return None, b""
            arrived += more


def _questions(commit: Sized) -> list[bytes]:
    if not commit.changes:
        return []
    return [f"{commit.sha} {parent}\n".encode("ascii", "replace") for parent in commit.parents] or [
        f"{commit.sha}\n".encode("ascii")
    ]


def _take(answer: bytes, numbers: dict[str, int | None]) -> tuple[int, bool]:
    """Read whole records into `numbers`. Gives how many bytes were read, and whether they reach the end."""
    at = 0
    while not answer.startswith(_END, at):
        end = answer.find(b"\0", at)
        if end < 0:
            return at, False
        fields = answer[at:end].split(b"\t", 2)
        path = fields[-1]
        if not path:  # a rename: the old path and the new one follow
            middle = answer.find(b"\0", end + 1)
            last = answer.find(b"\0", middle + 1)
            if middle < 0 or last < 0:
                return at, False
            path, end = answer[middle + 1 : last], last
        if len(fields) == 3:  # and not the id of the commit
            numbers[path.decode("utf-8", "surrogateescape")] = None if fields[0] == b"-" else int(fields[0])
        at = end + 1
    return at + len(_END), True


def parse_numbers(output: bytes) -> Numbers:
    """The numbers that one `diff-index` prints."""
    numbers: dict[str, int | None] = {}
    _take(output, numbers)
    return numbers


def lines_added(reader: ObjectReader, changes: Sequence[TreeChange], against: Sequence[Numbers | None]) -> int | None:
    """The lines that a commit with these changes adds, from the numbers against each of its parents."""
    known = [numbers for numbers in against if numbers is not None]
    if not known or len(known) < len(against):
        return None
    paths = known[0] if len(known) == 1 else {change.path for change in changes if change.status != "D"}
    by_path = {change.path: change for change in changes}
    total = 0
    for path in paths:
        counts = [numbers.get(path, 0) for numbers in known]
        texts = [count for count in counts if count is not None]
        if texts:
            total += min(texts)
        elif path in by_path:
            added = _added_in_text(reader, by_path[path])
            if added is None:
                return None
            total += added
    return total


class _Text(Frozen):
    """A content whose lines git did not count: how many it has, and which, unless it is too large to hold them.

    `number` is None for what cannot be read.
    """

    number: int | None
    lines: Counter[bytes] | None = None


def _added_in_text(reader: ObjectReader, change: TreeChange) -> int | None:
    """Lines added in a file that git takes for binary: because it was told to, because it is, or for its size.

    0 where it is binary; None where that cannot be told, as for a large text that was there before.
    """
    if not change.new:
        return 0
    new, *olds = [_text(raw) for raw in reader.read((change.new, *change.olds), limit=_IN_ONE_PIECE)]
    if new is None:
        return 0
    counts = [new.number if old is None else _lacking(new, old) for old in olds] or [new.number]
    return None if None in counts else min(count for count in counts if count is not None)


def _lacking(new: _Text, old: _Text) -> int | None:
    """How many lines of the one the other lacks."""
    return None if new.lines is None or old.lines is None else (new.lines - old.lines).total()


def _text(raw: RawObject) -> _Text | None:
    """None for what is binary."""
    if raw.kind != "blob":
        return _Text(None)
    if raw.data is None:
        return _long_text(raw)
    if b"\0" in raw.data[:_HEAD]:
        return None
    lines = Counter(raw.data.split(b"\n")[:-1] if raw.data.endswith(b"\n") else raw.data.split(b"\n"))
    return _Text(lines.total(), lines)


def _long_text(raw: RawObject) -> _Text | None:
    number, last = 0, b""
    try:
        for piece in raw.chunks:
            if not last and b"\0" in piece[:_HEAD]:
                return None
            number += piece.count(b"\n")
            last = piece[-1:]
    except BrokenOffError:
        return _Text(None)
    return _Text(number + (last != b"\n"))
