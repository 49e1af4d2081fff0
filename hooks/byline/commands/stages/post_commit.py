"""The post-commit hook: tell of a commit that got past the other hooks, as with --no-verify or a cherry-pick."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from byline.commands.judge import Judge
from byline.commands.stages.client import judge_commits
from byline.errors import BylineError
from byline.model import Commit, Outcome, Place
from byline.reporters.closing import Closing
from byline.repository.history import walk
from byline.repository.location import Repository
from byline.repository.revisions import resolve_commit
from byline.repository.search import Search


def run(arguments: Sequence[str], policy: str | None) -> int:  # noqa: ARG001
    """Judge the last commit. It stays whatever the exit code says; frameworks show output only for a failure."""
    watched: list[tuple[Repository, Judge]] = []

    def watch(repository: Repository, judge: Judge, commits: Iterable[Commit]) -> Iterable[Commit]:
        if judge.policy.notes.commit:
            watched.append((repository, judge))
        return commits

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


def _note(repository: Repository, judge: Judge) -> None:
    """Write a note on the last commit, with what the environment says of it. A failure is told and stops nothing."""
    from byline.check import examine
    from byline.commands.notes import annotate
    from byline.commands.stages.environment import in_environment
    from byline.reporters.notices import tell

    commits = in_environment(repository, judge, _last_commit(repository, judge.detection.search))
    try:
        annotate(repository, judge, examine(commits, judge.detection, judge.policy, Place.COMMIT))
    except BylineError as error:
        tell(f"no note was written on this commit: {error}")


def _last_commit(repository: Repository, search: Search) -> Iterator[Commit]:
    return walk(repository, [resolve_commit(repository, "HEAD")], search)
