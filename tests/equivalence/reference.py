"""What a commit added, worked out the plain way: from its printed diff, read by unidiff, a commit at a time.

A line is added as often as the diff adds it to a path less as often as the diff removes it there; a line that the same
commit removed with a whole file counts against it. A merge adds what its diff against every parent adds, less what it
removed with a whole file, as often as the parent that holds it most often.

A line of more than 4,096 bytes counts as the pieces that the walk takes of such a line, each as a line of its own: a
piece that was there before the line changed elsewhere was not added.
"""

import subprocess
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from io import StringIO
from typing import NamedTuple

from unidiff.patch import PatchSet

from byline.model import AddedLine, Commit, ConfigFile, FileChange, Identity
from byline.repository.blob_lines import hit_lines
from byline.repository.long_lines import LONGEST_LINE
from byline.repository.patch_paths import unquoted_path
from byline.repository.search import Finder, Search
from byline.repository.trailers import parse_trailers

Lines = Counter[tuple[str, str]]
"""(path, text) to how often."""

_GITLINK = "160000"

Cut = Callable[[str], list[str]]
"""What stands for a line: nothing when it is not wanted, the line itself, or pieces of a long one."""


class Diff(NamedTuple):
    """A commit against one parent: net added lines by path, lines of deleted files, and the paths by status."""

    net: Counter[tuple[str, str]]
    deleted: dict[str, Counter[str]]
    paths: dict[str, str]


def git(git_dir: str, *arguments: str) -> bytes:
    """What a git command prints."""
    command = ["git", "--no-replace-objects", f"--git-dir={git_dir}", *arguments]
    return subprocess.run(command, capture_output=True, check=True).stdout


def parents_of(git_dir: str, sha: str) -> list[str]:
    """The parents that git itself names."""
    return git(git_dir, "rev-list", "--no-walk", "--parents", sha).decode().split()[1:]


def cut_by(words: Iterable[str], finder: Finder) -> Cut:
    """Lines with one of the words in them, compared without regard to the case of ASCII letters."""
    lower = [word.lower().encode() for word in words]

    def cut(text: str) -> list[str]:
        line = text.encode("utf-8", "surrogateescape")
        if len(line) > LONGEST_LINE:
            return [hit.text.decode("utf-8", "surrogateescape") for hit in hit_lines(line, finder)]
        return [text] if any(word in line.lower() for word in lower) else []

    return cut


def added_lines(git_dir: str, sha: str, cut: Cut) -> Lines:
    """The lines that a commit added and that are wanted."""
    parents = parents_of(git_dir, sha)
    if len(parents) < 2:
        return _added([diff_against(git_dir, parents[0] if parents else None, sha, None, cut)])
    names = [set(_statuses(git_dir, parent, sha)) for parent in parents]
    own = set.intersection(*names)
    return _added([diff_against(git_dir, parent, sha, own, cut) for parent in parents])


def _added(diffs: list[Diff]) -> Lines:
    added: Lines = Counter()
    for key, count in diffs[0].net.items():
        least = min(count, *(diff.net[key] for diff in diffs[1:])) if len(diffs) > 1 else count
        if least > 0:
            added[key] = least
    return _without_moved(added, diffs)


def _without_moved(added: Lines, diffs: list[Diff]) -> Lines:
    moved: Counter[str] = Counter()
    for path in diffs[0].deleted:
        most: Counter[str] = Counter()
        for diff in diffs:
            most |= diff.deleted.get(path, Counter())
        moved += most
    left: Lines = Counter()
    for (path, text), count in sorted(added.items(), key=lambda item: _order(item[0][0])):
        taken = min(count, moved[text])
        moved[text] -= taken
        if count > taken:
            left[path, text] = count - taken
    return left


def _order(path: str) -> bytes:
    """git's order of paths, in which lines are taken for moved ones first come, first served."""
    return path.encode("utf-8", "surrogateescape")


def _statuses(git_dir: str, parent: str | None, sha: str) -> dict[str, str]:
    sides = [parent, sha] if parent else ["--root", sha]
    raw = git(git_dir, "diff-tree", "-r", "-z", "--raw", "--no-renames", "--no-commit-id", *sides)
    tokens = raw.decode("utf-8", "surrogateescape").split("\0")
    return dict(zip(tokens[1::2], (meta.rsplit(" ", 1)[1] for meta in tokens[0::2] if meta), strict=False))


