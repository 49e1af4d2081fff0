"""Which verdict a finding gets: by name, by property, by default, and in scopes."""

import pytest

from byline.model import Confidence, Place, Shows, Verdict
from support.policies import commit, finding, judge, policy, seconds


def verdict(text: str, of: object = None, tool: str = "claude-code", mode: str = "") -> str:
    decision = judge(policy(text), of or commit(), finding(tool, mode=mode))
    return decision.judged[0].verdict.word


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[policy]\nai = 'deny'", "deny"),
        ("[tools]\ncodex = 'deny'", "allow"),
        ("[policy]\nai = 'deny'\n[tools]\nclaude-code = 'allow'", "allow"),
        ("[policy]\nai = 'deny'\n[tools]\nclaude = 'allow'", "allow"),
        ("[policy]\nai = 'deny'\n[vendors]\nanthropic = 'disclose'", "disclose"),
        ("[tools]\nclaude-code = 'allow'\n[vendors]\nanthropic = 'deny'\n[hosting]\ncloud = 'deny'", "allow"),
        ("[policy]\nai = 'allow'\n[vendors]\nanthropic = 'disclose'\n[hosting]\ncloud = 'deny'", "deny"),
        ("[policy]\nai = 'deny'\n[vendors]\nanthropic = 'allow'\n[hosting]\ncloud = 'disclose'", "disclose"),
    ],
)
def test_name_beats_property_beats_default(text: str, expected: str) -> None:
    assert verdict(text) == expected


@pytest.mark.parametrize(
    ("tool", "mode", "expected"),
    [
        ("github-copilot", "completion", "allow"),
        ("github-copilot", "unattended", "approve"),
        ("github-copilot", "agent", "approve"),
        ("github-copilot", "", "approve"),  # what generates is a chat or an agent; the mildest of these holds
        ("visual-assist", "", "allow"),  # it cannot do anything else
        ("claude-code", "", "approve"),  # attended or not, it is an agent
        ("mystery", "", "deny"),  # a tool nobody knows has no properties
        ("unnamed-ai", "", "deny"),
        ("unnamed-ai", "completion", "allow"),  # but its mark may show how it was used
    ],
)
def test_modes_count_where_the_mark_or_the_tool_shows_them(tool: str, mode: str, expected: str) -> None:
    text = "[policy]\nai = 'deny'\n[modes]\ncompletion = 'allow'\nagent = 'approve'"
    assert verdict(text, tool=tool, mode=mode) == expected


@pytest.mark.parametrize(
    ("modes", "shows", "expected"),
    [
        ("completion = 'allow'", Shows.ASSISTED, "allow"),  # it may have been no more than that
        ("completion = 'allow'", Shows.GENERATED, "disclose"),
        ("completion = 'deny'", Shows.ASSISTED, "disclose"),  # nothing shows that it was
        ("agent = 'deny'", Shows.GENERATED, "disclose"),  # a chat may have written it
        ("agent = 'deny'\nchat = 'approve'", Shows.GENERATED, "approve"),
    ],
)
def test_doubt_about_the_mode_is_the_author_s(modes: str, shows: Shows, expected: str) -> None:
    rules = policy(f"[policy]\nai = 'disclose'\n[modes]\n{modes}")
    decision = judge(rules, commit(), finding("github-copilot", shows=shows))
    assert decision.judged[0].verdict.word == expected


@pytest.mark.parametrize("tool", ["mystery", "unnamed-ai"])
def test_tool_without_a_name_gets_the_default(tool: str) -> None:
    text = "[policy]\nai = 'disclose'\n[hosting]\ncloud = 'allow'\n[vendors]\nopenai = 'allow'"
    assert verdict(text, tool=tool) == "disclose"


def test_review_is_not_what_wrote_a_change() -> None:
    rules = policy("[policy]\nai = 'allow'\n[modes]\nagent = 'deny'")
    assert judge(rules, commit(), finding(shows=Shows.GENERATED)).outcome == "blocked"
    assert judge(rules, commit(), finding(shows=Shows.ASSISTED)).outcome == "annotated"


