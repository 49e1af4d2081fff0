"""Holds the description of a change request against `[pull-request]`. Pure; CI hands in the text."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from byline.model import Decision, Outcome, Place, Verdict, Violation
from byline.policy.decide import lessened
from byline.policy.request_demands import PullRequest
from byline.policy.schema import Policy
from byline.policy.wording import listed, tool_name

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*)|\*\*([^*]+)\*\*:?[ \t]*")
_BOX = re.compile(r"[ \t]*[-*+][ \t]+\[([ xX])\][ \t]*(.*)")
_WORDS = re.compile(r"\b(?:AI|LLMs?|GenAI|machine[- ]generated|generative|language models?)\b", re.IGNORECASE)


def decide_request(policy: Policy, text: str, tools: Sequence[str], *, truncated: bool = False) -> Decision:
    """The decision on a description. `tools` are the ids of tools found in the commits whose use must be disclosed.

    A description of which the CI system only gives the beginning (`truncated`) cannot break the policy: what is
    missing may stand in the rest, so the outcome is `skipped`.
    """
    wanted = policy.pull_request
    if wanted is None:
        return Decision(Outcome.OK)
    plain = _COMMENT.sub("", text.replace("\r\n", "\n"))
    reasons = list(_breaches(wanted, plain, [tool_name(policy, tool) for tool in dict.fromkeys(tools)]))
    level, _ = policy.enforce.get(Place.CI, ("block", wanted.rule))
    if not reasons or level == "off":
        return Decision(Outcome.OK, rule=wanted.rule)
    if truncated:
        return Decision(Outcome.SKIPPED, f"the description is cut off, so perhaps {reasons[0]}", wanted.rule)
    asked = Decision(
        Outcome.BLOCKED,
        reasons[0],
        wanted.rule,
        remedies=tuple(_remedies(policy, wanted)),
        violations=tuple(Violation(reason, wanted.rule, Outcome.BLOCKED) for reason in reasons),
    )
    return lessened(asked, policy, level)


def tools_to_disclose(decisions: Iterable[Decision]) -> tuple[str, ...]:
    """Ids of the tools in these decisions on commits whose use has to be disclosed."""
    asked = (Verdict.DISCLOSE, Verdict.APPROVE)
    found = (judged.finding.tool for decision in decisions for judged in decision.judged if judged.verdict in asked)
    return tuple(sorted(set(found)))


def _remedies(policy: Policy, wanted: PullRequest) -> Iterator[str]:
    if wanted.section:
        yield f'Edit the description: fill in the section "{wanted.section}"'
    if wanted.ask:
        yield f"Say in the description: {wanted.ask}"
    if policy.url:
        yield f"The policy: {policy.url}"


def _breaches(wanted: PullRequest, text: str, tools: Sequence[str]) -> Iterator[str]:
    part = text
    if wanted.section:
        found = _section(text, wanted.section)
        if found is None:
            yield f'the description has no section "{wanted.section}"'
            return
        part = found
        if not any(_says_something(line) for line in part.split("\n")):
            yield f'the section "{wanted.section}" is not filled in'
    yield from _boxes(wanted.tick, part)
    if wanted.ask and tools and not wanted.section and not _mentions_ai(text, tools):
        yield f"the description does not say that {listed(tools)} was used"


def _section(text: str, title: str) -> str | None:
    """What stands below a heading, up to the next one of its rank; None without the heading."""
    lines = text.split("\n")
    for number in range(len(lines)):
        rank, heading = _heading(lines, number)
        if rank and _same(heading, title):
            rest = range(number + 1, len(lines))
            inside = takewhile(lambda index: not 0 < _heading(lines, index)[0] <= rank, rest)  # noqa: B023
            return "\n".join(lines[index] for index in inside)
    return None


def _heading(lines: Sequence[str], number: int) -> tuple[int, str]:
    """Rank (1 is the highest, 0 for no heading) and text of a heading."""
    found = _HEADING.fullmatch(lines[number])
    if found:
        return (len(found[1]), found[2]) if found[1] else (7, found[3])
    below = lines[number + 1].strip() if number + 1 < len(lines) else ""
    if lines[number].strip() and len(below) >= 3 and set(below) in ({"="}, {"-"}):
        return (1 if below[0] == "=" else 2), lines[number]
    return 0, ""


def _same(one: str, other: str) -> bool:
    return _plain(one) == _plain(other)


def _plain(text: str) -> str:
    return " ".join(text.strip().rstrip("#").strip("*_: ").lower().split())


def _says_something(line: str) -> bool:
    """Whether the line is more than blank, a rule, or a box that nobody ticked."""
    box = _BOX.fullmatch(line)
    return bool(box and box[1] != " ") if box else bool(line.strip(" \t-=_*>"))


def _boxes(tick: int | str | None, part: str) -> Iterator[str]:
    ticked = [box[2] for line in part.split("\n") if (box := _BOX.fullmatch(line)) and box[1] != " "]
    if isinstance(tick, int) and len(ticked) != tick:
        yield f"the number of ticked boxes must be {tick}, and it is {len(ticked)}"
    elif isinstance(tick, str) and not any(_plain(tick) in _plain(text) for text in ticked):
        yield f'the box "{tick}" is not ticked'


def _mentions_ai(text: str, tools: Sequence[str]) -> bool:
    lowered = text.lower()
    return _WORDS.search(text) is not None or any(tool.lower() in lowered for tool in tools)
