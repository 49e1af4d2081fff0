"""A git that dies under the hook: before it answers, in the middle of its answer, and after it."""

import os
import shutil

import pytest

from dying_git import MOST_PROCESSES, DyingGit
from server.gate import EVIL, POLICY, Gate


@pytest.mark.skipif(os.name == "nt", reason="signals")
@pytest.mark.parametrize("stage", ["pre-receive", "update", "reference-transaction"])
@pytest.mark.parametrize("answered", [0, 20, 200, 1 << 20])
def test_whichever_git_dies_nothing_is_let_in(open_gate: Gate, stage: str, answered: int) -> None:
    gate = open_gate
    # neither of the usual names: who does not learn what HEAD names finds no policy
    gate.server.git("symbolic-ref", "HEAD", "refs/heads/develop")
    gate.client.commit("Begin\n", {"byline.toml": 'extends = "policies/base.toml"\n', "policies/base.toml": POLICY})
    gate.client.git("push", "--quiet", "origin", "HEAD:refs/heads/develop")
    gate.configure("byline.deadline", "120")
    gate.client.git("checkout", "--quiet", "-b", "topic")
    evil = gate.client.commit(EVIL, {"a.py": "a = 1\n"})
    for nth in range(1, MOST_PROCESSES):
        dying = DyingGit(gate.server.path.parent / "bin", nth, answered, str(shutil.which("git")))
        gate.hook(stage, environment={"PATH": f"{dying.folder}:{os.environ['PATH']}"})
        done = gate.push("topic")
        assert done.returncode != 0, f"the death of git number {nth} let it in: {done.stderr}"
        assert not gate.has(evil)
        assert "fault in byline" not in done.stderr
        if not dying.has_died:
            break
    assert 3 < nth < MOST_PROCESSES - 1
