"""What a policy asks for, beside what its enforcement makes of it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from byline.model import Finding, Outcome, Place
from byline.policy.decide import decide
from byline.policy.examples import run_examples
from byline.policy.pull_request import decide_request
from byline.policy.schema import Policy
from support.policies import commit, finding, judge, policy
from support.random_policies import commits, findings, places, policies


@pytest.mark.parametrize(
    ("more", "outcome"),
    [
        ("[enforce]\ndefault = 'off'", Outcome.OK),
        ("[enforce]\ndefault = 'note'", Outcome.ANNOTATED),
        ("[enforce]\npush = 'warn'", Outcome.WARNED),
        ("status = 'proposed'", Outcome.WARNED),
        ("status = 'proposed'\n[enforce]\ndefault = 'note'", Outcome.ANNOTATED),
    ],
)
def test_is_told_where_enforcement_lessens_the_outcome(more: str, outcome: Outcome) -> None:
    decision = judge(policy(f"[policy]\nai = 'deny'\n{more}"), commit(), finding())
    assert (decision.outcome, decision.if_enforced) == (outcome, Outcome.BLOCKED)
    assert all(violation.outcome == outcome for violation in decision.violations)


@pytest.mark.parametrize("more", ["", "[enforce]\nci = 'warn'", "since = 2030-01-01\nstatus = 'proposed'"])
def test_is_left_out_where_it_is_the_outcome(more: str) -> None:
    made = commit(date=1_700_000_000)
    assert judge(policy(f"[policy]\nai = 'deny'\n{more}"), made, finding()).if_enforced is None
    assert judge(policy(f"[policy]\nai = 'allow'\n{more}"), made, finding()).if_enforced is None


def test_warning_that_the_policy_means_as_one_is_no_more_when_enforced() -> None:
    rules = policy("[trailers]\nnames = 'discourage'\n[enforce]\ndefault = 'note'")
    decision = judge(rules, commit("Assisted-by: Codex"), finding("codex", role="Assisted-by", line=3))
    assert (decision.outcome, decision.if_enforced) == (Outcome.ANNOTATED, Outcome.WARNED)


def test_reason_is_that_of_the_demand_that_would_block() -> None:
    rules = policy(
        "[trailers]\nnames = 'discourage'\nrequire = 'DCO'\n[enforce]\ndefault = 'warn'",
    )
    decision = judge(rules, commit("Assisted-by: Codex"), finding("codex", role="Assisted-by", line=3))
    assert decision.reason == "the DCO trailer is missing"


def test_what_could_not_be_read_stays_unknown() -> None:
    lenient = policy("[policy]\nai = 'deny'\n[enforce]\ndefault = 'warn'")
    unread = commit(unread=("big.bin is too large",))
    decision = judge(lenient, unread, finding())
    assert (decision.outcome, decision.if_enforced) == (Outcome.SKIPPED, Outcome.BLOCKED)
    assert judge(lenient, unread).if_enforced is None


def test_description_of_a_change_request_has_it_too() -> None:
    rules = policy("[pull-request]\nsection = 'AI'\n[enforce]\nci = 'note'")
    decision = decide_request(rules, "", ())
    assert (decision.outcome, decision.if_enforced) == (Outcome.ANNOTATED, Outcome.BLOCKED)


def test_floor_asks_for_it_as_well() -> None:
    own = policy("[policy]\nai = 'allow'")
    floor = policy("[policy]\nai = 'deny'\n[enforce]\ndefault = 'warn'", file="floor.toml")
    decision = judge(own.under(floor), commit(), finding())
    assert (decision.outcome, decision.if_enforced) == (Outcome.WARNED, Outcome.BLOCKED)


@pytest.mark.parametrize(("expected", "holds"), [("blocked", True), ("warned", False)])
def test_examples_can_expect_it(expected: str, holds: bool) -> None:
    rules = policy(f"""
        [policy]
        ai     = "deny"
        status = "proposed"
        [[example]]
        tools       = "codex"
        expect      = "warned"
        if-enforced = "{expected}"
    """)
    (result,) = run_examples(rules)
    assert result.holds is holds


def enforced(rules: Policy) -> Policy:
    return rules._replace(enforce={}, proposed=False)


@settings(deadline=None, max_examples=100)
@given(policies(), commits, st.lists(findings, max_size=4), places)
def test_is_what_the_same_policy_decides_when_it_is_enforced(
    text: str, of: object, found: list[Finding], place: Place
) -> None:
    rules = policy(text)
    here = decide(of, found, rules, place)
    full = decide(of, found, enforced(rules), place)
    if full.outcome in (Outcome.WARNED, Outcome.BLOCKED):
        assert (here.if_enforced or here.outcome) == full.outcome
    else:
        assert here.if_enforced is None
