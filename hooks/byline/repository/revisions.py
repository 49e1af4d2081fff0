"""From what a person writes on the command line to full commit ids."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from byline.errors import UnknownRevision, UsageError
from byline.repository.conversation import Conversation
from byline.repository.location import Repository
from byline.repository.run_git import FAILED, git_answers, git_output

_ID = re.compile(r"[0-9a-f]{40}([0-9a-f]{24})?")
_BEGINNING = re.compile(r"[0-9a-f]{4,63}", re.IGNORECASE)


class _Selection(NamedTuple):
    """What to walk: `tips` less everything behind `without`; `single` are commits by themselves."""

    tips: tuple[str, ...]
    without: tuple[str, ...]
    single: tuple[str, ...]


def select_commits(
    repository: Repository,
    expressions: Sequence[str],
    *,
    every_ref: bool = False,
    head_history: bool = False,
    without: Sequence[str] = (),
) -> Iterator[str]:
    """Full ids of commits, newest first as `git log` gives them.

    `A..B` and `A...B` are ranges, `^A B` is what B has and A lacks, and a revision alone is that one commit.
    `every_ref` adds all that any ref or HEAD reaches, `head_history` all that HEAD reaches. Whatever the full ids
    `without` reach is left out, except of commits named alone; an id that is not here leaves nothing out.
    Raises UnknownRevision, and UsageError for a range written backwards and for nothing but `^A`.
    """
    selection = _resolve(repository, expressions)
    if expressions and not (every_ref or head_history) and all(each.startswith("^") for each in expressions):
        raise UsageError(
            f"{' '.join(expressions)} only says what to leave out",
            f"Say what to look at, too: {' '.join(expressions)} HEAD",
        )
    yield from selection.single
    tips = selection.tips + (tuple(_commit_ids(repository, ["HEAD"])) if head_history else ())
    if tips or every_ref:
        present = tuple(sha for sha in peel(repository, without).values() if sha)
        count = 0
        for sha in _rev_list(repository, tips, selection.without + present, every_ref=every_ref):
            count += 1
            yield sha
        if not count and not every_ref and not present:
            _refuse_backwards(repository, expressions)


def peel(repository: Repository, names: Sequence[str]) -> dict[str, str]:
    """The full id of the commit behind each name; empty where there is none, as for a tag of a file."""
    nothing = dict.fromkeys(names, "")
    names = [name for name in names if name and "\n" not in name and "\0" not in name]
    if not names:
        return nothing
    feed = "".join(f"{name}^{{commit}}\n" for name in names).encode("utf-8", "surrogateescape")
    answers = git_output(repository, "cat-file", "--batch-check=%(objectname)", feed=feed).decode("ascii", "replace")
    found = answers.split("\n")
    return nothing | {name: answer for name, answer in zip(names, found, strict=False) if _ID.fullmatch(answer)}


def resolve_commit(repository: Repository, expression: str) -> str:
    """The full id of the commit that a revision names. Raises UnknownRevision."""
    return _commit_ids(repository, [expression])[0]


def _resolve(repository: Repository, expressions: Sequence[str]) -> _Selection:
    names: list[str] = []
    for expression in expressions:
        left, dots, right = _split(expression)
        names += [left or "HEAD", right or "HEAD"] if dots else [expression.removeprefix("^")]
    ids = iter(_commit_ids(repository, names))
    tips: list[str] = []
    without: list[str] = []
    alone: list[str] = []
    for expression in expressions:
        _, dots, _ = _split(expression)
        if dots:
            a, b = next(ids), next(ids)
            tips += [b] if dots == ".." else [a, b]
            without += [a] if dots == ".." else _merge_bases(repository, a, b)
        elif expression.startswith("^"):
            without.append(next(ids))
        else:
            alone.append(next(ids))
    if any(expression.startswith("^") for expression in expressions):
        return _Selection((*tips, *alone), tuple(without), ())
    return _Selection(tuple(tips), tuple(without), tuple(dict.fromkeys(alone)))


def _split(expression: str) -> tuple[str, str, str]:
    match = re.fullmatch(r"(.*?)(\.\.\.?)(?!\.)(.*)", expression, re.DOTALL)
    return (match[1], match[2], match[3]) if match else (expression, "", "")


def _commit_ids(repository: Repository, names: Sequence[str]) -> list[str]:
    """One `cat-file --batch-check` for all names; it never takes a name for an option."""
    for name in names:
        if not name or "\n" in name or "\0" in name:
            raise UnknownRevision(f"{name!r} is not a revision", "Name a commit, a branch, a tag or a range A..B.")
    if not names:
        return []
    answers = _checked(repository, names)
    if answers is None:
        # git gives up over some names, such as @{upstream} where there is none: which one is it?
        answers = [*chain.from_iterable(_checked(repository, [name]) or [""] for name in names)]
    ids = []
    for name, answer in zip(names, answers, strict=True):
        if not _ID.fullmatch(answer):
            raise _unknown(repository, name)
        ids.append(answer)
    return ids


def _checked(repository: Repository, names: Sequence[str], kind: str = "^{commit}") -> list[str] | None:
    """What git says to each name: an id, or the name and a word. None when it gives up."""
    feed = "".join(f"{name}{kind}\n" for name in names).encode("utf-8", "surrogateescape")
    answers = git_answers(repository, "cat-file", "--batch-check=%(objectname)", feed=feed, no=(FAILED,))
    return None if answers is None else answers.decode("ascii", "replace").split("\n")[:-1]


def _unknown(repository: Repository, name: str) -> UnknownRevision:
    # git tells of several objects only when it is not asked for commits among them
    if _BEGINNING.fullmatch(name) and (_checked(repository, [name], "") or [""])[0].endswith(" ambiguous"):
        return UnknownRevision(f"{name!r} is the beginning of several object ids", "Write more digits of it.")
    if name == "HEAD":
        return UnknownRevision("there is no commit here yet", "Make a first commit, or name a branch.")
    if repository.shallow:
        return UnknownRevision(
            f"this shallow clone does not hold {name!r}", "Fetch the whole history first: git fetch --unshallow"
        )
    return UnknownRevision(
        f"there is no commit called {name!r} in this repository", "Fetch it first, or check the spelling."
    )


def _merge_bases(repository: Repository, a: str, b: str) -> list[str]:
    return (git_answers(repository, "merge-base", "--all", a, b) or b"").decode("ascii").split()


def _rev_list(repository: Repository, tips: Sequence[str], without: Sequence[str], *, every_ref: bool) -> Iterator[str]:
    feed = [*tips, *(f"^{sha}" for sha in without)]
    head = every_ref and git_answers(repository, "rev-parse", "--verify", "--quiet", "HEAD")
    options = (["--all"] if every_ref else []) + (["HEAD"] if head else [])
    with Conversation(repository, "rev-list", "--stdin", *options) as git:
        git.send_all("".join(f"{line}\n" for line in feed).encode("ascii"))
        for line in git.answers:
            yield line.rstrip().decode("ascii")
        git.check()


def _refuse_backwards(repository: Repository, expressions: Sequence[str]) -> None:
    for expression in expressions:
        left, dots, right = _split(expression)
        if dots != "..":
            continue
        a, b = _commit_ids(repository, [left or "HEAD", right or "HEAD"])
        if a != b and git_answers(repository, "merge-base", "--is-ancestor", b, a) is not None:
            raise UsageError(
                f"the range {expression} is written backwards: {right or 'HEAD'} is older than {left or 'HEAD'}",
                f"Write {right or 'HEAD'}..{left or 'HEAD'}.",
            )
