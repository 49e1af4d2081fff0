"""One policy, one commit, three places: the hook in a clone, the server and CI say the same."""

import json
import os
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

import byline
from real_git import RealRepository

SOURCES = Path(byline.__file__).resolve().parents[1]
CLAUDE = "Co-Authored-By: Claude <noreply@anthropic.com>"
RESIDUE = ":contentReference[oaicite:0]{index=0}"
BAN = '[policy]\nai = "deny"\n'
DISCLOSE = '[policy]\nai = "disclose"\n[trailers]\nwrite = false\ndisclose = { Assisted-by = "{tool}" }\n'
DOCS_ARE_FREE = BAN + '[[scope]]\npaths = ["docs/**"]\nai = "allow"\n'
HUMAN = (
    '[policy]\nai = "allow"\n[trailers]\nwrite = false\nhuman-only = ["Co-authored-by"]\nrequire = ["Signed-off-by"]\n'
)
HINTS = BAN + '[evidence]\nblock = ["certain"]\n'
PROPOSED = '[policy]\nai = "deny"\nstatus = "proposed"\n'
SIGNED = "Signed-off-by: Ada Example <ada@example.com>"


class Case(NamedTuple):
    """A commit under a policy."""

    policy: str
    message: str
    file: str = "src/a.py"
    content: str = "pass\n"


WRITTEN = DISCLOSE.replace("write = false\n", "")

CASES = {
    "disclose, written by the hook": Case(WRITTEN, f"Fix it\n\n{CLAUDE}\n"),
    "ban, human commit": Case(BAN, "Fix it\n"),
    "ban, trailer": Case(BAN, f"Fix it\n\n{CLAUDE}\n"),
    "ban, residue in a file": Case(BAN, "Fix it\n", content=f"{RESIDUE}\n"),
    "ban, talk about tools": Case(BAN, "Explain why Claude and Copilot are not used here\n"),
    "disclose, undisclosed": Case(DISCLOSE, f"Fix it\n\n{CLAUDE}\n"),
    "disclose, disclosed": Case(DISCLOSE, f"Fix it\n\nAssisted-by: Claude-Code\n{CLAUDE}\n"),
    "disclose, placeholder left": Case(DISCLOSE, f"Fix it\n\nAssisted-by: <tool>\n{CLAUDE}\n"),
    "scope, docs": Case(DOCS_ARE_FREE, f"Fix it\n\n{CLAUDE}\n", file="docs/a.md"),
    "scope, code": Case(DOCS_ARE_FREE, f"Fix it\n\n{CLAUDE}\n"),
    "human only, tool as co-author": Case(HUMAN, f"Fix it\n\n{CLAUDE}\n{SIGNED}\n"),
    "human only, fine": Case(HUMAN, f"Fix it\n\n{SIGNED}\n"),
    "human only, sign-off missing": Case(HUMAN, "Fix it\n"),
    "only certain marks block": Case(HINTS, f"Fix it\n\n{CLAUDE}\n"),
    "proposed never blocks": Case(PROPOSED, f"Fix it\n\n{CLAUDE}\n"),
}
BLOCKED = {
    "ban, trailer",
    "ban, residue in a file",
    "disclose, undisclosed",
    "disclose, placeholder left",
    "scope, code",
    "human only, tool as co-author",
    "human only, sign-off missing",
    "only certain marks block",
}


def started(clone: RealRepository, *arguments: str) -> tuple[int, str]:
    """byline in a clone, as a process: its exit code and what it wrote."""
    import subprocess

    environment = {**os.environ, "PYTHONPATH": str(SOURCES)}
    command = [sys.executable, "-m", "byline", *arguments]
    ran = subprocess.run(command, cwd=clone.path, env=environment, capture_output=True, text=True, check=False)
    return ran.returncode, ran.stdout


@pytest.mark.parametrize("name", CASES)
def test_hook_server_and_ci_agree(name: str, tmp_path: Path) -> None:
    case = CASES[name]
    clone = RealRepository.create(tmp_path / "clone")
    clone.commit("Begin\n", {"byline.toml": case.policy})
    server = RealRepository.create(tmp_path / "server.git", "--bare")
    clone.git("push", "--quiet", str(server.path), "main")
    hook = server.path / "hooks" / "pre-receive"
    hook.write_text(f'#!/bin/sh\nPYTHONPATH="{SOURCES}" exec "{sys.executable}" -m byline hook pre-receive\n')
    hook.chmod(0o755)

    clone.write(case.file, case.content)
    clone.git("add", "--all")
    clone.write(".git/COMMIT_EDITMSG", case.message)
    in_clone, _ = started(clone, "hook", "commit-msg", ".git/COMMIT_EDITMSG")
    clone.commit((clone.path / ".git" / "COMMIT_EDITMSG").read_text())  # a hook may have put it right
    on_server = clone.run("push", "--quiet", str(server.path), "main")
    in_ci, report = started(clone, "ci", "--base", "HEAD~1", "--format", "json")

    assert (in_clone, on_server.returncode, in_ci) == ((1, 1, 1) if name in BLOCKED else (0, 0, 0)), on_server.stderr
    outcome = json.loads(report)["commits"][0]["outcome"]
    assert (outcome == "blocked") == (name in BLOCKED)
