from byline.model import Decision, Outcome, Rule
from byline.policy.examples import ExampleResult
from byline.reporters.example_results import example_results

RULE = Rule("[[example]] drafts", "byline.toml", 5)


def test_failed_example_tells_what_it_expected_of_the_policy_when_enforced():
    decision = Decision(Outcome.WARNED, "Codex is denied here", if_enforced=Outcome.BLOCKED)
    shown = example_results(
        [ExampleResult("drafts", RULE, Outcome.WARNED, decision, Outcome.WARNED)], "byline.toml", 80
    )
    assert (
        "FAILS  byline.toml:5  drafts: expected warned (warned if enforced), was warned (blocked if enforced)" in shown
    )


def test_example_that_says_nothing_of_it_holds_by_its_outcome():
    decision = Decision(Outcome.WARNED, "Codex is denied here", if_enforced=Outcome.BLOCKED)
    shown = example_results([ExampleResult("drafts", RULE, Outcome.WARNED, decision)], "byline.toml", 80)
    assert shown.startswith("holds  byline.toml:5  drafts: warned\n")
