"""What a message still needs to meet the policy, as far as it can be written without asking the author."""

from collections.abc import Iterator, Mapping, Sequence

from byline.frozen import Frozen
from byline.model import Commit, Finding, Place, Rule, Trailer, Verdict
from byline.policy.case import Case, role_of
from byline.policy.disclosure import disclosing_trailers
from byline.policy.rulings import Ruling, rulings, waived
from byline.policy.schema import Disclosure, Policy
from byline.policy.template import matches, placeholders, render
from byline.policy.verdicts import named_tool
from byline.policy.where import moment

_ASKED = (Verdict.DISCLOSE, Verdict.APPROVE)
_PEOPLE = ("author", "committer")


class Amendments(Frozen):
    """Trailers to add, stamps of tools that these stand for, and trailers to take out; with the rule that asks for it.

    `marks` are those that gave reason to add something.
    """

    add: tuple[str, ...] = ()
    stamps: tuple[Finding, ...] = ()
    drop: tuple[Trailer, ...] = ()
    rule: Rule | None = None
    marks: tuple[str, ...] = ()


def amendments(
    commit: Commit, findings: Sequence[Finding], policy: Policy, models: Mapping[str, str], now: int | None = None
) -> Amendments:
    """What to write into the message of a commit in the making; nothing where a finding is denied.

    `models` has the model for the tools whose model is known.
    """
    when = moment(commit, now)
    level = policy.enforce.get(Place.COMMIT)
    if (level and level[0] == "off") or (policy.since and when is not None and when < policy.since[0]):
        return Amendments()
    ruled = sorted(rulings(commit, findings, policy, when), key=lambda ruling: not ruling.blocks)
    sure = [ruling for ruling in ruled if ruling.counts and ruling.blocks]
    if any(ruling.verdict is Verdict.DENY for ruling in sure):
        return Amendments()
    lines = frozenset((one.finding.line, role_of(one.finding)) for one in sure if one.finding.path is None)
    case = Case(commit, policy, tuple(ruled), Place.COMMIT, waived(commit, policy, when), lines)
    drop = () if case.waived else tuple(case.trailers(*policy.trailers.drop))
    stamps = [ruling for ruling in sure if _is_unwanted_stamp(ruling, policy)]
    asked = list(_undisclosed(case, sure))
    given = disclosing_trailers(case)
    tools = [*asked, *([] if given else stamps)]
    forms = {tool: _line(policy, tool, models) for tool in dict.fromkeys(ruling.finding.tool for ruling in tools)}
    if not all(forms.values()):  # a part of the line is not known: the author has to write it
        return Amendments(drop=drop)
    return Amendments(
        tuple(dict.fromkeys(forms.values())),
        tuple(ruling.finding for ruling in stamps) if forms or given else (),
        drop,
        next((ruling.rule for ruling in [*asked, *stamps]), None),
        tuple(dict.fromkeys(ruling.finding.mark for ruling in tools)),
    )


def _undisclosed(case: Case, sure: Sequence[Ruling]) -> Iterator[Ruling]:
    """Rulings on use that has to be disclosed and is not; of a tool at least one."""
    trailers = case.policy.trailers
    verdicts = _ASKED if trailers.spelled_out else _ASKED[:1]
    asked = [ruling for ruling in sure if ruling.verdict in verdicts]
    if not trailers.disclose or not asked:
        return
    given = disclosing_trailers(case)
    by_name = trailers.names is not None and trailers.names[0] == "require"
    for ruling in asked:
        if not given or (by_name and not _names(case, given, ruling.finding.tool)):
            yield ruling


def _names(case: Case, given: Sequence[Trailer], tool_id: str) -> bool:
    tool = named_tool(case.policy.catalogue, tool_id)
    words = [] if tool is None else [_letters(word) for word in (tool.name, tool.id, *tool.aliases)]
    return tool is None or any(word in _letters(trailer.value) for trailer in given for word in words)


def _letters(text: str) -> str:
    return "".join(character for character in text.lower() if character.isalnum())


def _is_unwanted_stamp(ruling: Ruling, policy: Policy) -> bool:
    """Whether the finding is a trailer in a role that the policy keeps for people, or does not want at all."""
    role = role_of(ruling.finding)
    if ruling.finding.path is not None or ruling.finding.line is None or role in _PEOPLE or not role:
        return False
    return (role in policy.trailers.human_only or role in policy.trailers.forbid) and bool(policy.trailers.disclose)


def _is_a_choice(policy: Policy, form: Disclosure) -> bool:
    """Whether the form is one of several fixed values, among which only the author can choose."""
    fixed = [one for one in policy.trailers.disclose if one.key == form.key and not placeholders(one.template)]
    return form in fixed and len(fixed) > 1


def _line(policy: Policy, tool_id: str, models: Mapping[str, str]) -> str:
    """The first of the policy's forms in which nothing is missing; empty when there is none."""
    tool = named_tool(policy.catalogue, tool_id)
    if tool is None:
        return ""
    model = models.get(tool_id, "")
    known = {"tool": tool.name, "text": tool.name, **({"model": model} if model else {})}
    if policy.trailers.names is not None and policy.trailers.names[0] == "discourage":
        known = {"text": "an AI tool"}
    for form in policy.trailers.disclose:
        if _is_a_choice(policy, form):
            continue
        value = render(form.template, known)
        if matches(form.template, value, [tool.name]):
            return f"{form.key}: {value}"
    return ""
