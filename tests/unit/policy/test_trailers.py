"""The four verbs of [trailers], and what the author is told."""

import pytest

from byline.model import Confidence, Decision, Place
from support.policies import CLAUDE_ADDRESS, commit, finding, judge, policy

SIGNED = "Signed-off-by: Ada <ada@x.org>"
KERNEL = """
    [policy]
    ai = "disclose"
    url = "https://example.org/ai"
    [trailers]
    disclose   = { Assisted-by = "LLM [{analyzer}...]" }
    human-only = ["Co-developed-by", "author", "committer"]
    require    = ["Signed-off-by"]
"""


def kernel(*trailers: str, **more: object) -> Decision:
    return judge(policy(KERNEL), commit(*trailers, **more), finding())


def test_disclosed_and_signed_is_annotated() -> None:
    decision = kernel("Assisted-by: LLM sparse", SIGNED)
    assert decision.outcome == "annotated"
    assert decision.reason == "use of Claude Code is disclosed"
    assert decision.violations == ()


def test_undisclosed_use_shows_the_line_to_paste() -> None:
    decision = kernel(SIGNED)
    assert decision.outcome == "blocked"
    assert decision.reason == "use of Claude Code is not disclosed: the policy asks for an Assisted-by trailer"
    assert decision.trailers == ("Assisted-by: LLM",)
    assert decision.remedies == (
        "Add this line to the end of the message: Assisted-by: LLM",
        "The policy: https://example.org/ai",
    )
    assert str(decision.rule) == 'byline.toml:3  [policy] ai = "disclose"'


def test_malformed_disclosure_shows_the_form_and_the_rule_that_sets_it() -> None:
    decision = kernel("Assisted-by: Claude:opus", SIGNED)
    assert decision.outcome == "blocked"
    assert decision.reason == 'the Assisted-by trailer does not have the form "Assisted-by: LLM [{analyzer}...]"'
    assert decision.rule.line == 6
    assert decision.remedies[0] == "Write the trailer as this line: Assisted-by: LLM"


@pytest.mark.parametrize(
    ("value", "said"),
    [("", "the Assisted-by trailer is empty"), ("codex:<model>", "is not filled in: codex:<model>")],
)
def test_what_is_wrong_with_a_disclosure(value: str, said: str) -> None:
    rules = policy("[policy]\nai = 'disclose'\n[trailers]\ndisclose = { Assisted-by = '{tool}:{model}' }")
    decision = judge(rules, commit(f"Assisted-by: {value}"), finding("codex"))
    assert said in decision.reason
    assert decision.trailers == ("Assisted-by: Codex:<model>",)


def test_disclosure_outside_the_trailers_is_pointed_out() -> None:
    decision = judge(policy(KERNEL), commit(SIGNED, message="Fix it\n\nAssisted-by: LLM"), finding())
    assert decision.outcome == "blocked"
    assert "Git does not read line 3 of the message as a trailer: move it to the last paragraph" in decision.remedies


@pytest.mark.parametrize("key", ["assisted-by", "ASSISTED-BY", "Generated-By"])
def test_any_of_the_trailers_will_do_in_any_case(key: str) -> None:
    rules = policy(
        "[policy]\nai = 'disclose'\n[trailers]\ndisclose = { Assisted-by = '{text}', Generated-by = '{text}' }"
    )
    assert judge(rules, commit(f"{key}: Codex"), finding()).outcome == "annotated"
    decision = judge(rules, commit(), finding())
    assert decision.trailers == ("Assisted-by: Claude Code", "Generated-by: Claude Code")
    assert "an Assisted-by or Generated-by trailer" in decision.reason


def test_person_in_a_disclosing_trailer_discloses_nothing() -> None:
    rules = policy("[policy]\nai = 'disclose'\n[trailers]\ndisclose = { Co-authored-by = '{text}' }")
    assert judge(rules, commit("Co-authored-by: Eve <eve@y.org>"), finding()).outcome == "blocked"
    assert judge(rules, commit(f"Co-authored-by: Claude <{CLAUDE_ADDRESS}>"), finding()).outcome == "annotated"
    assert judge(rules, commit("Co-authored-by: Claude Code"), finding()).outcome == "annotated"


