"""(c) The cost of a scan as the work grows: commits, files in a commit, marks in the catalogue."""

import sys
from pathlib import Path

import generated
from paired import Command, measure
from table import Row

SCAN = (str(Path(sys.executable).with_name("byline")), "scan", "--all", "--format", "jsonl")


def more_commits(scratch: Path, counts: tuple[int, ...], rounds: int) -> list[Row]:
    """A row a count, held against `git log -p` of the same history."""
    rows = []
    for count in counts:
        repository = generated.history(scratch / f"commits-{count}.git", count)
        log = ["git", f"--git-dir={repository}", "log", "-p", "-U0", "--no-renames", "--all"]
        measured = measure([Command("git log", log), Command("scan", [*SCAN, "--repo", str(repository)])], rounds)
        rows.append(Row(f"scan, {count:,} generated commits", measured["scan"], measured["git log"], "git log -p -U0"))
    return rows


def more_files(scratch: Path, counts: tuple[int, ...], rounds: int) -> list[Row]:
    """A row a count of files in one commit."""
    rows = []
    for count in counts:
        repository = generated.one_commit(scratch / f"files-{count}.git", count)
        log = ["git", f"--git-dir={repository}", "log", "-p", "-U0", "--no-renames", "--all"]
        measured = measure([Command("git log", log), Command("scan", [*SCAN, "--repo", str(repository)])], rounds)
        rows.append(
            Row(f"scan, {count:,} files in one commit", measured["scan"], measured["git log"], "git log -p -U0")
        )
    return rows


def more_marks(scratch: Path, counts: tuple[int, ...], rounds: int) -> list[Row]:
    """A row a count of marks that a policy defines, held against the fewest.

    The history is long, because reading the policy comes on top: half a second for 25,000 lines of it.
    """
    repository = generated.history(scratch / "marks.git", 20_000)
    commands = []
    for count in counts:
        policy = scratch / f"marks-{count}.toml"
        policy.write_text('[policy]\nai = "allow"\n' + "".join(_tool(number) for number in range(count // 2)))
        commands.append(Command(str(count), [*SCAN, "--repo", str(repository), "--policy", str(policy)]))
    measured = measure(commands, rounds)
    fewest = measured[str(counts[0])]
    return [
        Row(f"scan of 20,000 commits, {count:,} more marks", measured[str(count)], fewest, f"{counts[0]} more marks")
        for count in counts
    ]


# A policy may define 500 expressions: enough of them that files are searched for more than the bundled ones.
_EXPRESSIONS = 250


def _tool(number: int) -> str:
    residue = f"""surface = "line"
pattern = "written by tool{number:04d}\\\\b"
needle = "written by tool{number:04d}"
"""
    session = f"""surface = "trailer"
key = "Tool{number}-Session"
any-value = true
"""
    return f"""
[define.tool{number}]
name = "Tool {number}"
vendor = "vendor{number % 50}"
hosting = "cloud"
modes = ["agent"]
[[define.tool{number}.mark]]
id = "tool{number}.author"
surface = "identity"
confidence = "certain"
shows = "generated"
email = "bot{number}@tool{number}.example"
[[define.tool{number}.mark]]
id = "tool{number}.trace"
confidence = "likely"
shows = "generated"
{residue if number < _EXPRESSIONS else session}"""
