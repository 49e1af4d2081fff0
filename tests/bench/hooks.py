"""(b) Client hooks as whole processes, beside an empty Python and beside peers that do a part of the job."""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from paired import Command, measure
from table import Row

_MESSAGE = """Add a parser for dates

The old one could not read years before 1970.

Signed-off-by: Ada Lovelace <ada@example.org>
"""
_STAMPED = f"""{_MESSAGE.rstrip()}

🤖 Generated with [Claude Code](https://claude.com/claude-code)

Co-Authored-By: Claude <noreply@anthropic.com>
"""
_AGENT = {"CLAUDECODE": "1", "CLAUDE_CODE_ENTRYPOINT": "cli"}
# git sets it for hooks of commits that open no editor; where one opens, the disclosure is written before that
_NO_EDITOR, _EDITOR = ":", "true"
_POLICY = (
    '[policy]\nai = "disclose"\n\n[tools]\nchatgpt = "deny"\n\n[trailers]\ndisclose = { Assisted-by = "{tool}" }\n'
)


def compare_hooks(scratch: Path, rounds: int) -> list[Row]:
    """A row for each hook and for each peer that is installed."""
    repository = _repository(scratch / "hooks")
    byline = [str(Path(sys.executable).with_name("byline")), "hook"]
    commands = [
        Command("python -c pass", [sys.executable, "-c", "pass"], repository),
        Command("byline commit-msg", [*byline, "commit-msg", ".git/COMMIT_EDITMSG"], repository),
        Command("byline pre-commit", [*byline, "pre-commit"], repository),
        Command("byline prepare-commit-msg", [*byline, "prepare-commit-msg", ".git/COMMIT_EDITMSG"], repository),
        Command("byline post-commit", [*byline, "post-commit"], repository),
        *_annotating(repository, byline),
        *_peers(repository),
    ]
    measured = measure(commands, rounds)
    empty = measured["python -c pass"]
    return [Row(name, one, empty, empty.name) for name, one in measured.items()]


def _annotating(repository: Path, byline: Sequence[str]) -> list[Command]:
    """Hooks that write the disclosure, for a message without any and beside the stamp of a tool."""
    message = repository / ".git/MESSAGE"

    def command(name: str, text: str, editor: str, *arguments: str) -> Command:
        environment = {**_AGENT, "GIT_EDITOR": editor}
        return Command(name, [*byline, *arguments], repository, environment, files={message: text})

    return [
        command("byline commit-msg, discloses", _MESSAGE, _NO_EDITOR, "commit-msg", ".git/MESSAGE"),
        command("byline commit-msg, beside a stamp", _STAMPED, _NO_EDITOR, "commit-msg", ".git/MESSAGE"),
        command(
            "byline prepare-commit-msg, discloses", _MESSAGE, _EDITOR, "prepare-commit-msg", ".git/MESSAGE", "message"
        ),
    ]


def _peers(repository: Path) -> list[Command]:
    beside = Path(sys.executable).parent
    known = {
        "commit-check": ["commit-check", "--message", ".git/COMMIT_EDITMSG"],
        "gitlint": ["gitlint", "--msg-filename", ".git/COMMIT_EDITMSG"],
        "detect-secrets-hook": ["detect-secrets-hook", "dates.py"],
        "commitlint": ["commitlint", "--edit", ".git/COMMIT_EDITMSG"],
    }
    found = []
    for name, arguments in known.items():
        program = shutil.which(arguments[0], path=str(beside)) or shutil.which(arguments[0])
        if program:
            found.append(Command(name, [program, *arguments[1:]], repository, expected=tuple(range(8))))
    return found


def _repository(directory: Path) -> Path:
    directory.mkdir(parents=True)

    def git(*arguments: str) -> None:
        identity = ["-c", "user.name=Ada Lovelace", "-c", "user.email=ada@example.org"]
        subprocess.run(["git", *identity, *arguments], cwd=directory, check=True, stdout=subprocess.DEVNULL)

    git("init", "-q", "-b", "main")
    git("config", "user.name", "Ada Lovelace")
    git("config", "user.email", "ada@example.org")
    (directory / "byline.toml").write_text(_POLICY)
    (directory / "dates.py").write_text("def parse(text):\n    return text.split('-')\n")
    git("add", ".")
    git("commit", "-q", "-m", "Begin")
    (directory / "dates.py").write_text(
        "def parse(text):\n    year, month, day = text.split('-')\n    return int(year), int(month), int(day)\n"
    )
    (directory / "README").write_text("Dates.\n" * 200)
    git("add", ".")
    (directory / ".git/COMMIT_EDITMSG").write_text(_MESSAGE)
    return directory
