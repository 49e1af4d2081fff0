"""byline's lines in a pre-commit configuration: everything else stays, or nothing is touched."""

import pytest
import yaml

from byline.actions.pre_commit_config import NotEditableError, hook_lines, missing_types, with_hooks

LOCAL = hook_lines("", "")
REMOTE = hook_lines("https://example.org/byline.git", "v1")

USUAL = """\
# our hooks

repos:
- repo: https://example.org/black   # formatter
  rev: 1.0
  hooks:
  - id: black

# about ci
ci: {skip: [x]}
"""


@pytest.mark.parametrize("lines", [LOCAL, REMOTE])
@pytest.mark.parametrize(
    "text",
    [
        USUAL,
        USUAL.replace("\n", "\r\n"),
        USUAL.replace("\n  ", "\n      ").replace("\n- ", "\n    - "),
        "repos: []\n",
        "repos: []   # none yet\nci: {}\n",
        "---\nrepos:\n  - repo: meta\n    hooks: [{id: identity}]",
        "repos:\n- repo: meta\n  hooks: [{id: identity}]\n\n\n# the end\n",
    ],
)
def test_an_entry_is_added_and_nothing_else_changes(text, lines):
    changed = with_hooks(text, lines)
    before, after = yaml.safe_load(text), yaml.safe_load(changed)
    assert after["repos"][:-1] == before["repos"]
    assert [hook["id"] for hook in after["repos"][-1]["hooks"]] == ["byline", "byline-push"]
    assert {**before, "repos": 0, "default_install_hook_types": 0} == {
        **after,
        "repos": 0,
        "default_install_hook_types": 0,
    }
    kept = [line for line in text.splitlines() if "[]" not in line]
    rest = iter(changed.splitlines())
    assert all(line in rest for line in kept), "in the same order"
    assert ("\r\n" in changed) == ("\r\n" in text)
    assert with_hooks(changed, lines) == changed
    assert missing_types(changed) == ()


def test_hook_types_that_are_set_stay():
    changed = with_hooks("default_install_hook_types: [pre-commit]\n" + USUAL, LOCAL)
    assert changed.count("default_install_hook_types") == 1
    assert missing_types(changed) == ("commit-msg", "pre-push")


@pytest.mark.parametrize(
    "text",
    [
        "repos: [{repo: meta, hooks: [{id: identity}]}]\n",
        "repos: *x\n",
        "- repo: meta\n",
        "a: [\n",
        "",
        "{repos: []}\n",
        "repos:\n  key: value\n",
        "a: " + "[" * 5000,
    ],
)
def test_what_cannot_be_followed_is_left_alone(text):
    with pytest.raises(NotEditableError):
        with_hooks(text, LOCAL)
