"""The examples of a policy are run, and one that is wrong is reported."""

from byline.model import Commit, Finding
from byline.policy.examples import run_examples
from support.policies import claude_in_trailers, policy

POLICY = """
    [policy]
    ai = "disclose"
    since = 2026-01-01

    [[scope]]
    branches = ["main"]
    ai = "deny"

    [[scope]]
    labels = ["free"]
    ai = "allow"

    [[example]]
    name = "undisclosed"
    tools = ["claude-code"]
    expect = "blocked"

    [[example]]
    tools = ["claude"]
    trailers = ["Assisted-by: Claude Code"]
    expect = "annotated"

    [[example]]
    name = "main is closed"
    tools = ["mystery"]
    trailers = ["Assisted-by: Mystery"]
    branch = "main"
    expect = "blocked"

    [[example]]
    tools = ["codex"]
    branch = "main"
    labels = ["free"]
    author = "Eve <eve@y.org>"
    lines = 3
    expect = "annotated"

    [[example]]
    tools = ["codex"]
    date = 2025-12-31
    expect = "annotated"

    [[example]]
    name = "wrong on purpose"
    expect = "warned"
"""


def test_examples() -> None:
    results = run_examples(policy(POLICY))
    assert [result.holds for result in results] == [True, True, True, True, True, False]
    assert [result.name for result in results][:2] == ["undisclosed", "example 2"]
    wrong = results[-1]
    assert (wrong.rule.file, wrong.rule.line) == ("byline.toml", 44)
    assert (wrong.expected, wrong.decision.outcome) == ("warned", "ok")


def test_marks_in_examples_are_found_as_in_commits() -> None:
    seen: list[Commit] = []

    def detect(commit: Commit) -> list[Finding]:
        seen.append(commit)
        return claude_in_trailers(commit)

    text = """
        [trailers]
        human-only = ["Co-authored-by"]
        [[example]]
        message = "Fix it"
        trailers = ["Co-authored-by: Claude <noreply@anthropic.com>"]
        expect = "blocked"
    """
    assert run_examples(policy(text), detect)[0].holds
    assert seen[0].message == "Fix it\n\nCo-authored-by: Claude <noreply@anthropic.com>\n"
    assert seen[0].trailers[0].line == 3


def test_examples_of_the_base_are_not_those_of_the_policy() -> None:
    assert run_examples(policy("extends = 'fedora'")) == ()
