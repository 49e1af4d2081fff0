"""What holds for every policy, commit and set of findings."""

from hypothesis import given, settings
from hypothesis import strategies as st

from byline.model import Decision, Finding, Outcome, Place, Verdict
from byline.policy.decide import decide
from byline.policy.schema import Policy
from support.policies import policy
from support.random_policies import commits, findings, places, policies

ORDER = [Outcome.OK, Outcome.ANNOTATED, Outcome.WARNED, Outcome.SKIPPED, Outcome.BLOCKED]


@settings(deadline=None, max_examples=60)
@given(policies(), commits, st.lists(findings, max_size=4), places)
def test_decide_is_total_and_explains_itself(text: str, of: object, found: list[Finding], place: Place) -> None:
    decision = decide(of, found, policy(text), place)
    assert decision.outcome in ORDER
    assert [judged.finding for judged in decision.judged] == found
    if decision.outcome in (Outcome.BLOCKED, Outcome.WARNED):
        assert decision.reason
        assert decision.rule
        assert decision.remedies
        assert decision.violations[0].reason == decision.reason
    if decision.outcome == Outcome.OK and found:
        assert "off" in decision.reason


@settings(deadline=None, max_examples=60)
@given(policies(), commits, st.lists(findings, max_size=4), places, st.randoms())
def test_order_of_findings_makes_no_difference(
    text: str, of: object, found: list[Finding], place: Place, random: object
) -> None:
    rules = policy(text)
    shuffled = list(found)
    random.shuffle(shuffled)
    first, second = decide(of, found, rules, place), decide(of, shuffled, rules, place)
    assert first._replace(judged=()) == second._replace(judged=())
    assert sorted(first.judged, key=repr) == sorted(second.judged, key=repr)
    assert decide(of, found, rules, place) == first


def raised(rules: Policy, to: Verdict) -> Policy:
    """The policy with every verdict at least `to`."""

    def up(said: object) -> object:
        return said and (max(said[0], to), said[1])

    def layer(of: object) -> object:
        tables = {name: {key: up(said) for key, said in getattr(of, name).items()} for name in of._fields[1:5]}
        return of._replace(ai=up(of.ai), **tables)

    scopes = tuple(scope._replace(layer=layer(scope.layer)) for scope in rules.scopes)
    return rules._replace(base=layer(rules.base), scopes=scopes)


def outcome(decision: Decision) -> int:
    return ORDER.index(decision.outcome)


@settings(deadline=None, max_examples=60)
@given(policies(), policies(), commits, st.lists(findings, max_size=4), places)
def test_floor_never_loosens(own: str, floor: str, of: object, found: list[Finding], place: Place) -> None:
    mine, theirs = policy(own), policy(floor)
    both = outcome(decide(of, found, mine.under(theirs), place))
    assert both == max(outcome(decide(of, found, mine, place)), outcome(decide(of, found, theirs, place)))


@settings(deadline=None, max_examples=60)
@given(policies(), policies(), commits, st.lists(findings, max_size=4), places, st.sampled_from(Verdict))
def test_tightening_a_floor_never_loosens(
    own: str, floor: str, of: object, found: list[Finding], place: Place, to: Verdict
) -> None:
    theirs = policy(floor)
    if not theirs.trailers.spelled_out:
        to = max(to, Verdict.DENY)  # an approval is itself a disclosure where the policy names no trailer
    before = decide(of, found, policy(own).under(theirs), place)
    after = decide(of, found, policy(own).under(raised(theirs, to)), place)
    assert outcome(after) >= outcome(before)
