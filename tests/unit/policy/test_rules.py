"""Approval, exemptions, markers, limits: the rarer tables."""

import pytest

from byline.catalogue.builtin import UNREADABLE_CONFIG
from byline.model import AddedLine, FileChange, Finding, Place
from support.policies import CLAUDE_ADDRESS, commit, finding, judge, policy, seconds

APPROVAL = """
    [policy]
    ai = "approve"
    [approval]
    by = ["@core"]
    [groups]
    core = ["*@core.org", "Lead <*>"]
"""


@pytest.mark.parametrize(
    ("trailers", "outcome"),
    [
        ([], "blocked"),
        (["AI-approved-by: Eve <eve@core.org>"], "annotated"),
        (["ai-approved-by: eve@core.org"], "annotated"),
        (["AI-approved-by: Lead <lead@y.org>"], "annotated"),
        (["AI-approved-by: Eve <eve@y.org>"], "blocked"),
        (["AI-approved-by: eve@core.org <eve@y.org>"], "blocked"),
        (["AI-approved-by: "], "blocked"),
        (["AI-approved-by: yes"], "blocked"),
    ],
)
def test_approval_by_a_group(trailers: list[str], outcome: str) -> None:
    decision = judge(policy(APPROVAL), commit(*trailers), finding())
    assert decision.outcome == outcome
    if outcome == "blocked":
        assert decision.reason.startswith("use of Claude Code needs approval by @core (*@core.org, Lead <*>)")
        assert "AI-approved-by" in decision.remedies[0]
        assert decision.trailers == ()
    else:
        assert decision.reason == "use of Claude Code is approved"


def test_nobody_approves_their_own_commit() -> None:
    trailer = "AI-approved-by: Ada <ADA@core.org>"
    assert judge(policy(APPROVAL), commit(trailer, author="Ada <ada@core.org>"), finding()).outcome == "blocked"
    assert judge(policy(APPROVAL), commit(trailer, author="Eve <eve@core.org>"), finding()).outcome == "annotated"


def test_no_tool_approves_anything() -> None:
    rules = policy("[policy]\nai = 'approve'")
    assert judge(rules, commit(f"AI-approved-by: Claude <{CLAUDE_ADDRESS}>"), finding()).outcome == "blocked"
    assert judge(rules, commit("AI-approved-by: Eve <eve@y.org>"), finding()).outcome == "annotated"


def test_group_without_members_approves_nothing() -> None:
    rules = policy(APPROVAL.replace('["*@core.org", "Lead <*>"]', "[]"))
    assert judge(rules, commit("AI-approved-by: Eve <eve@core.org>"), finding()).outcome == "blocked"


def test_approved_use_is_disclosed_too_where_the_policy_says_how() -> None:
    rules = policy(APPROVAL + '    [trailers]\n    disclose = { Assisted-by = "{text}" }\n')
    approval = "AI-approved-by: Eve <eve@core.org>"
    assert judge(rules, commit(approval), finding()).outcome == "blocked"
    assert judge(rules, commit("Assisted-by: x"), finding()).outcome == "blocked"
    assert judge(rules, commit("Assisted-by: x", approval), finding()).outcome == "annotated"


def test_label_approves_and_is_asked_for_only_where_it_can_be_seen() -> None:
    rules = policy("[policy]\nai = 'approve'\n[approval]\nlabel = 'ai-ok'")
    assert judge(rules, commit(labels=("ai-ok",)), finding(), place=Place.CI).outcome == "annotated"
    assert judge(rules, commit(labels=()), finding(), place=Place.CI).outcome == "blocked"
    assert judge(rules, commit(), finding(), place=Place.PUSH).outcome == "annotated"


EXEMPTION = """
    [policy]
    ai = "deny"
    [trailers]
    human-only = ["author"]
    require = ["Signed-off-by"]
    [[exempt]]
    id     = "SEC-4711"
    tool   = "claude"
    paths  = ["lab/**"]
    by     = "security@x.org"
    until  = 2027-03-31
    reason = "pilot"
"""
SIGNED = "Signed-off-by: Ada <ada@x.org>"


