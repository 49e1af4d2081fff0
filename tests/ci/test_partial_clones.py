"""Clones that left contents at their remote: the policy of the target counts although the clone lacks it."""

import json
from pathlib import Path

import pytest

from byline.cli import main
from real_git import RealRepository

CLAUDE = "Add it\n\nCo-Authored-By: Claude <noreply@anthropic.com>\n"
BASE = '[policy]\nai = "deny"\n'
EXTENDS = 'extends = "policies/base.toml"\n'
LEAVES_OUT = ["blob:none", "tree:0"]


@pytest.fixture(params=["policy deleted", "policy changed", "base changed"])
def origin(request: pytest.FixtureRequest, tmp_path: Path) -> RealRepository:
    """main bans tools; a branch has a marked commit and rids itself of the policy, so that no checkout brings it."""
    made = RealRepository.create(tmp_path / "origin")
    made.commit("Begin\n", {"byline.toml": EXTENDS, "policies/base.toml": BASE})
    made.git("checkout", "--quiet", "-b", "change")
    if request.param == "policy deleted":
        made.git("rm", "--quiet", "byline.toml")
    else:
        file = "byline.toml" if request.param == "policy changed" else "policies/base.toml"
        made.write(file, '[policy]\nai = "allow"\n')
    made.git("add", "--all")
    made.commit(CLAUDE)
    made.git("config", "uploadpack.allowFilter", "true")
    return made


@pytest.fixture
def clone(origin: RealRepository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, leaves_out: str) -> RealRepository:
    """A clone of it with the branch checked out, which is also the current directory."""
    made = RealRepository(tmp_path / "clone")
    options = ("--quiet", f"--filter={leaves_out}", "--branch=change")
    origin.git("clone", *options, f"file://{origin.path}", str(made.path))
    monkeypatch.chdir(made.path)
    return made


@pytest.mark.parametrize("leaves_out", LEAVES_OUT)
@pytest.mark.parametrize("policy", [[], ["--policy", "origin/main:byline.toml"]])
@pytest.mark.usefixtures("clone")
def test_the_policy_is_fetched(policy: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ci", "--base", "origin/main", "--target", "main", "--format", "json", *policy]) == 1
    shown = capsys.readouterr()
    assert json.loads(shown.out)["commits"][0]["outcome"] == "blocked"
    assert "was fetched from its remote" in shown.err


@pytest.mark.parametrize("leaves_out", LEAVES_OUT)
def test_where_nothing_may_be_fetched_the_remedy_says_what_to_do(
    clone: RealRepository, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["ci", "--base", "origin/main", "--target", "main", "--no-fetch"]
    for _ in ("the policy", "what it extends", "and the other places of a policy"):
        if (code := main(arguments)) != 3:
            break
        said = capsys.readouterr().err
        assert "this partial clone lacks what it takes to read" in said
        clone.git(*said.partition("Let git fetch it: git ")[2].split())
    assert code == 1
