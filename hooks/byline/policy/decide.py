"""What a policy makes of a commit. Pure: the same commit, findings and policy always give the same decision."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from byline.model import Commit, Decision, Finding, Judged, Outcome, Place, Rule, Shows, Surface, Verdict, Violation
from byline.policy.case import Breach, Case, role_of
from byline.policy.rulings import Ruling, rulings, waived
from byline.policy.schema import Layer, Policy
from byline.policy.where import moment
from byline.policy.wording import listed, tool_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from byline.catalogue.schema import Mark, Tool


class _NoTools:
    """A catalogue that knows nothing."""

    @property
    def tools(self) -> "Mapping[str, Tool]":
        return {}

    @property
    def tool_names(self) -> Mapping[str, str]:
        return {}

    def tool(self, name: str) -> "Tool | None":  # noqa: ARG002
        return None

    def mark(self, mark_id: str) -> "Mark | None":  # noqa: ARG002
        return None


NO_POLICY = Policy(
    Layer(ai=(Verdict.ALLOW, Rule("no policy"))),
    _NoTools(),
    enforce={place: ("note", Rule("no policy")) for place in Place},
)
"""What holds where no policy was found: marks are noted and nothing blocks."""

Check = Callable[[Case], Iterable[Breach]]
"""Looks at one demand of a policy."""

_MILDEST_FIRST = (Outcome.OK, Outcome.ANNOTATED, Outcome.WARNED, Outcome.SKIPPED, Outcome.BLOCKED)
_LEVELS = {"note": Outcome.ANNOTATED, "warn": Outcome.WARNED, "block": Outcome.BLOCKED}
_DEFAULT_LEVEL = ("block", Rule("[enforce] blocks where it says nothing else"))


def decide(
    commit: Commit, findings: Sequence[Finding], policy: Policy, place: Place, *, now: int | None = None
) -> Decision:
    """The decision on a commit in a place. `now` (seconds since 1970) dates a commit that has no date.

    A policy with a floor is asked together with it, and the stricter answer holds.
    """
    decision = _decide(commit, findings, policy, place, now)
    if policy.floor is None:
        return decision
    return _stricter(decide(commit, findings, policy.floor, place, now=now), decision)


def _decide(commit: Commit, findings: Sequence[Finding], policy: Policy, place: Place, now: int | None) -> Decision:
    when = moment(commit, now, claimed=policy.evidence.claimed_dates)
    ruled = rulings(commit, findings, policy, when)
    judged = tuple(Judged(ruling.finding, ruling.verdict, ruling.rule) for ruling in ruled)
    level, level_rule = policy.enforce.get(place, _DEFAULT_LEVEL)
    quiet = Outcome.ANNOTATED if findings else Outcome.OK
    if policy.since is not None and when is not None and when < policy.since[0]:
        return _or_skipped(Decision(quiet, "the commit is older than the policy", policy.since[1], judged), commit)
    if commit.sha is not None and commit.sha in policy.baseline:
        return _or_skipped(Decision(quiet, "the commit is the policy's baseline", None, judged), commit)
    checks = _checks(commit, policy, findings)
    asked = _asked(checks, commit, policy, place, when, ruled, judged) if checks else Decision(quiet)
    if level == "off":
        off = Decision(Outcome.OK, f"the policy is off at {place.value}", level_rule, judged)
        return off._replace(if_enforced=asked.outcome) if asked.outcome in (Outcome.WARNED, Outcome.BLOCKED) else off
    return _or_skipped(lessened(asked, policy, level), commit)


def _asked(
    checks: Iterable[Check],
    commit: Commit,
    policy: Policy,
    place: Place,
    when: int | None,
    ruled: Sequence[Ruling],
    judged: tuple[Judged, ...],
) -> Decision:
    """What the policy asks for, wherever it is judged."""
    tool_lines = frozenset(
        (ruling.finding.line, role_of(ruling.finding))
        for ruling in ruled
        if ruling.blocks and ruling.finding.path is None
    )
    case = Case(commit, policy, tuple(sorted(ruled, key=_order)), place, waived(commit, policy, when), tool_lines)
    if judged:
        from byline.policy.disclosure import settled

        judged = settled(case, judged)
    breaches = [breach for check in checks for breach in check(case)]
    return _breached(case, breaches, judged) if breaches else _met(case, judged)


def lessened(asked: Decision, policy: Policy, level: str) -> Decision:
    """What becomes of a decision where a policy goes as far as `level` (note, warn or block) and perhaps is no draft.

    What it would be without that stays in `if_enforced`.
    """
    ceiling = _LEVELS[level]
    if policy.proposed:
        ceiling = _milder(ceiling, Outcome.WARNED)
    if _milder(asked.outcome, ceiling) is asked.outcome:
        return asked
    violations = tuple(one._replace(outcome=_milder(one.outcome, ceiling)) for one in asked.violations)
    return asked._replace(outcome=ceiling, violations=violations, if_enforced=asked.outcome)


def _milder(one: Outcome, other: Outcome) -> Outcome:
    return min(one, other, key=_MILDEST_FIRST.index)


def _order(ruling: Ruling) -> tuple[str, str, str, int, str, str]:
    """Sorts rulings, so that the order in which findings arrive makes no difference."""
    finding = ruling.finding
    return finding.tool, finding.mark, finding.path or "", finding.line or 0, finding.text, finding.role or ""


def _checks(commit: Commit, policy: Policy, findings: Sequence[Finding]) -> list[Check]:
    """The demands to look at, the weightiest first. Of those that rest on marks, none is loaded without a finding."""
    checks: list[Check] = []
    if policy.trailers.forbid or policy.trailers.require:
        from byline.policy.trailer_demands import forbidden, required

        checks += [forbidden, required]
    if findings:
        from byline.policy.denials import denied, humans_only
        from byline.policy.disclosure import products_named, undisclosed

        checks = [denied, humans_only, *checks[:1], undisclosed, *_approvals(policy), *checks[1:], products_named]
        if policy.trailers.require_with_ai:
            from byline.policy.disclosure import required_with_ai

            checks.append(required_with_ai)
    if policy.trailers.spelled_out and _discloses(commit, policy):
        from byline.policy.disclosure import malformed

        checks.append(malformed)
    if any(finding.surface is Surface.CONFIG for finding in findings):
        from byline.policy.hidden import unreadable

        checks.append(unreadable)
    if any(finding.shows is Shows.SUPPRESSION for finding in findings):
        from byline.policy.hidden import hidden

        checks.append(hidden)
    if policy.limits or policy.markers:
        from byline.policy.bounds import marked, too_large

        checks += [marked, too_large]
    return checks


def _discloses(commit: Commit, policy: Policy) -> bool:
    keys = [form.key.lower() for form in policy.trailers.disclose]
    return any(trailer.key.lower() in keys for trailer in commit.trailers)


def _approvals(policy: Policy) -> list[Check]:
    if not any(verdict == Verdict.APPROVE for verdict in _verdicts(policy)):
        return []
    from byline.policy.approval import unapproved

    return [unapproved]


def _verdicts(policy: Policy) -> Iterable[Verdict]:
    for layer in (policy.base, *(scope.layer for scope in policy.scopes)):
        tables = (layer.tools, layer.vendors, layer.hosting, layer.modes)
        yield from (verdict for table in tables for verdict, _ in table.values())
        if layer.ai:
            yield layer.ai[0]


def _met(case: Case, judged: tuple[Judged, ...]) -> Decision:
    """A decision on a commit that meets every demand."""
    quiet = Outcome.ANNOTATED if judged else Outcome.OK
    counted = list(case.counted)
    if not case.policy.files and judged:
        return Decision(quiet, "there is no policy, so marks are only noted", judged[0].rule, judged)
    if not counted:
        return Decision(quiet, judged=judged)
    strictest = max(counted, key=lambda ruling: ruling.verdict)
    names = listed(list(dict.fromkeys(tool_name(case.policy, ruling.finding.tool) for ruling in counted)))
    said = "is allowed here"
    if strictest.verdict != Verdict.ALLOW:
        said = "is disclosed" if strictest.verdict == Verdict.DISCLOSE else "is approved"
        if not case.written:
            said = "has to be disclosed in the message"
        elif not case.policy.trailers.disclose and strictest.verdict == Verdict.DISCLOSE:
            said = "has to be disclosed in the description of the change request"
    return Decision(quiet, f"use of {names} {said}", strictest.rule, judged, tuple(_elsewhere(case)))


def _elsewhere(case: Case) -> Iterable[str]:
    """Where to disclose for policies that do not want it in the commit."""
    asks = case.policy.pull_request.ask if case.policy.pull_request else ""
    asked = any(ruling.verdict == Verdict.DISCLOSE for ruling in case.counted)
    if asks and asked and not case.policy.trailers.spelled_out:
        yield f"Say in the description of the change request: {asks}"


def _too_late(case: Case) -> Iterable[str]:
    """What to tell of a commit that is older than the policy by its dates, and not by its arrival at a server."""
    since, arrival = case.policy.since, case.commit.arrival
    claimed = moment(case.commit, None, claimed=True)
    if since and arrival is not None and not case.policy.evidence.claimed_dates and claimed and claimed < since[0]:
        yield (
            f"Its date is before {since[1].text}, but a server goes by the day of the push, since dates are claims; "
            "an exemption or `baseline` lets older work in"
        )


def _breached(case: Case, breaches: list[Breach], judged: tuple[Judged, ...]) -> Decision:
    policy = case.policy
    breaches.sort(key=lambda breach: _MILDEST_FIRST.index(breach.outcome), reverse=True)
    first = breaches[0]
    remedies = [remedy for breach in breaches for remedy in breach.remedies]
    remedies += _elsewhere(case)
    remedies += _too_late(case)
    remedies += filter(None, [policy.base.say, f"The policy: {policy.url}" if policy.url else ""])
    return Decision(
        first.outcome,
        first.reason,
        first.rule,
        judged,
        tuple(dict.fromkeys(remedies)),
        tuple(Violation(breach.reason, breach.rule, breach.outcome) for breach in breaches),
        tuple(dict.fromkeys(line for breach in breaches for line in breach.trailers)),
    )


def _or_skipped(decision: Decision, commit: Commit) -> Decision:
    if not commit.unread or decision.outcome == Outcome.BLOCKED:
        return decision
    reason = f"could not be checked: {'; '.join(commit.unread)}"
    enforced = Outcome.BLOCKED if decision.if_enforced is Outcome.BLOCKED else None
    return decision._replace(outcome=Outcome.SKIPPED, reason=reason, if_enforced=enforced)


def _stricter_of(floor: Judged, own: Judged) -> Judged:
    """The stricter of two verdicts on a finding; of equal ones the floor's, met where both are."""
    if floor.verdict == own.verdict:
        return floor._replace(met=floor.met and own.met)
    return max(floor, own, key=lambda judged: judged.verdict)


def _stricter(floor: Decision, own: Decision) -> Decision:
    """The stricter of two decisions, with what both of them ask for; of equal ones the floor's."""
    first, second = sorted((floor, own), key=lambda one: -_MILDEST_FIRST.index(one.outcome))
    pairs = zip(floor.judged, own.judged, strict=True)
    enforced = max((one.if_enforced or one.outcome for one in (floor, own)), key=_MILDEST_FIRST.index)
    return first._replace(
        if_enforced=None if enforced is first.outcome else enforced,
        judged=tuple(_stricter_of(*pair) for pair in pairs),
        remedies=tuple(dict.fromkeys((*first.remedies, *second.remedies))),
        violations=tuple(dict.fromkeys((*first.violations, *second.violations))),
        trailers=tuple(dict.fromkeys((*first.trailers, *second.trailers))),
    )
