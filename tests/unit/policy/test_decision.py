"""What stands in a decision, whatever the policy."""

from byline.model import Outcome, Place, Verdict
from byline.policy.decide import NO_POLICY, decide
from support.policies import commit, finding, judge, policy


def test_nothing_found_is_ok() -> None:
    decision = judge(policy("[policy]\nai = 'deny'"), commit())
    assert decision.outcome == Outcome.OK
    assert (decision.reason, decision.rule, decision.judged) == ("", None, ())


def test_findings_without_demands_are_annotated() -> None:
    decision = judge(policy("[policy]\nai = 'allow'"), commit(), finding())
    assert decision.outcome == Outcome.ANNOTATED
    assert decision.reason == "use of Claude Code is allowed here"
    assert str(decision.rule) == 'byline.toml:2  [policy] ai = "allow"'


def test_every_finding_is_judged_in_the_order_given() -> None:
    found = [finding("codex"), finding(), finding("mystery")]
    decision = judge(policy("[tools]\ncodex = 'deny'"), commit(), *found)
    assert [judged.finding for judged in decision.judged] == found
    assert [judged.verdict for judged in decision.judged] == [Verdict.DENY, Verdict.ALLOW, Verdict.ALLOW]


def test_denial_says_what_to_do() -> None:
    rules = policy("""
        [policy]
        ai  = "deny"
        say = "Ask Eve."
        url = "https://example.org/ai"
        [[scope]]
        paths = "src"
        ai    = "deny"
        say   = "Use Qoder."
    """)
    decision = judge(rules, commit(), finding())
    assert decision.remedies == (
        "Use Qoder.",
        "Leave out what was made with Claude Code, or ask for an exemption",
        "Ask Eve.",
        "The policy: https://example.org/ai",
    )


def test_unknown_tool_is_called_by_its_id() -> None:
    assert judge(policy("[policy]\nai='deny'"), commit(), finding("mystery")).reason == "Mystery is denied here"


def test_what_was_not_read_is_never_a_pass() -> None:
    unread = commit(unread=("big.bin is too large",))
    decision = judge(policy("[policy]\nai='deny'"), unread)
    assert decision.outcome == Outcome.SKIPPED
    assert decision.reason == "could not be checked: big.bin is too large"
    assert judge(policy("[policy]\nai='deny'"), unread, finding()).outcome == Outcome.BLOCKED
    assert judge(NO_POLICY, unread).outcome == Outcome.SKIPPED


def test_without_a_policy_marks_are_noted() -> None:
    for place in Place:
        decision = decide(commit(), [finding(role="Signed-off-by"), finding(role="author")], NO_POLICY, place)
        assert decision.outcome == Outcome.ANNOTATED
        assert decision.violations == ()
        assert decision.reason == "there is no policy, so marks are only noted"
        assert decide(commit(), [], NO_POLICY, place).outcome == Outcome.OK


def test_floor_can_only_tighten() -> None:
    own = policy("[policy]\nai='allow'\n[[exempt]]\nauthors='*'\nreason='all of us'")
    floor = policy("[tools]\ncodex = 'deny'", file="floor.toml")
    assert judge(own, commit(), finding("codex")).outcome == "annotated"
    decision = judge(own.under(floor), commit(), finding("codex"))
    assert decision.outcome == "blocked"
    assert str(decision.rule) == 'floor.toml:2  [tools] codex = "deny"'
    assert decision.judged[0].verdict == Verdict.DENY
    assert judge(own.under(floor), commit(), finding()).outcome == "annotated"


def test_repository_may_tighten_its_floor() -> None:
    floor = policy("[policy]\nai='disclose'", file="floor.toml")
    own = policy("[policy]\nai='deny'")
    decision = judge(own.under(floor), commit(), finding())
    assert decision.outcome == "blocked"
    assert [violation.rule.file for violation in decision.violations] == ["floor.toml", "byline.toml"]
    disclosed = judge(own.under(floor), commit("Assisted-by: x"), finding())
    assert (disclosed.outcome, disclosed.rule.file) == ("blocked", "byline.toml")