def diff_against(git_dir: str, parent: str | None, sha: str, only: Iterable[str] | None, cut: Cut) -> Diff:
    """The diff of a commit against one parent (None: against nothing), of all paths or only of some."""
    statuses = _statuses(git_dir, parent, sha)
    sides = [parent, sha] if parent else ["--root", sha]
    if only is not None:
        statuses = {path: letter for path, letter in statuses.items() if path in set(only)}
        if not statuses:
            return Diff(Counter(), {}, {})
    # the paths are many: they are chosen here, and not on the command line, unless there are few
    limits = ["--", *(f":(literal,top){path}" for path in statuses)] if only is not None and len(statuses) < 500 else []
    options = ("-r", "-p", "-U0", "--text", "--no-renames", "--no-ext-diff", "--no-textconv", "--no-commit-id")
    printed = git(git_dir, "diff-tree", *options, *sides, *limits).decode("utf-8", "surrogateescape")
    net: Lines = Counter()
    deleted: dict[str, Counter[str]] = {path: Counter() for path, letter in statuses.items() if letter == "D"}
    for path, adds, line in _changed_lines(printed):
        if path not in statuses:
            continue
        for text in cut(line):
            net[path, text] += 1 if adds else -1
            if path in deleted and not adds:
                deleted[path][text] += 1
    return Diff(net, deleted, statuses)


def _changed_lines(text: str) -> Iterable[tuple[str, bool, str]]:
    for part in _files(text):
        if f"file mode {_GITLINK}" in part[:500] or f" {_GITLINK}\n" in part[:500].split("\n@@", 1)[0]:
            continue
        for file in PatchSet(StringIO(part, newline="\n")):
            name = file.source_file if file.target_file == "/dev/null" else file.target_file
            path = unquoted_path(name)[2:]
            for hunk in file:
                for line in hunk:
                    yield path, line.is_added, line.value.removesuffix("\n")


def _files(text: str) -> Iterable[str]:
    """The diff of each file. In a diff without context no line of content can begin as this header does."""
    starts = [0] if text.startswith("diff --git ") else []
    at = text.find("\ndiff --git ")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\ndiff --git ", at + 1)
    for start, end in zip(starts, [*starts[1:], len(text)], strict=False):
        yield text[start:end]


def plain_commit(git_dir: str, sha: str, search: Search) -> Commit:
    """A commit as git prints it, with all the lines that it added."""
    form = "%P%x00%an%x00%ae%x00%cn%x00%ce%x00%B"
    options = ("--no-walk", "--no-commit-header", "--encoding=UTF-8", f"--format={form}", sha)
    printed = git(git_dir, "rev-list", *options).removesuffix(b"\n").decode("utf-8", "surrogateescape")
    parents, author, author_email, committer, committer_email, message = printed.split("\0", 5)

    def cut(text: str) -> list[str]:
        line = text.encode("utf-8", "surrogateescape")
        if len(line) <= LONGEST_LINE:
            return [text]
        return [hit.text.decode("utf-8", "surrogateescape") for hit in hit_lines(line, search.lines)]

    first, *others = [_statuses(git_dir, parent, sha) for parent in parents.split() or [None]]
    changes = {path: letter for path, letter in first.items() if all(path in other for other in others)}
    number = 0
    lines: list[AddedLine] = []
    for (path, text), count in added_lines(git_dir, sha, cut).items():
        for _ in range(count):
            number += 1
            lines.append(AddedLine(path, number, text))
    return Commit(
        sha=sha,
        parents=tuple(parents.split()),
        author=Identity(author, author_email),
        committer=Identity(committer, committer_email),
        message=message,
        trailers=parse_trailers(message),
        changes=tuple(FileChange(path, letter) for path, letter in changes.items()),
        added_lines=tuple(lines),
        configs=tuple(
            ConfigFile(path, _before(git_dir, parents.split(), path), git(git_dir, "cat-file", "blob", f"{sha}:{path}"))
            for path, letter in changes.items()
            if letter != "D" and search.is_config(path)
        ),
    )


def _before(git_dir: str, parents: Sequence[str], path: str) -> bytes | None:
    """The content of a path in the first of the parents that has it."""
    for parent in parents:
        if git(git_dir, "ls-tree", parent, "--", path):
            return git(git_dir, "cat-file", "blob", f"{parent}:{path}")
    return None
