"""The post-commit hook: tell of a commit that got past the other hooks, as with --no-verify or a cherry-pick."""

from collections.abc import Iterator, Sequence
from functools import partial

from byline.commands.stages.client import judge_commits
from byline.model import Commit, Outcome, Place
from byline.reporters.closing import Closing
from byline.repository.history import walk
from byline.repository.location import Repository
from byline.repository.revisions import resolve_commit
from byline.repository.search import Search


def run(arguments: Sequence[str], policy: str | None) -> int:  # noqa: ARG001
    """Judge the last commit. It stays whatever the exit code says; frameworks show output only for a failure."""
    return judge_commits(
        lambda repository, _until_done: partial(_last_commit, repository),
        Place.COMMIT,
        policy,
        Closing(
            "this commit",
            "got past the hooks; it would have been blocked",
            "it is only in your clone so far; git commit --amend can put it right before you push",
        ),
        silent=frozenset(Outcome) - {Outcome.BLOCKED},
    )


def _last_commit(repository: Repository, search: Search) -> Iterator[Commit]:
    return walk(repository, [resolve_commit(repository, "HEAD")], search)
