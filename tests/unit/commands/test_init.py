"""A first policy: what is found, what is written, and what is never overwritten."""

import io
import sys

import pytest
import yaml

CLAUDE = "Co-Authored-By: Claude <noreply@anthropic.com>"
HOOKS = "repos:\n- repo: meta\n  hooks: [{id: identity}]   # ours\n"


class Terminal(io.StringIO):
    """Somebody who types these lines."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def typed(monkeypatch):
    return lambda *lines: monkeypatch.setattr(sys, "stdin", Terminal("".join(f"{line}\n" for line in lines)))


@pytest.fixture
def used(inside):
    """A repository with some Python, pre-commit, CI, a tool that is set up, and a mark in its history."""
    inside.commit(
        f"Start\n\n{CLAUDE}\n",
        {
            "src/a.py": "print(1)\n",
            ".pre-commit-config.yaml": HOOKS,
            ".github/workflows/ci.yml": "on: push\n",
            ".claude/settings.json": "{}\n",
        },
    )
    return inside


def test_what_is_there_is_told(used, byline):
    _, out, _ = byline("init", "--yes")
    for words in (
        "code:       Python\n",
        "hooks:      pre-commit\n",
        "CI:         GitHub Actions\n",
        "AI set up:  Claude Code (.claude/settings.json)\n",
        "AI marks in 1 of 1 commit: Claude Code (1)",
        "done: wrote byline.toml, the policy\n      to undo: delete byline.toml\n",
        "done: added byline to .pre-commit-config.yaml\n      to undo: ",
        "next: pre-commit install ",
        "`byline ci`",
    ):
        assert words in out


def test_without_questions_disclosure_is_asked_for_from_now_on(used, byline):
    assert byline("init", "--yes")[0] == 0
    text = (used.path / "byline.toml").read_text()
    assert 'ai = "disclose"' in text
    assert f'baseline = ["{used.head}"]' in text
    assert text.count("#") > 5
    assert byline("check")[:1] == (0,)
    used.commit(f"More\n\n{CLAUDE}\n")
    assert byline("check")[0] == 1
    assert byline("policy", "test")[0] == 0
    hooks = (used.path / ".pre-commit-config.yaml").read_text()
    assert hooks.startswith("default_install_hook_types: [pre-commit, commit-msg, pre-push]\n" + HOOKS)
    assert len(yaml.safe_load(hooks)["repos"]) == 2


def test_doing_it_again_changes_nothing(used, byline):
    byline("init", "--yes")
    before = {path.name: path.read_bytes() for path in used.path.iterdir() if path.is_file()}
    code, out, _ = byline("init", "--yes", "--preset", "qemu")
    assert code == 0
    assert "byline.toml exists and stays as it is" in out
    assert "nothing was changed" in out
    assert {path.name: path.read_bytes() for path in used.path.iterdir() if path.is_file()} == before


def test_nobody_at_the_terminal_is_asked_nothing(inside, byline, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    code, out, _ = byline("init")
    assert code == 0
    assert "no commits yet" in out
    assert "byline install" in out
    assert "baseline" not in (inside.path / "byline.toml").read_text()


def test_preset(inside, byline):
    inside.commit("Start\n")
    assert byline("init", "--yes", "--preset", "qemu", "--warn")[0] == 0
    text = (inside.path / "byline.toml").read_text()
    assert 'extends = ["qemu@2025-06"]' in text
    assert 'default = "warn"' in text
    assert byline("policy", "check")[0] == 0


def test_unknown_preset_is_wrong_use(inside, byline):
    code, _, err = byline("init", "--preset", "quemu")
    assert code == 2
    assert 'did you mean "qemu"?' in err
    assert not (inside.path / "byline.toml").exists()


@pytest.mark.parametrize(
    ("answers", "held", "lacked"),
    [
        (["2", "n", "y", "n"], ['ai = "deny"', 'default = "warn"'], ["baseline"]),
        (["", "", "", ""], ['ai = "disclose"', "baseline"], ["warn"]),
        (["approve", "y", "n", "y"], ['ai = "approve"', "[approval]", "baseline"], []),
        (["allow", "n"], ['ai = "allow"'], ["baseline", "[[example]]"]),
        (["fedor", "fedora", "", "", ""], ['extends = ["fedora@2025-10"]', "[policy]\nbaseline"], ["ai ="]),
    ],
)
def test_answers_decide(used, byline, typed, answers, held, lacked):
    typed(*answers)
    code, out, _ = byline("init")
    assert code == 0
    text = (used.path / "byline.toml").read_text()
    assert [words for words in held if words not in text] == []
    assert [words for words in lacked if words in text] == []
    assert ("added byline" in out) == (answers[-1] != "n")
    assert byline("policy", "check")[0] == 0
    assert byline("policy", "test")[0] == 0


def test_overwriting_needs_a_yes(used, byline, typed):
    used.write("byline.toml", "# mine\n")
    typed("n", "n")
    byline("init")
    assert (used.path / "byline.toml").read_text() == "# mine\n"
    typed("y", "1", "n", "n", "n")
    byline("init")
    assert 'ai = "disclose"' in (used.path / "byline.toml").read_text()


def test_a_policy_elsewhere_stays_the_only_one(used, byline):
    used.write("pyproject.toml", '[tool.byline.policy]\nai = "deny"\n')
    assert "the policy in pyproject.toml stays as it is" in byline("init", "--yes")[1]
    assert not (used.path / "byline.toml").exists()


def test_going_away_changes_nothing(used, byline, typed):
    typed("2")
    code, _, err = byline("init")
    assert code == 2
    assert "nothing was changed" in err
    assert not (used.path / "byline.toml").exists()
    assert (used.path / ".pre-commit-config.yaml").read_text() == HOOKS


def test_where_the_hooks_come_from_can_be_said(used, byline):
    byline("init", "--yes", "--hooks-from", "ssh://git@example.org/x/byline.git@v9")
    added = yaml.safe_load((used.path / ".pre-commit-config.yaml").read_text())["repos"][-1]
    assert (added["repo"], added["rev"]) == ("ssh://git@example.org/x/byline.git", "v9")


def test_a_configuration_in_another_style_is_told_and_left(used, byline):
    used.write(".pre-commit-config.yaml", "{repos: []}\n")
    out = byline("init", "--yes")[1]
    assert "add to its repos:\n    - repo: local\n" in out
    assert (used.path / ".pre-commit-config.yaml").read_text() == "{repos: []}\n"


def test_a_bare_repository_is_no_place_for_it(inside, byline, tmp_path):
    inside.git("clone", "-q", "--bare", ".", str(tmp_path / "bare.git"))
    code, _, err = byline("init", "--repo", str(tmp_path / "bare.git"))
    assert code == 3
    assert "no working tree" in err
