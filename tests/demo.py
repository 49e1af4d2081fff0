"""See byline at work: on this repository's own history, and on a sample repository with its hooks installed.

    python3 tests/demo.py

Needs Python 3.11 or newer and git. The sample repository lies in a temporary directory and is removed at the end.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from run import PYTHON, ROOT, prepare

_POLICY = """\
[policy]
ai = "disclose"
say = "Questions? Ask in the chat before you rewrite anything."

[tools]
chatgpt = "deny"

[trailers]
disclose = { Assisted-by = "{tool}" }

[enforce]
commit = "block"
push = "warn"
"""

_COMMITS = (
    ("a person's commit: the hooks say nothing", "dates.py", "def parse(text):\n    ...\n", "Add a parser for dates\n"),
    (
        "a disclosed use of a tool: allowed, and noted",
        "times.py",
        "def now():\n    ...\n",
        "Add a clock\n\nAssisted-by: Claude-Code\n",
    ),
    (
        "the tool's own stamp, not the project's form: byline writes the line",
        "zones.py",
        "def zone():\n    ...\n",
        "Add time zones\n\nCo-Authored-By: Claude <noreply@anthropic.com>\n",
    ),
    (
        "residue of a tool that this project does not allow: refused",
        "links.py",
        'SOURCE = "https://example.org/?utm_source=chatgpt.com"\n',
        "Add a link\n",
    ),
)


def main() -> int:
    """Run the demonstration; 0 when everything went as told."""
    prepare()
    _title("byline's own history")
    _show("scan", "--all", cwd=ROOT)
    with tempfile.TemporaryDirectory(prefix="byline-demo-") as folder:
        sample = Path(folder)
        _prepare_sample(sample)
        _title("A sample repository, with this byline.toml")
        print(_POLICY)
        _show("install", cwd=sample)
        for title, name, content, message in _COMMITS:
            _title(title)
            (sample / name).write_text(content)
            _git(sample, "add", name)
            print(f"$ git commit -m {message!r}", flush=True)
            _git(sample, "commit", "-m", message, check=False)
            _git(sample, "reset", "-q", "--hard")
        _title("A commit made with --no-verify is told of, and a check of the whole history warns")
        _git(sample, "commit", "-q", "--no-verify", "--allow-empty", "-m", _COMMITS[2][3], check=False)
        return _show("check", "--all", cwd=sample)


def _prepare_sample(sample: Path) -> None:
    _git(sample, "init", "-q", "-b", "main")
    _git(sample, "config", "user.name", "Ada Lovelace")
    _git(sample, "config", "user.email", "ada@example.org")
    (sample / "byline.toml").write_text(_POLICY)
    _git(sample, "add", ".")
    _git(sample, "commit", "-q", "-m", "Say what this project thinks of AI tools")


def _title(text: str) -> None:
    print(f"\n--- {text}\n", flush=True)


def _show(*arguments: str, cwd: Path) -> int:
    print(f"$ byline {' '.join(arguments)}", flush=True)
    return subprocess.run([str(PYTHON), "-m", "byline", *arguments], cwd=cwd, check=False).returncode


def _git(sample: Path, *arguments: str, check: bool = True) -> None:
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(["git", *arguments], cwd=sample, check=check, env=environment)


if __name__ == "__main__":
    sys.exit(main())
