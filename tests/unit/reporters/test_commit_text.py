import re

import pytest

from byline.model import Confidence, Decision, Outcome, Rule, Surface, Verdict
from byline.reporters.commit_text import commit_text
from support.reports import CO_AUTHOR, DENY, TOOL_NAMES, blocked, finding, hint, noted, undisclosed, unread


def test_a_blocked_commit_says_what_where_why_and_what_next():
    text = commit_text(blocked(), TOOL_NAMES, width=100)
    assert text.startswith("BLOCKED  3f1c2a9b04  Add the retry loop\n")
    assert "Claude Code: denied" in text
    assert f"message line 3: {CO_AUTHOR}" in text
    assert "claude-code.co-author (a trailer, certain)" in text
    assert 'rule  byline.toml:4  ai = "deny"' in text
    assert "why   Claude Code is denied here" in text
    assert "next  - Leave out what was made with Claude Code" in text


def test_a_trailer_to_add_stands_alone_on_its_line_so_that_it_can_be_copied():
    lines = commit_text(undisclosed(), TOOL_NAMES, width=60).splitlines()
    assert "Assisted-by: Aider:<model>" in [line.strip() for line in lines]


def test_a_disclosed_finding_is_not_said_to_be_undisclosed():
    report = undisclosed()
    assert "Aider: to be disclosed" in commit_text(report, TOOL_NAMES)
    for verdict, word in ((Verdict.DISCLOSE, "disclosed"), (Verdict.APPROVE, "approved"), (Verdict.DENY, "denied")):
        judged = (report.decision.judged[0]._replace(verdict=verdict, met=verdict is not Verdict.DENY),)
        text = commit_text(report._replace(decision=report.decision._replace(judged=judged)), TOOL_NAMES)
        assert f"  Aider: {word}\n" in text


def test_colour_says_nothing_that_words_do_not():
    for report in (blocked(), undisclosed(), noted(), unread()):
        painted = commit_text(report, TOOL_NAMES, colour=True)
        assert re.sub(r"\x1b\[[0-9;]*m", "", painted) == commit_text(report, TOOL_NAMES)
        assert painted != commit_text(report, TOOL_NAMES)


def test_text_of_a_commit_cannot_reach_the_terminal():
    evil = "\x1b]0;pwned\x07\u202e\r"
    seen = finding(text=evil, path=f"src/{evil}.py", surface=Surface.LINE, line=9)
    report = blocked(seen, message=f"{evil}subject", unread=(evil,))
    report = report._replace(
        decision=report.decision._replace(
            reason=evil, violations=(), rule=Rule(evil, evil, 1), remedies=(evil,), trailers=(evil,)
        )
    )
    text = commit_text(report, {"claude-code": evil})
    assert not set(text) & set("\x1b\x07\u202e\r")
    assert r"\x1b]0;pwned" in text


@pytest.mark.parametrize("width", [40, 80, 100])
def test_lines_fit_the_terminal(width):
    long = finding(text="word " * 80, path="src/" + "deep/" * 30 + "a.py")
    text = commit_text(blocked(long, message="Short"), TOOL_NAMES, width=width)
    assert max(map(len, text.splitlines())) <= width


def test_a_very_long_line_is_cut_and_says_so():
    text = commit_text(blocked(finding(text="x" * 5000)), TOOL_NAMES)
    assert len(text) < 1500
    assert "..." in text


def test_many_places_of_one_mark_are_told_once_with_their_number():
    hints = [hint(f".cursor/rules/{number}.mdc") for number in range(9)]
    text = commit_text(noted(*hints), TOOL_NAMES)
    assert text.count("cursor.rules") == 1
    assert "and in 5 more places" in text
    everything = commit_text(noted(*hints), TOOL_NAMES, most_places=100)
    assert all(item.path in everything for item in hints)


