"""What byline has changed in a message, why, and how to undo it."""

from collections.abc import Sequence

from byline.model import Rule
from byline.reporters.notices import tell

_LONGEST = 200
_WHERE = "in your message: "


def tell_amendment(
    changes: Sequence[tuple[str, str]], rule: Rule | None, marks: Sequence[str], *, in_editor: bool
) -> None:
    """Say which lines were added, replaced, moved and removed. In an editor the author sees them too."""
    for before, after in changes:
        for number, line in enumerate(_told(before[:_LONGEST], after[:_LONGEST])):
            tell(f"{' ' * len(_WHERE) if number else _WHERE}{line}")
    if rule is not None and rule.file:
        tell(f"asked for by the policy: {rule}")
    undo = "delete the line" if in_editor else "git -c byline.write=false commit --amend"
    tell(f"to undo it: {undo}" + (f"; if it is wrong: byline explain {marks[0]}" if marks else ""))


def _told(before: str, after: str) -> tuple[str, ...]:
    if not before:
        return (f"added    {after}",)
    if not after:
        return (f"removed  {before}",)
    if before == after:
        return (f"moved to where Git reads it  {after}",)
    return f"replaced {before}", f"with     {after}"


def tell_unchanged(lines: Sequence[str], reason: str) -> None:
    """Say that a message could not be changed, and which lines it lacks."""
    tell(f"the message was left as it is: {reason}")
    for line in lines:
        tell(f"it lacks this line: {line}")
