"""What byline has changed in a message, why, and how to undo it."""

from collections.abc import Sequence

from byline.model import Rule
from byline.reporters.notices import tell

_LONGEST = 200
_WHERE = "in your message: "
_ASKED = "asked for by the policy: "
_UNDO = "git -c byline.write=false commit --amend"

IN_EDITOR = "to undo it: delete the line"
AFTER_COMMIT = f"to change the message back: {_UNDO}"
ONCE_COMMITTED = f"to change the message back once the commit is made: {_UNDO}"


def tell_amendment(changes: Sequence[tuple[str, str]], rules: Sequence[Rule], refused_by: Sequence[Rule]) -> None:
    """Say which lines were added, replaced, moved and removed, by which rules, and which rules would refuse them."""
    for before, after in changes:
        for number, line in enumerate(_told(before[:_LONGEST], after[:_LONGEST])):
            tell(f"{' ' * len(_WHERE) if number else _WHERE}{line}")
    told = list(dict.fromkeys(rules))
    for number, rule in enumerate(rule for rule in told if rule.file):
        tell(f"{'and by: '.rjust(len(_ASKED)) if number else _ASKED}{rule}")
    for rule in told:
        if not rule.file:
            tell(f"because {rule}")
    for rule in dict.fromkeys(refused_by):
        if rule not in told:
            tell(f"not allowed in a message by the policy: {rule}")


def tell_way_back(undo: str, marks: Sequence[str]) -> None:
    """Say how to undo it, if there is a way that the policy allows, and where to read on if a mark is wrong."""
    wrong = f"if the mark is wrong: byline explain {marks[0]}" if marks else ""
    if undo or wrong:
        tell("; ".join(filter(None, (undo, wrong))))


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