def test_the_strictest_finding_comes_first_and_the_rest_is_not_lost():
    report = blocked(finding())
    report = report._replace(findings=(hint("a.mdc"), *report.findings))
    text = commit_text(report, TOOL_NAMES)
    assert text.index("Claude Code: denied") < text.index("Cursor")
    assert "a.mdc" in text


def test_an_identity_is_named_by_its_role():
    seen = finding(surface=Surface.IDENTITY, line=None, role="author", text="Claude <noreply@anthropic.com>")
    assert "seen  author: Claude <noreply@anthropic.com>" in commit_text(blocked(seen), TOOL_NAMES)


def test_a_hint_is_called_one():
    assert "only a hint" in commit_text(noted(), TOOL_NAMES)


def test_a_commit_that_is_not_made_yet_has_words_for_a_name():
    assert commit_text(blocked(sha=None), TOOL_NAMES).startswith("BLOCKED  this commit  Add the retry loop\n")


def test_what_could_not_be_read_is_said():
    text = commit_text(unread(), TOOL_NAMES)
    assert text.startswith("NOT CHECKED  ")
    assert "blob 1234abcd is missing" in text


def test_a_rule_without_findings_is_named():
    rule = Rule('[trailers] require = "Signed-off-by"', "byline.toml", 7)
    report = blocked()._replace(findings=(), decision=Decision(Outcome.BLOCKED, "no Signed-off-by", rule))
    assert "rule  byline.toml:7" in commit_text(report, TOOL_NAMES)


def test_two_rules_on_one_mark_are_told_apart():
    report = blocked(finding(), finding(line=5))
    second = report.decision.judged[1]._replace(verdict=Verdict.DISCLOSE, rule=Rule("other", "byline.toml", 8))
    report = report._replace(decision=report.decision._replace(judged=(report.decision.judged[0], second)))
    text = commit_text(report, TOOL_NAMES)
    assert "byline.toml:4" in text
    assert "byline.toml:8" in text


def test_confidence_is_in_words():
    text = commit_text(blocked(finding(confidence=Confidence.LIKELY)), TOOL_NAMES)
    assert "likely" in text


def test_a_breach_that_is_only_noted_does_not_read_like_a_refusal():
    report = blocked(finding(confidence=Confidence.HINT))
    report = report._replace(decision=report.decision._replace(outcome=Outcome.ANNOTATED))
    text = commit_text(report, TOOL_NAMES)
    assert "why   noted, not enforced: Claude Code is denied here" in text
    assert "next" not in text


def test_what_no_rule_allows_is_called_noted_and_not_allowed():
    report = blocked()
    for rule, word in ((Rule("no policy"), "noted"), (DENY, "allowed")):
        judged = report.decision.judged[0]._replace(verdict=Verdict.ALLOW, rule=rule)
        decision = Decision(Outcome.ANNOTATED, judged=(judged,))
        assert f"Claude Code: {word}\n" in commit_text(report._replace(decision=decision), TOOL_NAMES)


def test_tells_what_would_become_of_the_commit_if_the_policy_were_enforced() -> None:
    report = undisclosed()
    assert report.decision is not None
    shown = commit_text(report._replace(decision=report.decision._replace(if_enforced=Outcome.BLOCKED)), TOOL_NAMES)
    assert "        only warned here; blocked where the policy is enforced\n" in shown
    assert "where the policy is enforced" not in commit_text(report, TOOL_NAMES)


def test_a_choice_of_trailers_stands_on_lines_that_can_be_copied():
    report = undisclosed()
    assert report.decision is not None
    choice = report.decision._replace(
        remedies=("Add one of these lines: AI-level: low, AI-level: mid or AI-level: high",),
        trailers=("AI-level: low", "AI-level: mid", "AI-level: high"),
    )
    lines = commit_text(report._replace(decision=choice), TOOL_NAMES, width=60).splitlines()
    at = lines.index("  next  - Add one of these lines:")
    assert [line.strip() for line in lines[at + 1 : at + 4]] == ["AI-level: low", "AI-level: mid", "AI-level: high"]
