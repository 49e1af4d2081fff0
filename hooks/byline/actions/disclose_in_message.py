"""Puts the disclosure that a policy asks for into a message: in the right place, once, and nothing else changes.

What git would lose is repaired, a tool's own stamp gives way to the form that the policy wants where the policy keeps
the stamp's role for people, and forbidden trailers are dropped where the policy says so. A sign-off is never written,
and a line in which something is not known is left to the author.
"""

from collections.abc import Callable, Container, Mapping, Sequence
from itertools import zip_longest

from byline.actions.mislaid_disclosure import repair
from byline.actions.stated_model import stated_models
from byline.frozen import Frozen
from byline.model import Commit, Finding, Rule
from byline.policy.amendments import Amendments, Unwanted, amendments
from byline.policy.schema import Policy
from byline.repository.message_draft import Draft
from byline.repository.message_file import Cleanup

MOST_CHANGES = 100
"""Lines of a message that are taken out; a message with more of them is none that a tool has written."""

_MOST_ROUNDS = 6

Detect = Callable[[Commit], Sequence[Finding]]


class Change(Frozen):
    """A line of a message that was taken out, put in, or both: `before` gave way to `after`.

    `rules` ask for it; `refused_by` is the rule by which the policy refuses what was taken out.
    """

    before: str
    after: str
    rules: tuple[Rule, ...] = ()
    refused_by: Rule | None = None


class Amended(Frozen):
    """A message file put right. `owed` are lines to add that were not added, because the author has to see them first.

    `marks` gave the reason.
    """

    text: str
    changes: tuple[Change, ...] = ()
    owed: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()

    @property
    def can_be_undone(self) -> bool:
        """Whether the message may be put back as it was: not if all that went are lines that the policy refuses."""
        return any(change.after or change.refused_by is None for change in self.changes)


def amend_message(
    text: str,
    cleanup: Cleanup,
    commit: Commit,
    detect: Detect,
    policy: Policy,
    *,
    add: bool,
    agreed: Container[str] = (),
    now: int | None = None,
) -> Amended:
    """The message file put right for a commit. What `commit` says of its message is not looked at.

    Without `add` only what the message itself says is put right, and lines are added that the author has seen and
    agreed to; to a message without text none is. A second time
    nothing is left to change; where that cannot be had, or git would then read other trailers than were meant, the
    file stays as it is.
    """
    wants = _Wants(commit, detect, policy, add, agreed, now)
    first = done = _amended_once(text, cleanup, wants)
    changes = list(done.changes)
    for _ in range(_MOST_ROUNDS):
        again = _amended_once(done.text, cleanup, wants) if done.text != text else done
        if again.text == done.text:
            if not _keeps_trailers(Draft(text, cleanup), Draft(done.text, cleanup), changes):
                break
            return first._replace(text=done.text, changes=tuple(changes))
        changes += again.changes
        done = again
    return Amended(text, owed=first.owed, marks=first.marks)


class _Wants(Frozen):
    """What a message is held against, and which lines may be added to it."""

    commit: Commit
    detect: Detect
    policy: Policy
    add: bool
    agreed: Container[str]
    now: int | None


def _keeps_trailers(before: Draft, after: Draft, changes: Sequence[Change]) -> bool:
    """Whether git still reads every trailer that was not changed, in the same order."""
    touched = {change.before.partition(":")[0].strip().lower() for change in changes}
    rest = iter([(trailer.key, trailer.value) for trailer in after.trailers])
    return all((one.key, one.value) in rest for one in before.trailers if one.key.lower() not in touched)


def _amended_once(text: str, cleanup: Cleanup, wants: _Wants) -> Amended:
    draft = Draft(text, cleanup)
    changes = [Change(before, after) for before, after in repair(draft, wants.policy)]
    seen = wants.commit._replace(message=draft.message, trailers=draft.trailers)
    findings = wants.detect(seen)
    wanted = amendments(seen, findings, wants.policy, stated_models(findings), wants.now)
    lines = _lines_to_add(draft, wanted, findings, wants)
    owed = tuple(line for line in wanted.add if line not in lines)
    stamps = () if owed else wanted.stamps
    gone = _gone(draft, stamps, wanted.drop)
    expected = _expected(draft, gone, lines)
    why = {unwanted.line: unwanted for unwanted in (*stamps, *wanted.drop)}
    changes += _apply(draft, gone[:MOST_CHANGES], lines, why, wanted.rule)
    if len(gone) > MOST_CHANGES or [(trailer.key, trailer.value) for trailer in draft.trailers] != expected:
        return Amended(text, owed=wanted.add, marks=wanted.marks)
    marks = dict.fromkeys((*wanted.marks, *(stamp.mark for stamp in stamps)))
    return Amended(draft.text, tuple(changes), owed, tuple(marks))


def _lines_to_add(draft: Draft, wanted: Amendments, findings: Sequence[Finding], wants: _Wants) -> tuple[str, ...]:
    if not draft.has_text:
        return ()
    in_message = {finding.mark for finding in findings if finding.line is not None and finding.path is None}
    if wants.add or in_message & set(wanted.marks):
        return wanted.add
    return tuple(line for line in wanted.add if line in wants.agreed)


def _gone(draft: Draft, stamps: Sequence[Unwanted], drop: Sequence[Unwanted]) -> list[range]:
    """The lines to take out, each trailer with all its lines; last ones first.

    A stamp that goes on in a further line is left to the author: who knows what that line is.
    """
    dropped = {trailer.line for trailer in drop}
    stamped = {stamp.line for stamp in stamps if stamp.line and stamp.line <= len(draft.lines)}
    found = [draft.folded(start) for start in sorted(stamped | dropped, reverse=True)]
    return [numbers for numbers in found if len(numbers) == 1 or numbers.start in dropped]


def _expected(draft: Draft, gone: Sequence[range], lines: Sequence[str]) -> list[tuple[str, str]]:
    """What git is to read afterwards: as before without what goes, and the new ones."""
    stays = [trailer for trailer in draft.trailers if not any(trailer.line in numbers for numbers in gone)]
    added = [(line.partition(": ")[0], line.partition(": ")[2]) for line in lines]
    first = _place(draft, gone)
    at = sum(trailer.line < first for trailer in stays) if first else len(stays)
    pairs = [(trailer.key, trailer.value) for trailer in stays]
    return [*pairs[:at], *added, *pairs[at:]]


def _place(draft: Draft, gone: Sequence[range]) -> int:
    """The line in whose place new lines go: the first trailer that goes; 0 for the end of the trailers."""
    numbers = {trailer.line for trailer in draft.trailers}
    return min((lines.start for lines in gone if lines.start in numbers), default=0)


def _apply(
    draft: Draft, gone: Sequence[range], lines: Sequence[str], why: Mapping[int, Unwanted], added_by: Rule | None
) -> list[Change]:
    place = _place(draft, gone) if lines else 0
    removed = [(draft.lines[numbers.start - 1], why[numbers.start]) for numbers in reversed(gone)]
    for numbers in gone:
        if numbers.start == place:
            draft.substitute(numbers, lines)
        else:
            draft.remove(numbers)
    if lines and not place:
        draft.append(lines)
    rules = (added_by,) if added_by is not None else ()
    changes = []
    for out, line in zip_longest(removed, lines):
        asked = rules if line else ()
        before, unwanted = out or ("", None)
        if unwanted is None:
            changes.append(Change(before, line or "", asked))
        else:
            changes.append(Change(before, line or "", (*asked, unwanted.rule), unwanted.refused_by))
    return changes