def test_unattended_rule_spares_attended_agents() -> None:
    text = "[policy]\nai = 'disclose'\n[modes]\nunattended = 'deny'"
    assert verdict(text) == "disclose"
    assert verdict(text, mode="unattended") == "deny"


SCOPES = """
    [policy]
    ai = "disclose"
    [tools]
    codex = "deny"

    [[scope]]
    paths = ["docs/**", "src/**"]
    ai = "allow"

    [[scope]]
    paths = ["src/**"]
    tools = { claude-code = "deny" }

    [[scope]]
    paths = ["src/free/**"]
    ai = "approve"
    tools = { claude-code = "allow" }
"""


@pytest.mark.parametrize(
    ("tool", "path", "expected"),
    [
        ("claude-code", "a.c", "disclose"),
        ("claude-code", "docs/a", "allow"),
        ("claude-code", "src/a.c", "deny"),
        ("claude-code", "src/free/a.c", "allow"),
        ("codex", "docs/a", "deny"),  # what a scope does not say is inherited
        ("kiro", "src/a.c", "allow"),
        ("kiro", "src/free/a.c", "approve"),
    ],
)
def test_last_scope_wins_and_lies_over_the_others(tool: str, path: str, expected: str) -> None:
    assert verdict(SCOPES, commit(paths=[path]), tool) == expected


def test_finding_without_a_path_is_judged_on_every_file() -> None:
    mixed = commit(paths=["docs/a", "src/a.c"])
    decision = judge(policy(SCOPES), mixed, finding())
    assert decision.judged[0].verdict == Verdict.DENY
    assert decision.reason == "Claude Code is denied in src/a.c"
    assert (decision.rule.text, decision.rule.line) == ('[[scope]] tools.claude-code = "deny"', 13)


def test_finding_in_a_file_is_judged_there() -> None:
    mixed = commit(paths=["docs/a", "src/a.c"])
    assert judge(policy(SCOPES), mixed, finding(path="docs/a")).outcome == "annotated"
    assert judge(policy(SCOPES), mixed, finding(path="src/a.c")).outcome == "blocked"


def test_commit_without_files_is_judged_on_the_base() -> None:
    decision = judge(policy(SCOPES), commit(paths=[]), finding())
    assert decision.judged[0].verdict == Verdict.DISCLOSE


@pytest.mark.parametrize(
    ("selector", "inside", "outside"),
    [
        ('branches = ["main", "release/*"]', {"branch": "release/2"}, {"branch": "topic"}),
        ('branches = "*"', {"branch": "x"}, {}),
        ('source-branches = "staging"', {"source_branch": "staging"}, {"source_branch": "x"}),
        ('pushers = "bot-*"', {"pusher": "bot-1"}, {"pusher": "ada"}),
        ('labels = "ai"', {"labels": ("x", "ai")}, {"labels": ("x",)}),
        ("max-lines = 15", {"lines_added": 15}, {"lines_added": 16}),
        ("max-lines = 15", {"lines_added": 0}, {"lines_added": None}),
        ('authors = "*@x.org"', {}, {"author": "Eve <eve@y.org>"}),
        ("from = 2026-07-10", {"date": seconds(2026, 7, 10)}, {"date": seconds(2026, 7, 9)}),
        ("until = 2026-07-10", {"date": seconds(2026, 7, 10)}, {"date": seconds(2026, 7, 11)}),
    ],
)
def test_selectors_of_commits(selector: str, inside: dict[str, object], outside: dict[str, object]) -> None:
    text = f"[policy]\nai = 'allow'\n[[scope]]\n{selector}\nai = 'deny'"
    assert verdict(text, commit(**inside)) == "deny"
    assert verdict(text, commit(**outside)) == "allow"