def test_policy_that_names_no_trailer_takes_assisted_by() -> None:
    rules = policy("[policy]\nai = 'disclose'")
    decision = judge(rules, commit(), finding())
    assert decision.outcome == "blocked"
    assert decision.trailers == ("Assisted-by: Claude Code",)
    assert judge(rules, commit("Assisted-by: Claude Code"), finding()).outcome == "annotated"


def test_policy_with_a_pull_request_table_wants_it_there() -> None:
    rules = policy("[policy]\nai = 'disclose'\n[pull-request]\nask = 'tool and extent'")
    decision = judge(rules, commit(), finding())
    assert decision.outcome == "annotated"
    assert decision.remedies == ("Say in the description of the change request: tool and extent",)


def test_several_tools_need_one_disclosure() -> None:
    decision = judge(policy("[policy]\nai = 'disclose'"), commit(), finding("codex"), finding())
    assert decision.reason.startswith("use of Claude Code and Codex is not disclosed")
    assert (
        judge(policy("[policy]\nai = 'disclose'"), commit("Assisted-by: x"), finding("codex"), finding()).violations
        == ()
    )


def test_hint_alone_asks_for_nothing() -> None:
    decision = judge(policy(KERNEL), commit(SIGNED), finding(confidence=Confidence.HINT))
    assert decision.outcome == "annotated"
    assert decision.violations[0].outcome == "annotated"


@pytest.mark.parametrize("key", ["Signed-off-by", "signed-off-by"])
@pytest.mark.parametrize("ai", ["allow", "disclose", "approve", "deny"])
def test_tools_never_sign_off(ai: str, key: str) -> None:
    rules = policy(f"[policy]\nai = '{ai}'")
    decision = judge(rules, commit(f"{key}: Claude <{CLAUDE_ADDRESS}>", "Assisted-by: x"))
    assert decision.outcome == "blocked"
    assert any(f"stands in {key}, which is for people only" in violation.reason for violation in decision.violations)
    assert not any("Signed-off-by:" in line for line in decision.trailers)


def test_human_only_trailer() -> None:
    decision = judge(policy(KERNEL), commit(f"Co-developed-by: Claude <{CLAUDE_ADDRESS}>", "Assisted-by: LLM", SIGNED))
    assert decision.reason == "Claude Code stands in Co-developed-by, which is for people only"
    assert decision.remedies[0] == f"Delete this line of the message: Co-developed-by: Claude <{CLAUDE_ADDRESS}>"
    assert judge(policy(KERNEL), commit("Co-developed-by: Eve <eve@y.org>", SIGNED)).outcome == "ok"


@pytest.mark.parametrize("role", ["author", "committer"])
def test_human_only_role(role: str) -> None:
    decision = judge(policy(KERNEL), commit("Assisted-by: LLM", SIGNED), finding(role=role))
    assert decision.reason == f"Claude Code is the {role} of the commit, which has to be a person"
    assert judge(policy("[policy]\nai = 'allow'"), commit(), finding(role=role)).outcome == "annotated"


def test_required_trailer() -> None:
    rules = policy(KERNEL)
    decision = judge(rules, commit())
    assert (decision.outcome, decision.reason) == ("blocked", "the Signed-off-by trailer is missing")
    assert decision.remedies[0] == "Sign off yourself, in your own name: git commit --amend --signoff"
    made = judge(rules, commit(sha=None), place=Place.COMMIT)
    assert made.remedies[0] == "Sign off yourself, in your own name: repeat your git commit with --signoff"
    assert decision.trailers == ()
    assert judge(rules, commit("Signed-off-by: ")).outcome == "blocked"
    assert judge(rules, commit(SIGNED)).outcome == "ok"


