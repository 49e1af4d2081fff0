"""Which paths each commit changed, through one `git diff-tree --stdin` for as many commits as there are.

Raw format: https://git-scm.com/docs/git-diff#_raw_output_format. Merges come as combined diffs: only the paths whose
content differs from every parent's, which is what the merge itself changed.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice
from types import TracebackType
from typing import NamedTuple, Self

from byline.repository.conversation import GROUP_BYTES, Conversation
from byline.repository.location import Repository
from byline.repository.run_git import git_output

RAW_DIFF = ("-r", "-z", "--raw", "--no-abbrev", "--no-renames", "--ignore-submodules=none")

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
        self._git = Conversation(repository, "diff-tree", "--stdin", "--root", "-c", *RAW_DIFF)
        self._tail = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._git.end()

    def of(self, shas: Iterable[str]) -> Iterator[tuple[str, list[TreeChange] | None]]:
        """Each commit, in the order given, with its changes; None when its trees cannot be read."""
        size = GROUP_BYTES // (len(self._git.repository.zero) + 1)
        waiting = iter(shas)
        asked: deque[tuple[str, ...]] = deque()
        while True:
            while len(asked) < 2 and (group := tuple(islice(waiting, size))):
                self._ask(group)
                asked.append(group)
            if not asked:
                return
            answers = self._answers()
            if answers is None:
                yield from self._one_by_one(sha for group in asked for sha in group)
                asked.clear()
                continue
            for sha in asked.popleft():
                yield sha, answers.get(sha, [])

    def _one_by_one(self, shas: Iterable[str]) -> Iterator[tuple[str, list[TreeChange] | None]]:
        for sha in shas:
            self._ask((sha,))
            answers = self._answers()
            yield sha, None if answers is None else answers.get(sha, [])

    def _ask(self, shas: tuple[str, ...]) -> None:
        self._git.send("".join(f"{sha}\n" for sha in shas).encode("ascii") + _END)

    def _answers(self) -> dict[str, list[TreeChange]] | None:
        """The changes by commit up to the end of the group, or None when git ended before."""
        answers: dict[str, list[TreeChange]] = {}
        current: list[TreeChange] = []
        meta = b""
        while True:
            tokens = self._tail.split(b"\0")
            rest = tokens.pop()
            for at, token in enumerate(tokens):
                if meta:
                    current.append(parse_change(meta, token))
                    meta = b""
                elif token.startswith(b":"):
                    meta = token
                elif token.startswith(_END):
                    self._tail = b"\0".join([token[len(_END) :], *tokens[at + 1 :], rest])
                    return answers
                else:
                    current = answers.setdefault(token.decode("ascii"), [])
            if not meta and rest == _END:
                self._tail = b""
                return answers
            more = self._git.answers.read1(_READ)
            if not more:
                self._git.start_over()
                self._tail = b""
                return None
            self._tail = rest + more


def changes_against(repository: Repository, *arguments: str) -> list[TreeChange]:
    """The changes that one `diff-index` or `diff-tree` call prints. Raises RepositoryError when git fails."""
    return parse_changes(git_output(repository, arguments[0], *RAW_DIFF, *arguments[1:]))
