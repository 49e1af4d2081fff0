"""A server repository with byline at its door, and a clone to push from."""

import json
import os
import shlex
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from real_git import RealRepository, isolated_environment

POLICY = '[policy]\nai = "deny"\n'
TRAILER = "Co-authored-by: Claude <noreply@anthropic.com>"
EVIL = f"Add the retry loop\n\n{TRAILER}\n"


class Gate:
    """The bare repository `server`, the clone `client`, and pushes from the one to the other."""

    def __init__(self, folder: Path, python: Path, *options: str) -> None:
        self.python = python
        self.server = RealRepository.create(folder / "server.git", "--bare", *options)
        self.client = RealRepository.create(folder / "client", *options)
        self.url = str(self.server.path)
        self.client.git("remote", "add", "origin", self.url)

    def start(self, policy: str | None = POLICY, *stages: str, option: str = "") -> str:
        """Push a first commit with the policy, then put up the hooks; the id of that commit."""
        first = self.client.commit("Begin\n", {"byline.toml": policy} if policy else {"readme": "hello\n"})
        self.client.git("push", "--quiet", "origin", "main")
        # a machine that runs other tests at the same time is slower than any server
        self.configure("byline.deadline", "120")
        for stage in stages or ("pre-receive", "post-receive"):
            self.hook(stage, option)
        return first

    def hook(self, stage: str, option: str = "", environment: Mapping[str, str] | None = None) -> Path:
        """Put up one hook, which runs byline with `option` behind the stage."""
        path = self.server.path / "hooks" / stage
        exports = "".join(f"export {name}={shlex.quote(value)}\n" for name, value in (environment or {}).items())
        command = f'exec {self.python} -I -m byline hook {stage} {option} "$@"'
        path.write_text(f"#!/bin/sh\n{exports}{command}\n")
        path.chmod(0o755)
        return path

    def configure(self, name: str, value: str) -> None:
        """A setting of the server repository."""
        several = name in ("byline.exclude", "byline.override")
        self.server.git("config", "--add" if several else "--replace-all", name, value)

    def push(
        self, *what: str, env: Mapping[str, str] | None = None, config: Sequence[str] = ()
    ) -> subprocess.CompletedProcess[str]:
        """`git push origin WHAT`, whatever comes of it. `config` stands before the command."""
        environment = isolated_environment(self.client.path.parent) | dict(env or {})
        command = ["git", *config, "push", "origin", *what]
        return subprocess.run(
            command, cwd=self.client.path, env=environment, capture_output=True, text=True, errors="replace",
            check=False, timeout=120, stdin=subprocess.DEVNULL,
        )  # fmt: skip

    def has(self, sha: str) -> bool:
        """Whether any ref of the server leads to the commit."""
        return sha in self.commits()

    def commits(self) -> set[str]:
        """All commits that refs of the server lead to."""
        return set(self.server.git("--no-replace-objects", "rev-list", "--all").split())

    def tip(self, ref: str) -> str:
        """What a ref of the server holds; empty when it does not exist."""
        done = self.server.run("rev-parse", "--verify", "--quiet", ref)
        return done.stdout.decode().strip()

    @property
    def log(self) -> Path:
        """Where decisions are logged unless the settings say otherwise."""
        return self.server.path / "byline" / "decisions.jsonl"

    def events(self, stage: str = "pre-receive") -> list[dict[str, Any]]:
        """The logged events of a stage, oldest first."""
        if not self.log.exists():
            return []
        events = [json.loads(line) for line in self.log.read_text("utf-8").splitlines()]
        return [event for event in events if event["stage"] == stage]

    def last(self, stage: str = "pre-receive") -> dict[str, Any]:
        """The last logged event of a stage."""
        return self.events(stage)[-1]


def hook_environment(server: RealRepository) -> dict[str, str]:
    """What git sets for a hook of this repository, for hooks that are started by hand."""
    return isolated_environment(server.path.parent) | {"GIT_DIR": ".", "PATH": os.environ["PATH"]}