def test_what_is_disclosed_or_approved_is_told_from_what_is_not() -> None:
    rules = policy("[policy]\nai = 'disclose'\n[tools]\ncodex = 'approve'\n[trailers]\nnames = 'require'")
    codex = finding("codex")
    named, approved = "Assisted-by: Claude Code", "AI-approved-by: Eve <eve@y.org>"

    def met(*trailers: str, **more: object) -> list[bool]:
        return [one.met for one in judge(rules, commit(*trailers, **more), finding(), codex).judged]

    assert met() == [False, False]
    assert met("Assisted-by: a chatbot") == [False, False]
    assert met(named) == [True, False]
    assert met(named, approved) == [True, True]
    assert met(named, approved, message=None) == [False, False]


def test_under_a_floor_it_is_disclosed_where_both_say_so() -> None:
    own = policy("[policy]\nai = 'disclose'\n[trailers]\ndisclose = { AI = '{tool}' }")
    floor = policy("[policy]\nai = 'disclose'", file="floor.toml")
    half = judge(own.under(floor), commit("Assisted-by: Claude Code"), finding())
    both = judge(own.under(floor), commit("Assisted-by: Claude Code", "AI: Claude-Code"), finding())
    assert [decision.judged[0].met for decision in (half, both)] == [False, True]


def test_hint_in_a_sign_off_takes_nothing_from_it() -> None:
    hint = finding(role="Signed-off-by", line=3, confidence=Confidence.HINT)
    assert judge(policy("[trailers]\nrequire = 'Signed-off-by'"), commit(SIGNED), hint).outcome == "annotated"


def test_merges_need_no_trailers() -> None:
    assert judge(policy(KERNEL), commit(parents=("b" * 40, "c" * 40))).outcome == "ok"


def test_tool_cannot_give_the_required_trailer() -> None:
    decision = judge(policy(KERNEL), commit(f"Signed-off-by: Claude <{CLAUDE_ADDRESS}>", "Assisted-by: LLM"))
    assert "the Signed-off-by trailer is missing" in [violation.reason for violation in decision.violations]


def test_forbidden_trailer() -> None:
    rules = policy("[policy]\nai = 'disclose'\n[trailers]\nforbid = 'Assisted-by'\n[pull-request]\nask = 'use of AI'")
    decision = judge(rules, commit("ASSISTED-BY: Codex"), finding())
    assert decision.outcome == "blocked"
    assert decision.reason == "an ASSISTED-BY trailer is not allowed here"
    assert decision.remedies == (
        "Delete this line of the message: ASSISTED-BY: Codex",
        "Say in the description of the change request: use of AI",
    )
    assert judge(rules, commit("Assisted-by: Eve")).outcome == "blocked"


def test_forbidden_trailer_in_the_middle_of_a_squashed_message() -> None:
    rules = policy("[trailers]\nforbid = 'Assisted-by'")
    stray = finding(role="Assisted by", line=4, text="Assisted by: Claude Code")
    assert judge(rules, commit("DCO: x", message="a\n\nAssisted by: Claude Code"), stray).outcome == "blocked"
    assert judge(rules, commit(), finding(role="author")).outcome == "annotated"


def test_misspelt_key_is_no_way_round_human_only() -> None:
    rules = policy("[trailers]\nhuman-only = 'Co-authored-by'")
    assert judge(rules, commit(), finding(role="Co Authored_By", line=1)).outcome == "blocked"


def test_names_required() -> None:
    rules = policy("[policy]\nai = 'disclose'\n[trailers]\nnames = 'require'")
    assert judge(rules, commit("Assisted-by: claude code, Opus"), finding()).outcome == "annotated"
    decision = judge(rules, commit("Assisted-by: a chatbot"), finding())
    assert decision.reason == "the disclosure does not name Claude Code"
    assert decision.trailers == ("Assisted-by: Claude Code",)
    assert judge(rules, commit("Assisted-by: FooCoder 3"), finding("mystery")).outcome == "annotated"


