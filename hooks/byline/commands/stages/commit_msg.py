"""The commit-msg hook: put the disclosure into the message, and judge the whole commit that is about to be made."""

import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING

from byline.commands.judge import Judge
from byline.commands.stages.amending import amending
from byline.commands.stages.client import judge_commits
from byline.commands.stages.environment import in_environment
from byline.errors import EXIT_OK, UsageError
from byline.model import Commit, Place
from byline.reporters.closing import Closing
from byline.repository.location import Repository
from byline.repository.message_file import editor_opens
from byline.repository.pending import PendingCommit
from byline.repository.search import Search

if TYPE_CHECKING:
    from byline.actions.disclose_in_message import Amended

_OF_MERGES = "MERGE_MSG"
"""The message file of `git merge`; every other command hands over the file of `git commit`."""

_NEEDS_NO_QUOTES = frozenset("/._-+,@%=ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")


def run(arguments: Sequence[str], policy: str | None) -> int:
    """Put the message right if the policy asks for it, then judge message, author and staged changes together."""
    if not arguments:
        raise UsageError("the commit-msg hook needs the file with the message", "git hands it over as first argument.")
    message_file = arguments[0]
    settings: dict[str, str] = {}

    def read(repository: Repository, until_done: ExitStack) -> Callable[[Search], Iterable[Commit]]:
        pending = until_done.enter_context(PendingCommit(repository))

        def commits_for(search: Search) -> Iterable[Commit]:
            commit = pending.read(search, message_file=message_file)
            settings.update(pending.configuration.answer().settings)
            return [commit]

        return commits_for

    watched: list[tuple[Repository, Commit]] = []
    amended: list[Amended] = []

    def watch(repository: Repository, judge: Judge, commits: Iterable[Commit]) -> Iterable[Commit]:
        surrounded = in_environment(repository, judge, commits)
        for commit in amending(judge, message_file, settings, surrounded, amended):
            if judge.policy.evidence.unseen[0] != "off":
                watched.append((repository, commit))
            yield commit

    code = judge_commits(
        read,
        Place.COMMIT,
        policy,
        Closing("this commit", advice=_how_to_go_on(message_file)),
        watch=watch,
    )
    if amended and code == EXIT_OK:  # of a commit that is not made there is nothing to undo
        from byline.reporters.amendment_text import AFTER_COMMIT, tell_way_back

        tell_way_back(AFTER_COMMIT if amended[0].can_be_undone else "", amended[0].marks)
    if watched and code == EXIT_OK:
        from byline.commands.stages.seen_commits import note_as_seen

        note_as_seen(*watched[0])
    return code


def _how_to_go_on(message_file: str) -> str:
    """What to do with a commit that is refused. `git merge` takes back what an editor has made of its message."""
    if os.path.basename(message_file) == _OF_MERGES:
        kept = "git has put back the message it proposed" if editor_opens() else "your message is kept"
        return f"the merge is not concluded, and {kept}; put it right with git commit -e, which concludes the merge"
    return f"your message is kept; repeat your git commit with -e -F {_from_where_git_was_started(message_file)}"


def _from_where_git_was_started(path: str) -> str:
    """The path, fit for a shell. Hooks run at the top of the work tree, and git resolves `-F` where it was started."""
    if not os.path.isabs(path):
        path = "../" * os.environ.get("GIT_PREFIX", "").count("/") + path
    if _NEEDS_NO_QUOTES.issuperset(path):
        return path
    from shlex import quote

    return quote(path)
