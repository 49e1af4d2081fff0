"""The description of a change request against [pull-request]."""

import pytest

from byline.model import Decision
from byline.policy.pull_request import decide_request, tools_to_disclose
from support.policies import commit, finding, judge, policy

SECTION = "[pull-request]\nsection = 'AI Disclosure'"
TICK = "[pull-request]\nsection = 'AI Disclosure'\ntick = 1"
BOX = "[pull-request]\ntick = 'I confirm that I am the author'"
ASK = "[pull-request]\nask = 'tool and extent'"


def decide(text: str, description: str, *tools: str, truncated: bool = False) -> Decision:
    return decide_request(policy(text), description, tools, truncated=truncated)


@pytest.mark.parametrize(
    ("text", "description", "tools"),
    [
        ("[policy]\nai = 'deny'", "", ["codex"]),
        (SECTION, "Fixes #1\n\n## AI disclosure ##\n\nNone.\n", []),
        (SECTION, "AI Disclosure\n-------------\nNone.", []),
        (SECTION, "**AI Disclosure:**\nNone.", []),
        (SECTION, "# AI Disclosure\r\n### Tools\r\nCodex\r\n", []),
        (TICK, "## AI Disclosure\n- [x] no AI\n- [ ] AI\n\n## Other\n- [x] tested", []),
        (BOX, "- [X] I confirm that I am the author of this code", []),
        (ASK, "Fixes #1", []),
        (ASK, "I used an LLM for the tests.", ["codex"]),
        (ASK, "codex wrote the tests.", ["codex"]),
    ],
)
def test_description_is_fine(text: str, description: str, tools: list[str]) -> None:
    assert decide(text, description, *tools).outcome == "ok"


@pytest.mark.parametrize(
    ("text", "description", "tools", "reason"),
    [
        (SECTION, "", [], 'the description has no section "AI Disclosure"'),
        (SECTION, "<!-- ## AI Disclosure\nNone. -->", [], 'the description has no section "AI Disclosure"'),
        (SECTION, "## AI Disclosure\n<!-- say it here -->\n\n## Next\ntext", [], "is not filled in"),
        (SECTION, "## AI Disclosure\n- [ ] no AI\n- [ ] AI", [], "is not filled in"),
        (SECTION, "## AI Disclosure\n\n# Next\ntext", [], "is not filled in"),
        (TICK, "## AI Disclosure\n- [x] no AI\n- [x] AI", [], "the number of ticked boxes must be 1, and it is 2"),
        (BOX, "- [ ] I confirm that I am the author", [], 'the box "I confirm that I am the author" is not ticked'),
        (ASK, "Fixes the said paint", ["codex"], "the description does not say that Codex was used"),
    ],
)
def test_description_lacks_something(text: str, description: str, tools: list[str], reason: str) -> None:
    decision = decide(text, description, *tools)
    assert decision.outcome == "blocked"
    assert reason in decision.reason
    assert decision.rule.text == "[pull-request]"


def test_enforcement_in_ci_counts() -> None:
    assert decide(f"[enforce]\nci = 'warn'\n{SECTION}", "").outcome == "warned"
    assert decide(f"[enforce]\nci = 'off'\n{SECTION}", "").outcome == "ok"
    assert decide(f"[policy]\nstatus = 'proposed'\n{SECTION}", "").outcome == "warned"


def test_cut_off_description_is_not_condemned() -> None:
    assert decide(SECTION, "## Wha", truncated=True).outcome == "skipped"
    assert decide(SECTION, "## AI Disclosure\nNone. And", truncated=True).outcome == "ok"


def test_tools_to_disclose_are_those_that_the_policy_asks_about() -> None:
    rules = policy("[policy]\nai = 'disclose'\n[tools]\nkiro = 'allow'\n[pull-request]\nask = 'AI use'")
    decisions = [judge(rules, commit(), finding("kiro")), judge(rules, commit(), finding("codex"), finding("codex"))]
    assert tools_to_disclose(decisions) == ("codex",)
