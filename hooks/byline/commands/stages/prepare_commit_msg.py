"""The prepare-commit-msg hook: show the author, in the editor, the disclosure that the policy asks for.

What is known to be due is written into a message that is there already; while there is none yet it stands in a comment,
and the commit-msg hook adds it. Without an editor commit-msg does all of this, except where git replays commits and
does not run it. It never stops a commit: git runs it even for `git commit --no-verify`.
"""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from byline.errors import EXIT_OK, BylineError, UsageError
from byline.repository.message_file import LONGEST_MESSAGE, comment_mark, editor_opens

if TYPE_CHECKING:
    from byline.commands.judge import Judge
    from byline.policy.schema import Policy
    from byline.repository.configuration import AskedConfiguration
    from byline.repository.location import Repository

_MOST_FORMS = 4
_KEEPS_COMMENTS = ("whitespace", "verbatim")
_REPLAYS = ("CHERRY_PICK_HEAD", "REVERT_HEAD", "rebase-merge")
_OF_REVERTS = (b'Revert "', b'Reapply "')
_WRITTEN_BEFORE = ("message", "commit", "merge", "squash")
"""The sources of a message that is there before the editor opens, and that git takes if nothing is changed."""


def run(arguments: Sequence[str], policy: str | None) -> int:
    """Put a disclosure into the message file, or a comment that says how to disclose."""
    if not arguments:
        raise UsageError("the prepare-commit-msg hook needs the message file", "git hands it over as first argument.")
    source = os.environ.get("PRE_COMMIT_COMMIT_MSG_SOURCE") or "".join(arguments[1:2])
    if not editor_opens() and not _replays(arguments[0]):
        return EXIT_OK
    try:
        _prepare(arguments[0], source, policy)
    except (BylineError, OSError) as error:
        from byline.reporters.notices import tell

        tell(f"no word about the policy in your message: {error}")
    return EXIT_OK


def _replays(message_file: str) -> bool:
    """Whether git makes a commit from another one, by cherry-pick, rebase or revert; commit-msg may not run then."""
    git_dir = os.path.dirname(message_file)
    if any(os.path.lexists(os.path.join(git_dir, name)) for name in _REPLAYS):
        return True
    try:
        with open(message_file, "rb") as file:  # a revert without a conflict leaves no other sign
            return file.read(16).startswith(_OF_REVERTS)
    except OSError:
        return False


def _prepare(message_file: str, source: str, policy_option: str | None) -> None:
    from byline.commands.judge import prepare_judge
    from byline.repository.configuration import AskedConfiguration
    from byline.repository.discovery import discover

    repository = discover()
    edited = editor_opens()
    with AskedConfiguration(repository) as configuration:
        judge = prepare_judge(repository, policy_option)
        settings = configuration.answer().settings
        owed = _amend(repository, judge, message_file, configuration, add=not edited or source in _WRITTEN_BEFORE)
    if edited and settings.get("commit.cleanup") not in _KEEPS_COMMENTS and (owed or source != "merge"):
        _comment(message_file, judge.policy, settings, _due(owed, added_later=source != "template") if owed else [])


def _amend(
    repository: "Repository", judge: "Judge", message_file: str, configuration: "AskedConfiguration", *, add: bool
) -> tuple[str, ...]:
    """Put right what is there; the lines that are due and could not be added yet."""
    from byline.commands.stages.amending import amend, may_need_amending, readable
    from byline.commands.stages.environment import in_environment
    from byline.repository.message_file import message_commit
    from byline.repository.pending import PendingCommit

    settings = configuration.answer().settings
    (quick,) = in_environment(repository, judge, [message_commit(message_file, settings)])
    text = readable(message_file, settings) if may_need_amending(judge, quick) else None
    if text is None:
        return ()
    with PendingCommit(repository, configuration) as pending:
        commit = pending.read(judge.detection.search, message_file=message_file)
    commit = commit._replace(environment=quick.environment)
    amended = amend(judge, message_file, text, commit, settings, add=add)
    if amended is None:
        return ()
    if amended.changes:
        from byline.reporters.amendment_text import IN_EDITOR, ONCE_COMMITTED, tell_way_back

        adds = any(change.after != change.before and change.after for change in amended.changes)
        undo = (IN_EDITOR if adds else "") if editor_opens() else ONCE_COMMITTED
        tell_way_back(undo if amended.can_be_undone else "", amended.marks)
    return amended.owed


def _comment(message_file: str, policy: "Policy", settings: dict[str, str], due: Sequence[str]) -> None:
    if not policy.trailers.disclose or os.path.getsize(message_file) > LONGEST_MESSAGE:
        return
    with open(message_file, encoding="utf-8", errors="surrogateescape", newline="") as file:
        text = file.read()
    mark = comment_mark(text, settings)
    keys = tuple(f"{disclosure.key.lower()}:" for disclosure in policy.trailers.disclose)
    if f"{mark} byline:" in text or any(line.lower().startswith(keys) for line in text.split("\n")):
        return
    from byline.actions.message_comment import with_comment
    from byline.actions.replace_file import replace_file
    from byline.reporters.policy_text import asks_for_disclosure

    if not asks_for_disclosure(policy):
        return
    commented = with_comment(text, mark, due or _words(policy))
    if commented != text:
        replace_file(message_file, commented.encode("utf-8", "surrogateescape"))


def _due(owed: Sequence[str], *, added_later: bool) -> list[str]:
    """What to say of lines that are due. Added to a template that nobody edited, they would make it a message."""
    from byline.commands.stages.amending import INDENT, PROMISE
    from byline.reporters.escape import escape

    head = PROMISE if added_later else "byline: an AI tool runs this commit; say so with this trailer:"
    return [head, *(f"{INDENT}{escape(line)}" for line in owed)]


def _words(policy: "Policy") -> list[str]:
    from byline.reporters.escape import escape
    from byline.reporters.policy_text import disclosure_forms

    forms = disclosure_forms(policy)
    several = ", one of these" if len(forms) > 1 else ""
    words = [
        f"byline: if an AI tool had a part in this change, say so with a trailer{several}:",
        *(f"    {escape(form)}" for form in forms[:_MOST_FORMS]),
    ]
    if policy.url:
        words.append(f"The policy: {escape(policy.url)}")
    return words
