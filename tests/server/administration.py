"""byline run as the administrator of a server runs it."""

import subprocess

from real_git import isolated_environment
from server.gate import EVIL, Gate


def byline(gate: Gate, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the installed byline."""
    command = [str(gate.python), "-I", "-m", "byline", *arguments]
    environment = isolated_environment(gate.server.path.parent)
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False, cwd=gate.server.path)


def guards(gate: Gate) -> bool:
    """Whether a violating commit is refused and a clean one is not."""
    gate.client.commit("Fix the parser\n")
    clean = gate.push("main").returncode == 0
    gate.client.commit(EVIL)
    return clean and gate.push("main").returncode != 0
