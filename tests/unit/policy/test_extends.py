"""Policies that start from presets or from files of the repository."""

import pytest

from byline.errors import PolicyError
from byline.model import Outcome
from byline.policy.presets import preset_file, versions
from support.policies import commit, finding, judge, policy

BASE = b"""
[policy]
name = "Base"
ai = "deny"
[tools]
codex = "allow"
kiro = "deny"
[trailers]
require = ["DCO"]
[[scope]]
paths = ["docs/**"]
ai = "allow"
[groups]
core = ["*@core.org"]
"""


def test_own_lines_lie_over_the_base() -> None:
    rules = policy(
        "extends = 'base.toml'\n[tools]\nkiro = 'allow'\n[trailers]\nforbid = 'X'\n"
        "[[scope]]\nauthors='@core'\nai='allow'",
        read={"base.toml": BASE}.get,
    )
    assert rules.name == "Base"
    assert rules.files == ("base.toml", "byline.toml")
    assert {name: said[0].word for name, said in rules.base.tools.items()} == {"codex": "allow", "kiro": "allow"}
    assert rules.base.tools["codex"][1].file == "base.toml"
    assert rules.base.tools["kiro"][1].file == "byline.toml"
    assert set(rules.trailers.require) == {"DCO"}
    assert set(rules.trailers.forbid) == {"x"}
    assert len(rules.scopes) == 2
    assert judge(rules, commit("DCO: y", author="Eve <eve@core.org>"), finding()).outcome == "annotated"
    assert judge(rules, commit("DCO: y"), finding()).rule.file == "base.toml"


def test_own_scope_comes_after_those_of_the_base() -> None:
    rules = policy("extends = 'b.toml'\n[[scope]]\npaths = 'docs/x'\nai = 'deny'", read={"b.toml": BASE}.get)
    assert judge(rules, commit("DCO: y", paths=["docs/a"]), finding()).outcome == "annotated"
    assert judge(rules, commit("DCO: y", paths=["docs/x"]), finding()).outcome == "blocked"


def test_preset_by_name_and_date() -> None:
    for name, said in (("linux-kernel", "LLM"), ("linux-kernel@2026-08", "LLM"), ("linux-kernel@2026-01", "{tool}:")):
        assert policy(f"extends = '{name}'").trailers.disclose[0].template.text.startswith(said)
    newest = versions()["linux-kernel"][-1]
    assert preset_file("linux-kernel") == f"linux-kernel@{newest}.toml"
    assert preset_file("linux-kernel", "2026") == f"linux-kernel@{newest}.toml"
    assert preset_file("linux-kernel", "2026-07-31") == "linux-kernel@2025-12.toml"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("extends = 'fedra'", 'byline.toml:1: unknown preset "fedra": did you mean "fedora"?'),
        ("extends = 'linux-kernel@2020-01'", "has no version of 2020-01; it has 2025-12, 2026-08"),
        (
            "extends = [\n'fedora',\n'gone.toml']",
            "byline.toml:3: gone.toml does not exist where the policy is read from",
        ),
        ("extends = 'fedora@soon'", '"soon" is not a date such as 2026-08'),
        ("extends = '/etc/x.toml'", "is not a path inside the repository"),
        ("extends = 'a/../../x.toml'", "is not a path inside the repository"),
        ("extends = 'byline.toml'", "byline.toml extends itself: byline.toml > byline.toml"),
        ("extends = 'loop.toml'", "loop.toml:1: loop.toml extends itself"),
        ("extends = 'broken.toml'", "broken.toml:1: not valid TOML"),
        ("extends = 'deep0.toml'", "extend each other more than 5 deep"),
    ],
)
def test_fault(text: str, said: str) -> None:
    files = {f"deep{n}.toml": f"extends = 'deep{n + 1}.toml'".encode() for n in range(9)}
    files |= {"loop.toml": b"extends = 'loop.toml'", "broken.toml": b"[", "byline.toml": text.encode()}
    with pytest.raises(PolicyError) as caught:
        policy(text, read=files.get)
    assert any(said in str(fault) for fault in caught.value.faults), caught.value


def test_a_base_of_several_is_taken_once() -> None:
    files = {"base.toml": BASE, "a.toml": b"extends = './base.toml'", "b.toml": b"extends = 'base.toml'"}
    rules = policy("extends = ['a.toml', 'b.toml', 'base.toml']", read=files.get)
    assert rules.files == ("base.toml", "a.toml", "b.toml", "byline.toml")
    assert len(rules.scopes) == 1


def test_number_of_bases_is_bounded() -> None:
    names = [f"{number}.toml" for number in range(30)]
    with pytest.raises(PolicyError, match="extends more than 20 files"):
        policy(f"extends = {names}", read=dict.fromkeys(names, b"").get)


def test_contradiction_between_files_is_a_fault() -> None:
    with pytest.raises(PolicyError, match="Assisted-by is forbidden"):
        policy("extends = 'fedora'\n[trailers]\nforbid = 'Assisted-by'")


def test_groups_of_a_preset_are_filled_by_the_repository() -> None:
    approved = commit("AI-approved-by: Eve <eve@core.org>")
    assert judge(policy("extends = 'netbsd'"), approved, finding()).outcome == Outcome.BLOCKED
    rules = policy("extends = 'netbsd'\n[groups]\ncore = ['*@core.org']")
    assert judge(rules, approved, finding()).outcome == Outcome.ANNOTATED
