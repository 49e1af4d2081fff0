"""The prepare-commit-msg hook: tell the author, in the editor, how the policy wants AI use disclosed.

It never changes the message and never stops a commit: git runs it even for `git commit --no-verify`.
"""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from byline.errors import EXIT_OK, BylineError, UsageError
from byline.repository.message_file import comment_mark, editor_opens

if TYPE_CHECKING:
    from byline.policy.schema import Policy

_MOST_FORMS = 4
_KEEPS_COMMENTS = ("whitespace", "verbatim")


def run(arguments: Sequence[str], policy: str | None) -> int:
    """Put a comment into the message file when an editor will open and the policy names disclosure trailers."""
    if not arguments:
        raise UsageError("the prepare-commit-msg hook needs the message file", "git hands it over as first argument.")
    source = os.environ.get("PRE_COMMIT_COMMIT_MSG_SOURCE") or "".join(arguments[1:2])
    if not editor_opens() or source == "merge":
        return EXIT_OK
    try:
        _comment(arguments[0], policy)
    except (BylineError, OSError) as error:
        from byline.reporters.notices import tell

        tell(f"no word about the policy in your editor: {error}")
    return EXIT_OK


def _comment(message_file: str, policy_option: str | None) -> None:
    from byline.actions.message_comment import with_comment
    from byline.commands.judge import prepare_judge
    from byline.reporters.policy_text import asks_for_disclosure
    from byline.repository.configuration import read_configuration
    from byline.repository.discovery import discover

    repository = discover()
    policy = prepare_judge(repository, policy_option).policy
    settings = read_configuration(repository).settings
    if (
        not (policy.trailers.disclose and asks_for_disclosure(policy))
        or settings.get("commit.cleanup") in _KEEPS_COMMENTS
    ):
        return
    with open(message_file, encoding="utf-8", errors="surrogateescape", newline="") as file:
        text = file.read()
    mark = comment_mark(text, settings)
    keys = tuple(f"{disclosure.key.lower()}:" for disclosure in policy.trailers.disclose)
    if f"{mark} byline:" in text or any(line.lower().startswith(keys) for line in text.split("\n")):
        return
    with open(message_file, "w", encoding="utf-8", errors="surrogateescape", newline="") as file:
        file.write(with_comment(text, mark, _words(policy)))


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
