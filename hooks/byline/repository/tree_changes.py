"""Which paths each commit changed, through one `git diff-tree --stdin` for as many commits as there are.

Raw format: https://git-scm.com/docs/git-diff#_raw_output_format. Merges come as combined diffs: only the paths whose
content differs from every parent's, which is what the merge itself changed.
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from types import TracebackType
from typing import NamedTuple, Self

from byline.repository.conversation import GROUP_BYTES, Conversation
from byline.repository.location import Repository
from byline.repository.run_git import git_output

RAW_DIFF = ("-r", "-z", "--raw", "--no-abbrev", "--no-renames", "--ignore-submodules=none")

MOST_CHANGES = 500_000
"""Paths that one commit may change. A few kilobytes of trees that name each other stand for any number of them."""

_MEMORY = 768 << 20
"""Bytes that git may use to list them, where the platform can hold it to that."""

_ABSENT = "000000"
_NO_FILE = (_ABSENT, "160000")

# diff-tree echoes a line that is no object id, and flushes: so a group's answers have an end.
_END = b"--end\n"
_READ = 1 << 20


class TreeChange(NamedTuple):
    """A path that a commit changed: Git's letter, the contents that parents hold there, and the new content.

    Contents are object ids. `new` is empty when the commit deletes the path or leaves a submodule there.
    """

    path: str
    status: str
    olds: tuple[str, ...]
    new: str


def parse_change(meta: bytes, path: bytes) -> TreeChange:
    """One raw record: `:modes oids status` and the path."""
    text = meta.decode("ascii")
    name = path.decode("utf-8", "surrogateescape")
    if not text.startswith("::"):
        # the usual case, by place: this runs for every path of every commit
        digits = (len(text) - 18) // 2
        old = (text[15 : 15 + digits],) if text[1:7] not in _NO_FILE else ()
        return TreeChange(name, text[-1], old, text[16 + digits : -2] if text[8:14] not in _NO_FILE else "")
    fields = text.lstrip(":").split(" ")
    parents = text.count(":")
    modes, oids, letters = fields[: parents + 1], fields[parents + 1 : -1], fields[-1]
    olds = tuple(oid for mode, oid in zip(modes[:-1], oids[:-1], strict=True) if mode not in _NO_FILE)
    status = "D" if modes[-1] == _ABSENT else letters[0] if len(set(letters)) == 1 else "M"
    return TreeChange(name, status, olds, oids[-1] if modes[-1] not in _NO_FILE else "")


def parse_changes(raw: bytes) -> list[TreeChange]:
    """All records of raw output that holds nothing but records."""
    tokens = iter(raw.split(b"\0"))
    return [parse_change(meta, next(tokens)) for meta in tokens if meta]


class TreeChanges:
    """One comparing process, started at the first question and ended with the `with` block."""

    def __init__(self, repository: Repository) -> None:
        self._git = Conversation(repository, "diff-tree", "--stdin", "--root", "-c", *RAW_DIFF, memory=_MEMORY)
        self._is_id = re.compile(f"[0-9a-f]{{{len(repository.zero)}}}").fullmatch
        self._tail = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._git.end()

    def of(self, shas: Iterable[str]) -> Iterator[tuple[str, list[TreeChange] | None]]:
        """Each commit, in the order given, with its changes.

        None instead of changes when its trees cannot be read, when they are more than MOST_CHANGES, or for what is
        no full id of this repository.
        """
        size = GROUP_BYTES // (len(self._git.repository.zero) + 1)
        waiting = iter(shas)
        asked: deque[deque[str]] = deque()
        while True:
            while len(asked) < 2 and (group := deque(islice(waiting, size))):
                self._ask(group)
                asked.append(group)
            if not asked:
                return
            yield from self._group(asked[0])
            if asked[0]:
                yield from self._one_by_one(chain.from_iterable(asked))
                asked.clear()
            else:
                asked.popleft()

    def _group(self, group: deque[str]) -> Iterator[tuple[str, list[TreeChange] | None]]:
        """Answer the commits of a group and take them out of it. Those that are left when git has ended stay."""
        try:
            for sha, changes in self._answers():
                while group and group[0] != sha:
                    yield self._without_changes(group.popleft())
                yield group.popleft(), changes
                del changes  # they can be large: let go of them before the next ones are read
        except EOFError:
            self._start_over()
            return
        while group:
            yield self._without_changes(group.popleft())

    def _one_by_one(self, shas: Iterable[str]) -> Iterator[tuple[str, list[TreeChange] | None]]:
        for sha in shas:
            group = deque([sha])
            self._ask(group)
            yield from self._group(group)
            if group:
                yield sha, None

    def _without_changes(self, sha: str) -> tuple[str, list[TreeChange] | None]:
        return sha, [] if self._is_id(sha) else None

    def _ask(self, shas: Iterable[str]) -> None:
        # whatever else is no full id of this repository would be echoed, too, and be taken for an answer
        ids = [f"{sha}\n" for sha in shas if self._is_id(sha)]
        self._git.send("".join(ids).encode("ascii") + _END)

    def _answers(self) -> Iterator[tuple[str, list[TreeChange]]]:
        """The commits that have changes, up to the end of the group. Raises EOFError when git ended before."""
        sha = ""
        changes: list[TreeChange] = []
        fields = self._fields()
        for field in fields:
            if not field.startswith(b":"):
                if sha:
                    yield sha, changes
                sha, changes = field.decode("ascii"), []
            elif len(changes) < MOST_CHANGES:
                changes.append(parse_change(field, next(fields)))
            else:
                raise EOFError
        if sha:
            yield sha, changes

    def _fields(self) -> Iterator[bytes]:
        """What git ends with NUL, up to the end of the group. Raises EOFError when git ended before."""
        is_path = False  # a path may look like anything else
        while True:
            *fields, rest = self._tail.split(b"\0")
            for at, field in enumerate(fields):
                if not is_path and field.startswith(_END):
                    self._tail = b"\0".join([field[len(_END) :], *fields[at + 1 :], rest])
                    return
                is_path = not is_path and field.startswith(b":")
                yield field
            if not is_path and rest.startswith(_END):
                self._tail = rest[len(_END) :]
                return
            more = self._git.answers.read1(_READ)
            if not more:
                raise EOFError
            self._tail = rest + more

    def _start_over(self) -> None:
        self._git.start_over()
        self._tail = b""


def changes_against(repository: Repository, *arguments: str) -> list[TreeChange]:
    """The changes that one `diff-index` or `diff-tree` call prints. Raises RepositoryError when git fails."""
    return parse_changes(git_output(repository, arguments[0], *RAW_DIFF, *arguments[1:]))
