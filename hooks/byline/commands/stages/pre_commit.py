"""The pre-commit hook: judge what is staged. There is no message yet."""

from collections.abc import Sequence

from byline.commands.stages.client import judge_commits
from byline.model import Place
from byline.reporters.closing import Closing
from byline.repository.pending import pending_commit


def run(arguments: Sequence[str], policy: str | None) -> int:  # noqa: ARG001
    """Judge the staged changes; file names that a framework hands over do not narrow them."""
    return judge_commits(
        lambda repository, search: [pending_commit(repository, search, message_file=None)],
        Place.COMMIT,
        policy,
        Closing("what is staged"),
    )
