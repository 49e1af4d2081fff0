"""Policies as people put them in prose, and what contributors then read."""

from byline.policy.amendments import amendments
from support.policies import commit, finding, judge, policy

LEVELS = """
    [policy]
    ai = "disclose"
    [trailers]
    disclose = { AI-assistance = ["minor", "partial", "full"] }
"""


def test_every_level_is_shown_on_a_line_and_none_is_written() -> None:
    """Every AI commit must carry `AI-assistance: <level>`, one of three."""
    rules = policy(LEVELS)
    decision = judge(rules, commit(), finding())
    assert decision.trailers == ("AI-assistance: minor", "AI-assistance: partial", "AI-assistance: full")
    assert amendments(commit(), [finding()], rules, {}).add == ()
    assert judge(rules, commit("ai-assistance: Full"), finding()).outcome == "annotated"


def test_only_fixed_value_is_written() -> None:
    rules = policy("[policy]\nai='disclose'\n[trailers]\ndisclose = { AI-assisted = 'yes' }")
    assert amendments(commit(), [finding()], rules, {}).add == ("AI-assisted: yes",)


def test_disclosure_without_any_other_mark_has_to_have_the_form() -> None:
    rules = policy(LEVELS)
    decision = judge(rules, commit("AI-assistance: much"))
    assert decision.outcome == "blocked"
    assert decision.reason.startswith('the AI-assistance trailer does not have the form "AI-assistance: minor"')
    assert decision.rule is not None
    assert decision.rule.line == 5
    assert "or leave it out if no AI was used" in decision.remedies[0]
    assert judge(rules, commit("AI-assistance: full")).outcome == "ok"
    assert judge(rules, commit("AI-assistance: Bob <bob@x.org>")).outcome == "ok"


def test_form_of_a_trailer_is_asked_for_where_disclosure_is() -> None:
    scoped = policy(LEVELS + "    [[scope]]\n    paths = '@docs'\n    ai = 'allow'\n")
    assert judge(scoped, commit("AI-assistance: much", paths=["docs/a.md"])).outcome == "ok"
    assert judge(scoped, commit("AI-assistance: much", paths=["a.c"])).outcome == "blocked"


def test_unfilled_line_that_byline_showed_is_no_disclosure() -> None:
    rules = policy("[policy]\nai='disclose'\n[trailers]\ndisclose = { Assisted-by = '{tool} ({model})' }")
    decision = judge(rules, commit("Assisted-by: Claude-Code (<model>)"))
    assert decision.reason == "a part of the Assisted-by trailer is not filled in: Claude-Code (<model>)"


BOTH = """
    [policy]
    ai = "disclose"
    [trailers]
    disclose        = { Assisted-by = "{tool}", AI-assistance = ["minor", "full"] }
    require-with-ai = ["AI-assistance", "Tested-by"]
"""


def test_commits_with_marks_need_further_trailers() -> None:
    """Name the tool and the level, and have somebody test it."""
    rules = policy(BOTH)
    decision = judge(rules, commit("Assisted-by: Codex"), finding("codex"))
    assert [violation.reason for violation in decision.violations] == [
        "a commit with AI marks needs an AI-assistance trailer",
        "a commit with AI marks needs a Tested-by trailer",
    ]
    assert decision.trailers == ("AI-assistance: minor", "AI-assistance: full")
    wrong = judge(rules, commit("Assisted-by: Codex", "AI-assistance: x", "Tested-by: Eve <e@x.org>"), finding("codex"))
    assert wrong.reason == "a commit with AI marks needs an AI-assistance trailer in the form that the policy gives it"
    good = commit("Assisted-by: Codex", "AI-assistance: full", "Tested-by: Eve <e@x.org>")
    assert judge(rules, good, finding("codex")).outcome == "annotated"
    assert judge(rules, commit()).outcome == "ok"


def test_tool_tests_nothing() -> None:
    rules = policy("[policy]\nai='allow'\n[trailers]\nrequire-with-ai = 'Tested-by'")
    assert judge(rules, commit("Tested-by: Claude <noreply@anthropic.com>"), finding()).outcome == "blocked"


def test_denial_says_what_it_is_about_the_tool() -> None:
    """Agents may not commit unattended; cloud tools are denied from October on."""
    agents = policy("[policy]\nai='disclose'\n[modes]\nunattended = 'deny'")
    decision = judge(agents, commit(), finding("github-copilot", mode="unattended"))
    assert decision.reason == "GitHub Copilot, used as an agent that nobody watches, is denied here"
    cloud = policy("[policy]\nai='disclose'\n[[scope]]\nfrom = 2026-10-01\nhosting = { cloud = 'deny' }")
    assert judge(cloud, commit(), finding()).reason == "Claude Code, which runs at its vendor, is denied here"


def test_approval_that_does_not_count_says_why() -> None:
    """Banned in crypto, unless a maintainer approves."""
    rules = policy("""
        [policy]
        ai = "disclose"
        [approval]
        by = ["@maintainers", "cto@x.org"]
        [groups]
        maintainers = ["a@m.org", "b@m.org", "c@m.org", "d@m.org"]
        [[scope]]
        paths = "src/crypto/**"
        ai    = "approve"
    """)

    def reason(trailer: str, author: str = "Ada <ada@x.org>") -> str:
        return judge(rules, commit(trailer, paths=["src/crypto/aes.c"], author=author), finding()).reason

    asked = "use of Claude Code needs approval by @maintainers (a@m.org, b@m.org, c@m.org ...) or cto@x.org"
    assert reason("Reviewed-by: x") == asked
    told = f"{asked}; AI-approved-by: A <a@m.org> does not count: "
    assert reason("AI-approved-by: A <a@m.org>", author="A <a@m.org>") == told + "nobody approves their own commit"
    assert reason("AI-approved-by: E <e@m.org>").endswith("they are not among those who may approve")
    assert reason("AI-approved-by: a").endswith("it has no address")
    assert reason("AI-approved-by: A <a@m.org>") == "use of Claude Code is approved"
