"""The post-commit hook: tell of a commit that got past the other hooks, as with --no-verify or a cherry-pick."""

import os
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from byline.commands.judge import Judge
from byline.commands.stages.client import judge_commits
from byline.commands.stages.environment import in_environment
from byline.errors import BylineError
from byline.model import Commit, Outcome, Place
from byline.reporters.closing import Closing
from byline.repository.history import walk
from byline.repository.location import Repository
from byline.repository.revisions import resolve_commit
from byline.repository.search import Search

_LONGEST_ENTRY = 1 << 13
"""Bytes of an entry in the log of HEAD that are looked at."""


def run(arguments: Sequence[str], policy: str | None) -> int:  # noqa: ARG001
    """Judge the last commit. It stays whatever the exit code says; frameworks show output only for a failure."""
    watched: list[tuple[Repository, Judge, Commit]] = []

    def watch(repository: Repository, judge: Judge, commits: Iterable[Commit]) -> Iterable[Commit]:
        for commit in commits if _was_picked(repository.git_dir) else in_environment(repository, judge, commits):
            if judge.policy.notes.commit:
                watched.append((repository, judge, commit))
            yield commit

    code = judge_commits(
        lambda repository, _until_done: partial(_last_commit, repository),
        Place.COMMIT,
        policy,
        Closing(
            "this commit",
            "got past the hooks; it would have been blocked",
            "it is only in your clone so far; git commit --amend can put it right before you push",
        ),
        silent=frozenset(Outcome) - {Outcome.BLOCKED},
        watch=watch,
    )
    if watched:
        _note(*watched[0])
    return code


def _was_picked(git_dir: str) -> bool:
    """Whether the commit concludes a cherry-pick: commit-msg then did not ask who runs it, and git has cleared the
    signs of it away by now, save in the log of HEAD.
    """
    try:
        with open(os.path.join(git_dir, "logs", "HEAD"), "rb") as file:
            file.seek(max(0, os.path.getsize(file.fileno()) - _LONGEST_ENTRY))
            last = file.read().rstrip(b"\n").rpartition(b"\n")[2]
    except OSError:  # git keeps none here
        return False
    return last.partition(b"\t")[2].partition(b":")[0].endswith((b"(cherry-pick)", b"cherry-pick"))


def _note(repository: Repository, judge: Judge, commit: Commit) -> None:
    """Write a note on the commit. A failure is told and stops nothing."""
    from byline.check import examine
    from byline.commands.notes import annotate
    from byline.reporters.notices import tell

    try:
        annotate(repository, judge, examine([commit], judge.detection, judge.policy, Place.COMMIT))
    except BylineError as error:
        tell(f"no note was written on this commit: {error}")


def _last_commit(repository: Repository, search: Search) -> Iterator[Commit]:
    return walk(repository, [resolve_commit(repository, "HEAD")], search)
