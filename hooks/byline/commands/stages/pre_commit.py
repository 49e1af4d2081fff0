"""The pre-commit hook: judge what is staged. There is no message yet."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack

from byline.commands.stages.client import judge_commits
from byline.commands.stages.environment import in_environment
from byline.model import Commit, Place
from byline.reporters.closing import Closing
from byline.repository.location import Repository
from byline.repository.pending import PendingCommit
from byline.repository.search import Search


def run(arguments: Sequence[str], policy: str | None) -> int:  # noqa: ARG001
    """Judge the staged changes; file names that a framework hands over do not narrow them."""
    return judge_commits(
        _read,
        Place.COMMIT,
        policy,
        Closing("what is staged"),
        watch=in_environment,
    )


def _read(repository: Repository, until_done: ExitStack) -> Callable[[Search], Iterable[Commit]]:
    pending = until_done.enter_context(PendingCommit(repository))
    return lambda search: [pending.read(search)]