def test_exemption_holds_for_its_tool_and_files() -> None:
    rules = policy(EXEMPTION)
    decision = judge(rules, commit(SIGNED, paths=["lab/a"]), finding())
    assert decision.outcome == "annotated"
    assert decision.judged[0].rule.text == "[[exempt]] SEC-4711"
    assert judge(rules, commit(SIGNED, paths=["lab/a", "b"]), finding()).outcome == "blocked"
    assert judge(rules, commit(SIGNED, paths=["lab/a", "b"]), finding(path="lab/a")).outcome == "annotated"
    assert judge(rules, commit(SIGNED, paths=["lab/a"]), finding("codex")).outcome == "blocked"
    assert judge(rules, commit(SIGNED, paths=["lab/a"]), finding(role="author")).outcome == "annotated"
    assert judge(rules, commit(paths=["lab/a"]), finding()).outcome == "blocked"


def test_expired_exemption_is_named() -> None:
    rules = policy(EXEMPTION)
    last = commit(SIGNED, paths=["lab/a"], date=seconds(2027, 3, 31))
    assert judge(rules, last, finding()).outcome == "annotated"
    late = commit(SIGNED, paths=["lab/a"], date=seconds(2027, 4, 1))
    reason = judge(rules, late, finding()).reason
    assert reason == "Claude Code is denied here; exemption SEC-4711 by security@x.org ended with 2027-03-31"


def test_exemption_without_tool_and_files_waives_everything() -> None:
    rules = policy(
        "[policy]\nai = 'deny'\n[trailers]\nrequire = 'DCO'\nforbid = 'X'\n[markers]\nmessage = 'bad'\npaths = 'p'\n"
        "[limits]\nmax-files = 0\n[[exempt]]\nauthors = 'bot <*>'\nreason = 'release automation'"
    )
    bot = commit("X: y", message="bad", paths=["p"], author="bot <bot@x.org>")
    assert judge(rules, bot, finding()).outcome == "annotated"
    assert judge(rules, commit("X: y", message="bad", paths=["p"]), finding()).outcome == "blocked"


def test_exempt_commit() -> None:
    rules = policy(f"[policy]\nai = 'deny'\n[[exempt]]\ncommits = '{'a' * 40}'\nreason = 'before the rule'")
    assert judge(rules, commit(), finding()).outcome == "annotated"
    assert judge(rules, commit(sha="b" * 40), finding()).outcome == "blocked"


MARKERS = """
    [markers]
    message = ["biblioklept"]
    diff = ["Remove this line"]
    paths = [".claude/**"]
"""


def test_markers() -> None:
    rules = policy(MARKERS)
    decision = judge(rules, commit(message="Fix\n\na Biblioklept"))
    assert (decision.outcome, decision.reason) == ("blocked", '"biblioklept" stands in line 3 of the message')
    assert decision.rule.line == 3
    added = AddedLine("a.c", 7, "// REMOVE THIS LINE please")
    assert judge(rules, commit(added_lines=(added,))).reason == '"Remove this line" is added in a.c, line 7'
    assert judge(rules, commit(paths=[".claude/x"])).reason == ".claude/x may not be part of the repository"
    assert judge(rules, commit(changes=(FileChange(".claude/x", "D"),))).outcome == "ok"
    assert judge(rules, commit()).outcome == "ok"


def test_limits_bind_commits_with_marks() -> None:
    rules = policy("[policy]\nai = 'allow'\n[limits]\nmax-lines = 10\nmax-files = 1")
    assert judge(rules, commit(lines_added=11), finding()).reason == (
        "a commit with AI marks may have at most 10 lines, and this one adds 11"
    )
    assert judge(rules, commit(lines_added=10), finding()).outcome == "annotated"
    assert judge(rules, commit(lines_added=1, paths=["a", "b"]), finding()).outcome == "blocked"
    assert judge(rules, commit(lines_added=11)).outcome == "ok"
    unknown = judge(rules, commit(), finding())
    assert unknown.outcome == "annotated"
    assert "not known" in unknown.reason


@pytest.mark.parametrize("counted", ["setup", "suppression"])
def test_a_settings_file_that_cannot_be_read_is_not_taken_for_fine(counted: str) -> None:
    mark, text = UNREADABLE_CONFIG, "set.json cannot be read for settings of AI tools: line 1"
    unreadable = Finding(mark.id, mark.tool, mark.surface, mark.shows, mark.confidence, text, "set.json")
    rules = policy(f'[policy]\nai = "deny"\n[evidence]\n{counted} = true\n')
    decision = judge(rules, commit(), unreadable)
    assert (decision.outcome, decision.reason) == ("skipped", text)
    assert judge(policy('[policy]\nai = "deny"\n'), commit(), unreadable).outcome == "annotated"
