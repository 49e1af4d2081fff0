"""(a) `byline scan` of the newest commits of a history, beside `git log -p` of the same range."""

import subprocess
import sys
from pathlib import Path

from paired import Command, measure
from table import Row

BYLINE = (str(Path(sys.executable).with_name("byline")),)


def compare_with_git_log(repository: Path, counts: tuple[int, ...], rounds: int) -> list[Row]:
    """A row for each count of commits that the history of HEAD has."""
    rows = []
    for count in counts:
        base = _base(repository, count)
        if base is None:
            continue
        span = f"{base}..HEAD"
        git = ["git", f"--git-dir={_git_dir(repository)}", "log", "-p", "-U0", "--no-renames", span]
        scan = [*BYLINE, "scan", "--repo", str(repository), "--format", "jsonl", span]
        measured = measure(
            [Command("git log", git), Command("scan", scan), Command("scan, 1 job", [*scan, "--jobs", "1"])], rounds
        )
        commits = int(_git(repository, "rev-list", "--count", span))
        log = measured["git log"]
        rows += [
            Row(
                f"{measurement.name}, {commits:,} commits of {repository.parent.name}",
                measurement,
                log,
                "git log -p -U0",
            )
            for measurement in measured.values()
        ]
    return rows


def _base(repository: Path, count: int) -> str | None:
    listed = _git(repository, "rev-list", "--first-parent", "HEAD").split()
    low, high = 0, len(listed) - 1
    while low < high:
        middle = (low + high) // 2
        if int(_git(repository, "rev-list", "--count", f"{listed[middle]}..HEAD")) < count:
            low = middle + 1
        else:
            high = middle
    return listed[low] if int(_git(repository, "rev-list", "--count", f"{listed[low]}..HEAD")) >= count else None


def _git_dir(repository: Path) -> str:
    command = ["git", "-C", str(repository), "rev-parse", "--absolute-git-dir"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def _git(repository: Path, *arguments: str) -> str:
    command = ["git", f"--git-dir={_git_dir(repository)}", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
