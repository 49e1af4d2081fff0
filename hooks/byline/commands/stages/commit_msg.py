"""The commit-msg hook: judge the whole commit that is about to be made."""

from collections.abc import Sequence

from byline.commands.stages.client import judge_commits
from byline.errors import UsageError
from byline.model import Place
from byline.reporters.closing import Closing
from byline.repository.pending import pending_commit


def run(arguments: Sequence[str], policy: str | None) -> int:
    """Judge message, author and staged changes together."""
    if not arguments:
        raise UsageError("the commit-msg hook needs the file with the message", "git hands it over as first argument.")
    message_file = arguments[0]
    quoted = f'"{message_file}"' if " " in message_file else message_file
    return judge_commits(
        lambda repository, search: [pending_commit(repository, search, message_file=message_file)],
        Place.COMMIT,
        policy,
        Closing("this commit", advice=f"your message is kept; to go on with it: git commit -e -F {quoted}"),
    )
