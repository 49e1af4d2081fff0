"""A person's clone: their own configuration, the git of the test, and byline installed as a hook finds it."""

import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple, Self

from real_git import RealRepository, isolated_settings

HOOKS = Path(__file__).resolve().parents[2] / "hooks"
BAN = '[policy]\nai = "deny"\n'
CLAUDE = "Co-Authored-By: Claude <noreply@anthropic.com>"
RESIDUE = ":contentReference[oaicite:0]{index=0}"
"""A line that a chat leaves in a file."""

_KEPT = ("LD_LIBRARY_PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR")
_PERSON = "[user]\n\tname = Ada Example\n\temail = ada@example.com\n[init]\n\tdefaultBranch = main\n"


class Programs(NamedTuple):
    """The folders with the programs `git` and `byline` that a clone uses, and the home of its person."""

    git: Path
    byline: Path
    home: Path

    def environment(self) -> dict[str, str]:
        """What a person's shell would hand to git: a PATH, a home, and no word about Git."""
        path = os.pathsep.join((str(self.byline), str(self.git), os.environ["PATH"]))
        kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
        config = {"GIT_CONFIG_GLOBAL": str(self.home / ".gitconfig")}
        return kept | isolated_settings(self.home) | config | {"PATH": path}


class Ended(NamedTuple):
    """How a program ended, and what it printed."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> list[str]:
        """The lines of standard error."""
        return self.err.splitlines()


class Clone(RealRepository):
    """A repository in which a person works. `git`, `run` and `commit` start the git of the test."""

    def __init__(self, path: Path, programs: Programs) -> None:
        super().__init__(path)
        self.programs = programs
        self._options: tuple[str, ...] = ()
        self._past: dict[str, str] = {}

    @classmethod
    def begin(cls, path: Path, programs: Programs, *options: str) -> Self:
        """A new, empty repository; `options` are those of `git init`."""
        path.mkdir(parents=True, exist_ok=True)
        made = cls(path, programs)
        made.git("init", "--quiet", *options, ".")
        return made

    def copy(self, path: Path) -> Self:
        """The same once more, hooks included."""
        shutil.copytree(self.path, path, symlinks=True)
        return type(self)(path, self.programs)

    def start(
        self,
        *command: str,
        feed: bytes | None = None,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        timeout: int = 60,
    ) -> subprocess.CompletedProcess[bytes]:
        """Run a program as the person of this clone, whatever its exit code."""
        environment = self.programs.environment() | dict(env or {})
        program = shutil.which(command[0], path=environment["PATH"]) or command[0]
        stdin = {"stdin": subprocess.DEVNULL} if feed is None else {"input": feed}
        return subprocess.run(
            [program, *command[1:]],
            cwd=cwd or self.path,
            env=environment,
            capture_output=True,
            check=False,
            timeout=timeout,
            **stdin,
        )

    def run(
        self, *arguments: str, feed: bytes | None = None, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        """Start git here as the person would, whatever its exit code."""
        return self.start("git", *self._options, *arguments, feed=feed, env=self._past | dict(env or {}))

    def commit(self, message: str = "Change", files: Mapping[str, str | bytes | None] | None = None) -> str:
        """Prepare history: a commit of some time ago that no hook has seen."""
        self._second += 60
        self._options = ("-c", f"core.hooksPath={os.devnull}")
        self._past = {f"GIT_{role}_DATE": f"{self._second} +0000" for role in ("AUTHOR", "COMMITTER")}
        try:
            return super().commit(message, files)
        finally:
            self._options, self._past = (), {}

    def attempt(
        self, *command: str, feed: str | None = None, env: Mapping[str, str] | None = None, cwd: Path | None = None
    ) -> Ended:
        """Run a command line, such as `"git", "commit"`, and tell how it ended."""
        data = None if feed is None else feed.encode("utf-8", "surrogateescape")
        done = self.start(*command, feed=data, env=env, cwd=cwd)
        out, err = (stream.decode("utf-8", "surrogateescape") for stream in (done.stdout, done.stderr))
        return Ended(done.returncode, out, err)

    def stage(self, files: Mapping[str, str | bytes]) -> None:
        """Write the files and add them to the index."""
        for name, content in files.items():
            self.write(name, content)
        self.git("add", "--force", "--", *files)

    @property
    def message(self) -> str:
        """The message of the commit that is checked out, as it is stored."""
        return self.git_bytes("cat-file", "commit", "HEAD").decode("utf-8", "surrogateescape").split("\n\n", 1)[1]


def editor(folder: Path, text: str, seen: str = "seen") -> dict[str, str]:
    """Variables for an editor that puts `text` above what git offers, and keeps a copy of that in `folder`."""
    draft, script = folder / "draft", folder / "editor"
    draft.write_text(text, encoding="utf-8")
    script.write_text(f'#!/bin/sh\ncp "$1" "{folder / seen}"\ncat "{draft}" "{folder / seen}" > "$1"\n')
    script.chmod(0o755)
    return {"GIT_EDITOR": str(script)}


def install_byline(folder: Path) -> Path:
    """An environment that has this source tree's byline as an editable install has it; where its programs are."""
    venv.create(folder, with_pip=False, symlinks=os.name != "nt")
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    packages = next(folder.glob("lib/python*/site-packages"))
    installed = [entry for entry in sys.path if Path(entry).name == "site-packages"]
    (packages / "byline.pth").write_text("\n".join([str(HOOKS), *installed]) + "\n")
    python = programs / "python"
    script = programs / "byline"
    script.write_text(f'#!/bin/sh\nexec "{python}" -I -m byline "$@"\n')
    script.chmod(0o755)
    return programs


def make_home(folder: Path) -> Path:
    """A person's home directory with their name in it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ".gitconfig").write_text(_PERSON)
    return folder
