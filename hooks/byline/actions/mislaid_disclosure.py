"""Disclosures that the author or a tool has written, and that git would not read as trailers."""

from collections.abc import Container, Iterator, Sequence
from itertools import islice

from byline.catalogue.lookalikes import plain
from byline.detectors.footers import footer_name
from byline.detectors.key_spelling import is_spelt_like
from byline.detectors.message_lines import message_lines
from byline.lazy_pattern import lazy_pattern
from byline.policy.schema import Disclosure, Policy
from byline.policy.template import matches
from byline.policy.verdicts import named_tool
from byline.repository.message_draft import Draft

_Found = tuple[int, str, str]
"""Number of a line, the key as the policy spells it, and the value."""

_LONGEST = 1000
_MOST = 50
_KEY = lazy_pattern(r"\w[\w -]{1,60}")


def repair(draft: Draft, policy: Policy) -> Iterator[tuple[str, str]]:
    """Put such disclosures right in the draft. Yields each line as it was and as it is: the same if it only moved.

    A footer that is glued to the trailers below it gets a blank line; a key is spelt as the policy spells it, if the
    value names a tool; a disclosure above another paragraph goes to the end, if it stands there by itself.
    """
    if not policy.trailers.disclose:
        return
    yield from _unglue(draft)
    found = list(islice(_disclosures(draft, policy), _MOST + 1))
    if len(found) > _MOST:
        return
    yield from _respell(draft, found)
    yield from _move(draft, policy)


def _respell(draft: Draft, found: Sequence[_Found]) -> Iterator[tuple[str, str]]:
    """Spell keys as the policy does. Where the same line stands there already, once is enough."""
    numbers = frozenset(number for number, _, _ in found)
    there = {str(trailer).lower() for trailer in draft.trailers}
    wrong: list[tuple[int, str, str]] = []
    for number, key, value in found:
        line, right = draft.lines[number - 1], f"{key}: {value}"
        is_misspelt = line.partition(":")[0].strip().lower() != key.lower()
        if is_misspelt and (draft.stands_in_block(number) or _stands_alone(draft, number, numbers)):
            wrong.append((number, line, "" if right.lower() in there else right))
            there.add(right.lower())
    for number, line, right in reversed(wrong):
        if right:
            draft.replace(number, right)
        else:
            draft.remove(range(number, number + 1))
        yield line, right


def _unglue(draft: Draft) -> Iterator[tuple[str, str]]:
    last = next((number for number in range(len(draft.lines), 0, -1) if draft.lines[number - 1]), 0)
    if not last or draft.stands_in_block(last) or not draft.is_trailer_like(last):
        return
    first = last
    numbers = draft.paragraph(last)
    while first > numbers.start and draft.is_trailer_like(first - 1):
        first -= 1
    if first > numbers.start and footer_name(draft.lines[first - 2]):
        glued = draft.lines[first - 2]
        draft.insert(first, [""])
        yield glued, glued


def _move(draft: Draft, policy: Policy) -> Iterator[tuple[str, str]]:
    """Take disclosures that stand by themselves to the end, in their order."""
    moved = []
    found = sorted(_disclosures(draft, policy), reverse=True)
    numbers = frozenset(number for number, _, _ in found)
    for number, key, value in found:
        if not draft.stands_in_block(number) and _stands_alone(draft, number, numbers):
            moved.append((draft.lines[number - 1], f"{key}: {value}"))
            draft.remove(range(number, number + 1))
    moved.reverse()
    has = {(trailer.key.lower(), trailer.value) for trailer in draft.trailers}
    new = [line for _, line in moved if (line.partition(": ")[0].lower(), line.partition(": ")[2]) not in has]
    if new:
        draft.append(list(dict.fromkeys(new)))
    yield from moved


def _stands_alone(draft: Draft, number: int, disclosures: Container[int]) -> bool:
    """Whether the whole paragraph, which is not the title, consists of trailers, footers and disclosures."""
    numbers = draft.paragraph(number)
    if not any(draft.lines[: numbers.start - 1]):
        return False
    others = (one for one in numbers if one not in disclosures and not draft.lines[one - 1].startswith("#"))
    return all(draft.is_trailer_like(one) or footer_name(draft.lines[one - 1]) for one in others)


def _disclosures(draft: Draft, policy: Policy) -> Iterator[_Found]:
    """Number, right key and value of each line that discloses, wherever it stands."""
    for line in message_lines(draft.message):
        if draft.lines[line.number - 1].strip() != line.text or len(line.text) > _LONGEST or line.copied:
            continue
        key, colon, value = line.text.partition(":")
        if not colon or draft.folded(line.number).stop > line.number + 1:
            continue
        for form in policy.trailers.disclose:
            is_key = _is_key(key, value, form, policy) and _KEY.fullmatch(key)
            if is_key and matches(form.template, value.strip(), _names(policy)):
                yield line.number, form.key, value.strip()
                break


def _is_key(key: str, value: str, form: Disclosure, policy: Policy) -> bool:
    """Whether it is the form's key, or was meant to be: then the value has to name a tool that the catalogue knows."""
    written, wanted = plain(key).strip(), form.key.lower()
    if written == wanted:
        return True
    return is_spelt_like(written, wanted) and _names_tool(value, policy)


def _names_tool(value: str, policy: Policy) -> bool:
    text = f" {plain(value)} "
    return any(
        f" {name.lower()}" in text and named_tool(policy.catalogue, tool_id) is not None
        for tool_id, tool_name in policy.catalogue.tool_names.items()
        for name in (tool_name, tool_id)
    )


def _names(policy: Policy) -> list[str]:
    return list(policy.catalogue.tool_names.values())
