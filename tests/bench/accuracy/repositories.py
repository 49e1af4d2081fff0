"""Repositories, their commits, and what `byline scan` says about them."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple


class Named(NamedTuple):
    """A repository on this machine and the name (owner/name) it has in the world."""

    name: str
    path: Path


def named(text: str) -> Named:
    """`NAME=PATH`, or a path from which the name is taken."""
    name, equals, path = text.rpartition("=")
    place = Path(path).resolve()
    if equals:
        return Named(name, place)
    folder = place.parent if place.name in ("repo", ".git") else place
    owner, plus, rest = folder.name.removesuffix(".git").partition("+")
    return Named(f"{owner}/{rest}" if plus else f"{folder.parent.name}/{owner}", place)


def git(repository: Path, *arguments: str) -> str:
    """What git prints, replace refs and mailmap left out."""
    command = ["git", "--no-replace-objects", "-C", str(repository), *arguments]
    return subprocess.run(command, check=True, capture_output=True).stdout.decode("utf-8", "replace")


def commits(repository: Path, *arguments: str) -> list[str]:
    """The ids of the commits of all refs that the arguments of rev-list leave."""
    return git(repository, "rev-list", "--all", *arguments).split()


def scan(repository: Path, shas: Iterable[str], jobs: int) -> Iterator[dict[str, Any]]:
    """What `byline scan` says of these commits, one object each."""
    command = [sys.executable, "-m", "byline", "scan", "--repo", str(repository), "--stdin", "--format", "jsonl"]
    with tempfile.TemporaryFile() as wanted:
        wanted.write("".join(f"{sha}\n" for sha in shas).encode())
        wanted.seek(0)
        with subprocess.Popen([*command, "--jobs", str(jobs)], stdin=wanted, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            for line in process.stdout:
                yield json.loads(line)
    if process.returncode not in (0, 3):  # 3: a commit that could not be read, which is said with the commit
        raise SystemExit(f"byline scan ended with exit code {process.returncode} on {repository}")