def test_names_required_of_tools_that_nobody_knows() -> None:
    rules = policy(
        "[policy]\nai = 'disclose'\n[trailers]\nnames = 'require'\n"
        "disclose = { Assisted-by = '{text}', AI-used = 'yes' }"
    )
    unnamed = finding("unnamed-ai")
    for value in ("an LLM", "AI", "various AI tools", "A large-language model", "AI 40 %"):
        for findings in ([], [unnamed]):
            decision = judge(rules, commit(f"Assisted-by: {value}"), *findings)
            assert (decision.outcome, decision.trailers) == ("blocked", ("Assisted-by: <tool>",))
            reason = f"the disclosure must name the tool, and this names none: Assisted-by: {value}"
            assert [violation.reason for violation in decision.violations] == [reason]
            assert decision.remedies == ("Write the name of the tool: Assisted-by: <tool>",)
    for value in ("FooCoder 3", "LLM (FooCoder)", "GLM-5.1", "通义灵码", "Ai Weiwei"):
        assert judge(rules, commit(f"Assisted-by: {value}"), unnamed).outcome == "annotated"
        assert judge(rules, commit(f"Assisted-by: {value}")).outcome == "ok"
    assert judge(rules, commit("AI-used: yes"), unnamed).outcome == "blocked"
    assert judge(rules, commit("AI-used: yes", "Assisted-by: FooCoder"), unnamed).outcome == "annotated"
    allowed = policy("[policy]\nai = 'allow'\n[trailers]\nnames = 'require'\ndisclose = { Assisted-by = '{text}' }")
    assert judge(allowed, commit("Assisted-by: AI"), unnamed).outcome == "annotated"
    fixed = policy("[policy]\nai = 'disclose'\n[trailers]\nnames = 'require'\ndisclose = { AI-used = ['yes', 'no'] }")
    assert judge(fixed, commit("AI-used: yes"), unnamed).outcome == "annotated"


def test_tool_without_a_name_is_left_to_the_author() -> None:
    decision = judge(policy("[policy]\nai = 'disclose'"), commit(), finding("unnamed-ai"))
    assert decision.trailers == ("Assisted-by: <tool>",)
    assert judge(policy("[policy]\nai = 'disclose'"), commit("Assisted-by: <tool>"), finding()).outcome == "blocked"


def test_names_discouraged_only_warns() -> None:
    rules = policy("[policy]\nai = 'allow'\n[trailers]\nnames = 'discourage'")
    decision = judge(rules, commit(), finding(text="made with Claude Code"))
    assert (decision.outcome, decision.reason) == ("warned", "Claude Code is named in the message")
    assert judge(rules, commit(), finding(path="a.c")).outcome == "annotated"


def test_before_the_message_is_written_only_denial_blocks() -> None:
    assert kernel(message=None).outcome == "annotated"
    for ai, outcome in (("deny", "blocked"), ("approve", "annotated"), ("disclose", "annotated")):
        rules = policy(f"[policy]\nai = '{ai}'\n[trailers]\nrequire = 'Signed-off-by'\n[markers]\nmessage = 'x'")
        assert judge(rules, commit(message=None), finding(), place=Place.COMMIT).outcome == outcome


def test_every_violation_is_told_the_weightiest_first() -> None:
    rules = policy("[policy]\nai = 'deny'\n[trailers]\nrequire = 'DCO'\nforbid = 'Made-by'")
    decision = judge(rules, commit("Made-by: y"), finding())
    assert [violation.reason for violation in decision.violations] == [
        "Claude Code is denied here",
        "a Made-by trailer is not allowed here",
        "the DCO trailer is missing",
    ]


def test_flood_of_trailers_is_not_read_to_the_end() -> None:
    rules = policy(
        "[policy]\nai = 'disclose'\n[trailers]\nforbid = 'X'\ndisclose = { Assisted-by = 'LLM [{a}...][{b}...]!' }"
    )
    flood = commit(*["Assisted-by: LLM " + "a " * 490] * 3000, *["X: y"] * 3000)
    decision = judge(rules, flood, *[finding(role="Assisted-by", line=line) for line in range(3000)])
    assert decision.outcome == "blocked"
    assert len(decision.remedies) < 10


def test_long_text_of_a_commit_is_cut_in_remedies() -> None:
    rules = policy("[trailers]\nforbid = 'X'")
    decision = judge(rules, commit("X: " + "y" * 100_000))
    assert len(decision.remedies[0]) < 300
