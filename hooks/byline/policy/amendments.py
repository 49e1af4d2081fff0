"""What a message still needs to meet the policy, as far as it can be written without asking the author."""

from collections.abc import Iterator, Mapping, Sequence

from byline.frozen import Frozen
from byline.model import Commit, Finding, Place, Rule, Verdict
from byline.policy.case import Case, role_of
from byline.policy.disclosure import disclosing_trailers, lacks_name
from byline.policy.rulings import Ruling, rulings, waived
from byline.policy.schema import Disclosure, Policy
from byline.policy.template import matches, placeholders, render
from byline.policy.verdicts import named_tool
from byline.policy.where import moment

_ASKED = (Verdict.DISCLOSE, Verdict.APPROVE)
_PEOPLE = ("author", "committer")


class Unwanted(Frozen):
    """A line to take out of the message: the rule that asks for that, and the one that refuses the line.

    `mark` is the one it carries, if that is the reason.
    """

    line: int
    rule: Rule
    refused_by: Rule
    mark: str = ""


class Amendments(Frozen):
    """Trailers to add with the rule that asks for it, stamps of tools that these stand for, and trailers to take out.

    `marks` are those that gave reason to add something.
    """

    add: tuple[str, ...] = ()
    stamps: tuple[Unwanted, ...] = ()
    drop: tuple[Unwanted, ...] = ()
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
    drop = () if case.waived else tuple(_dropped(case))
    stamps = [ruling for ruling in sure if _is_unwanted_stamp(ruling, policy)]
    asked = list(_undisclosed(case, sure))
    given = disclosing_trailers(case)
    tools = [*asked, *([] if given else stamps)]
    forms = {tool: _line(policy, tool, models) for tool in dict.fromkeys(ruling.finding.tool for ruling in tools)}
    if not all(forms.values()):  # a part of the line is not known: the author has to write it
        return Amendments(drop=drop)
    unwanted = tuple(_unwanted(ruling.finding, policy) for ruling in stamps)
    return Amendments(
        tuple(dict.fromkeys(forms.values())),
        unwanted if forms or given else (),
        drop,
        next(iter([*(one.rule for one in asked), *(one.rule for one in unwanted)]), None),
        tuple(dict.fromkeys(ruling.finding.mark for ruling in tools)),
    )


def _dropped(case: Case) -> Iterator[Unwanted]:
    trailers = case.policy.trailers
    for trailer in case.trailers(*trailers.drop):
        key = trailer.key.lower()
        yield Unwanted(trailer.line, trailers.drop[key], trailers.forbid[key])


def _unwanted(stamp: Finding, policy: Policy) -> Unwanted:
    role = role_of(stamp)
    rule = policy.trailers.human_only.get(role) or policy.trailers.forbid[role]
    return Unwanted(stamp.line or 0, rule, rule, stamp.mark)


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
        if not given or (by_name and lacks_name(case, given, ruling.finding.tool)):
            yield ruling


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
