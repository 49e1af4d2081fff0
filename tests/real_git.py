"""Real Git repositories for tests, built by git itself and blind to whoever runs the tests.

Everything is fixed: no configuration of the machine or the person, one identity, dates that count up. What git's own
commands refuse to write (mangled commits, odd trees) is written as a raw object.
"""

import os
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple, Self

from byline.repository.discovery import Repository, discover

ADA = ("Ada Example", "ada@example.com")
FIRST_SECOND = 1_700_000_000

_KEPT = ("PATH", "SYSTEMROOT", "SYSTEMDRIVE", "TEMP", "TMP", "TMPDIR", "PATHEXT", "COMSPEC", "LD_LIBRARY_PATH")


def isolated_settings(home: str | os.PathLike[str]) -> dict[str, str]:
    """The variables that keep git from the machine's and the person's configuration."""
    return {
        "HOME": str(home),
        "USERPROFILE": str(home),
        "XDG_CONFIG_HOME": str(Path(home) / ".config"),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_TERMINAL_PROMPT": "0",
    }


def isolated_environment(home: str | os.PathLike[str], second: int = FIRST_SECOND) -> dict[str, str]:
    """A whole environment for git: nothing of the caller's but the PATH, one identity and one date."""
    inherited = {name: value for name, value in os.environ.items() if name.upper() in _KEPT}
    name, email = ADA
    date = f"{second} +0000"
    identity = {f"GIT_{role}_{field}": value for role in ("AUTHOR", "COMMITTER") for field, value in (
        ("NAME", name), ("EMAIL", email), ("DATE", date))}  # fmt: skip
    return inherited | isolated_settings(home) | identity


class GitFailed(Exception):
    """git ended with another exit code than 0; the text is what it complained of."""


class Entry(NamedTuple):
    """One entry of a tree object. `name` is bytes, because a tree can hold any."""

    mode: str
    name: bytes
    oid: str


class RealRepository:
    """A repository on disk, and git started in it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._second = FIRST_SECOND

    @classmethod
    def create(cls, path: Path, *options: str) -> Self:
        """A new, empty repository with a branch called main; `options` are those of `git init`."""
        path.mkdir(parents=True, exist_ok=True)
        made = cls(path)
        made.git("init", "--quiet", "--initial-branch=main", *options, ".")
        return made

    @property
    def opened(self) -> Repository:
        """The repository as byline sees it from the outside."""
        return discover(str(self.path))

    @property
    def git_dir(self) -> Path:
        """Where the objects and refs are."""
        return Path(self.opened.git_dir)

    def run(
        self, *arguments: str, feed: bytes | None = None, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        """Start git here and wait for it, whatever its exit code."""
        self._second += 60
        environment = isolated_environment(self.path.parent, self._second) | dict(env or {})
        stdin = {"stdin": subprocess.DEVNULL} if feed is None else {"input": feed}
        return subprocess.run(
            ["git", *arguments], cwd=self.path, env=environment, capture_output=True, check=False, timeout=60, **stdin
        )

    def git(self, *arguments: str, feed: bytes | None = None, env: Mapping[str, str] | None = None) -> str:
        """What git prints, without white space around. Raises GitFailed."""
        return self.git_bytes(*arguments, feed=feed, env=env).decode("utf-8", "surrogateescape").strip()

    def git_bytes(self, *arguments: str, feed: bytes | None = None, env: Mapping[str, str] | None = None) -> bytes:
        """What git prints, as it is. Raises GitFailed."""
        done = self.run(*arguments, feed=feed, env=env)
        if done.returncode:
            raise GitFailed(f"git {' '.join(arguments)}: {done.stderr.decode(errors='replace')}")
        return done.stdout

    def write(self, name: str, content: str | bytes) -> Path:
        """A file of the working tree."""
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf-8", "surrogateescape") if isinstance(content, str) else content)
        return path

    def commit(self, message: str = "Change", files: Mapping[str, str | bytes | None] | None = None) -> str:
        """Write the files (None deletes), stage everything and commit; the new commit's id."""
        for name, content in (files or {}).items():
            if content is None:
                (self.path / name).unlink()
            else:
                self.write(name, content)
        self.git("add", "--all", "--force")
        self.git("commit", "--quiet", "--no-verify", "--allow-empty", "--cleanup=verbatim", "-F", "-",
                 feed=message.encode("utf-8", "surrogateescape"))  # fmt: skip
        return self.head

    @property
    def head(self) -> str:
        """The id of the commit that is checked out."""
        return self.git("rev-parse", "--verify", "HEAD")

    def raw_object(self, kind: str, data: bytes) -> str:
        """Store any bytes as an object of this kind, however broken; its id."""
        return self.git("hash-object", "-t", kind, "-w", "--stdin", "--literally", feed=data)

    def tree(self, entries: Iterable[Entry]) -> str:
        """Store a tree with just these entries in just this order; its id."""
        return self.raw_object(
            "tree", b"".join(f"{e.mode} ".encode() + e.name + b"\0" + bytes.fromhex(e.oid) for e in entries)
        )

    def raw_commit(
        self, tree: str | None = None, parents: Iterable[str] = (), message: bytes = b"Change\n", header: bytes = b""
    ) -> str:
        """Store a commit object; `header` stands after the committer line. Its id."""
        who = f"{ADA[0]} <{ADA[1]}> {FIRST_SECOND} +0000"
        lines = [f"tree {tree or self.tree(())}", *(f"parent {parent}" for parent in parents)]
        lines += [f"author {who}", f"committer {who}"]
        return self.raw_object("commit", "\n".join(lines).encode() + b"\n" + header + b"\n" + message)

    def commit_files(self, files: Mapping[bytes, bytes], parents: Iterable[str] = (), message: bytes = b"x\n") -> str:
        """Store a commit of files at the top of the tree, under any names; its id."""
        entries = [Entry("100644", name, self.raw_object("blob", content)) for name, content in sorted(files.items())]
        return self.raw_commit(self.tree(entries), parents, message)

    def point(self, ref: str, sha: str) -> None:
        """Have a ref name an object."""
        self.git("update-ref", ref, sha)

    def object_file(self, oid: str) -> Path:
        """Where a loose object is stored."""
        return self.git_dir / "objects" / oid[:2] / oid[2:]
