"""Values out of environment variables and event files, which may say anything."""

import re

from byline.errors import UnreadableInput

_ID = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_SHORT_ID = re.compile(r"[0-9a-f]{7,64}")
_FORBIDDEN_IN_REFS = re.compile(r"[\x00-\x20\x7f~^:?*\[\\]|\.\.|@\{|//|\.lock(?:/|$)|^[-/.]|[/.]$")
_SHOWN = 60


def commit_id(value: str, where: str) -> str:
    """A full commit id; empty for nothing and for the id of zeros that stands for no commit.

    Raises UnreadableInput for anything else. `where` names the variable or field.
    """
    text = value.strip().lower()
    if not text.strip("0"):
        return ""
    if not _ID.fullmatch(text):
        raise UnreadableInput(
            f"{where} holds no commit id: {value[:_SHOWN]!r}", "Name the commits with --base and --head."
        )
    return text


def needed_id(value: str, where: str) -> str:
    """As `commit_id`, where there must be one. Raises UnreadableInput."""
    found = commit_id(value, where)
    if not found:
        raise UnreadableInput(f"the run names no commit in {where}", "Name the commits with --base and --head.")
    return found


def abbreviated_id(value: str, where: str) -> str:
    """As `commit_id`, for systems that abbreviate ids to no less than seven digits."""
    text = value.strip().lower()
    return text if _SHORT_ID.fullmatch(text) and text.strip("0") else commit_id(value, where)


def branch_name(value: str, where: str) -> str:
    """A branch without `refs/heads/`; empty for nothing. Raises UnreadableInput for what git takes for no branch.

    The rules: https://git-scm.com/docs/git-check-ref-format
    """
    name = value.strip().removeprefix("refs/heads/")
    if name and (_FORBIDDEN_IN_REFS.search(name) or name == "@"):
        raise UnreadableInput(
            f"{where} holds no branch name: {value[:_SHOWN]!r}", "Name the commits with --base and --head."
        )
    return name


def is_number(value: str) -> bool:
    """Whether a value is the number of a change request: some systems say `false` where there is none."""
    return value.isascii() and value.isdigit()


def names(value: str, separator: str = ",") -> tuple[str, ...] | None:
    """A list in one variable; None when the variable is empty, which may mean that nothing is known."""
    found = tuple(word.strip() for word in value.split(separator) if word.strip())
    return found or None