def test_all_selectors_of_a_scope_have_to_hold() -> None:
    text = "[[scope]]\npaths = 'src/**'\nauthors = '*@x.org'\nai = 'deny'"
    assert verdict(text, commit()) == "deny"
    assert verdict(text, commit(author="Eve <eve@y.org>")) == "allow"
    assert verdict(text, commit(paths=["docs/a"])) == "allow"


def test_an_old_author_date_alone_hides_nothing() -> None:
    old = commit(date=seconds(2020, 1, 1))
    rebased = old._replace(committer=old.committer._replace(when=seconds(2026, 8, 1)))
    rules = policy("[policy]\nai = 'deny'\nsince = 2026-07-10")
    assert judge(rules, old, finding()).outcome == "annotated"
    assert judge(rules, rebased, finding()).outcome == "blocked"


def test_commit_without_a_date_is_dated_now() -> None:
    rules = policy("[policy]\nai = 'deny'\nsince = 2026-07-10")
    assert judge(rules, commit(), finding()).outcome == "blocked"
    assert judge(rules, commit(), finding(), now=seconds(2026, 7, 9)).outcome == "annotated"
    assert judge(rules, commit(), finding(), now=seconds(2026, 7, 10)).outcome == "blocked"


@pytest.mark.parametrize(
    ("evidence", "found", "outcome"),
    [
        ("", finding(confidence=Confidence.LIKELY), "blocked"),
        ("", finding(confidence=Confidence.HINT), "annotated"),
        ("block = ['certain']", finding(confidence=Confidence.LIKELY), "annotated"),
        ("block = ['certain', 'likely', 'hint']", finding(confidence=Confidence.HINT), "blocked"),
        ("block = []", finding(), "annotated"),
        ("", finding(shows=Shows.ASSISTED), "blocked"),
        ("", finding(shows=Shows.SETUP), "annotated"),
        ("setup = true", finding(shows=Shows.SETUP), "blocked"),
        ("", finding(shows=Shows.SUPPRESSION), "annotated"),
        ("suppression = true", finding(shows=Shows.SUPPRESSION), "blocked"),
    ],
)
def test_evidence(evidence: str, found: object, outcome: str) -> None:
    rules = policy(f"[policy]\nai = 'deny'\n[evidence]\n{evidence}")
    assert judge(rules, commit(), found).outcome == outcome


def test_setup_is_shown_as_allowed_and_why() -> None:
    judged = judge(policy("[policy]\nai = 'deny'"), commit(), finding(shows=Shows.SETUP)).judged[0]
    assert judged.verdict == Verdict.ALLOW
    assert "setup" in judged.rule.text


@pytest.mark.parametrize(
    ("enforce", "outcomes"),
    [
        ("", "blocked blocked blocked blocked"),
        ("commit = 'warn'\npush = 'note'\nserver = 'off'", "warned annotated ok blocked"),
        ("default = 'warn'\nserver = 'block'", "warned warned blocked warned"),
    ],
)
def test_enforcement_in_each_place(enforce: str, outcomes: str) -> None:
    rules = policy(f"[policy]\nai = 'deny'\n[enforce]\n{enforce}")
    assert " ".join(judge(rules, commit(), finding(), place=place).outcome for place in Place) == outcomes


def test_proposed_policy_never_blocks() -> None:
    rules = policy("[policy]\nai = 'deny'\nstatus = 'proposed'\n[trailers]\nrequire = 'Signed-off-by'")
    assert judge(rules, commit(), finding()).outcome == "warned"
    assert judge(rules, commit(), *[]).outcome == "warned"


def test_baseline_commit_is_not_judged() -> None:
    rules = policy(f"[policy]\nai = 'deny'\nbaseline = '{'A' * 40}'")
    assert rules.baseline == ("a" * 40,)
    assert judge(rules, commit(), finding()).outcome == "annotated"
    assert judge(rules, commit(sha="c" * 40), finding()).outcome == "blocked"
