"""A push into a scratch repository, to see a hook work before anybody depends on it."""

import os
import subprocess
import tempfile
from typing import NamedTuple

from byline.repository.location import Repository
from byline.repository.run_git import clean_environment, git_output, spawn

_IDENTITY = {
    f"GIT_{role}_{part}": value
    for role in ("AUTHOR", "COMMITTER")
    for part, value in (("NAME", "Ada Example"), ("EMAIL", "ada@example.com"), ("DATE", "1700000000 +0000"))
}


class Trial(NamedTuple):
    """What became of one push: its exit code, and what the pusher read."""

    code: int
    words: str


def trial_pushes(script: bytes, stage: str, messages: tuple[str, ...]) -> tuple[Trial, ...]:
    """Push a commit with each message, one after the other, into a repository with this hook alone.

    Raises RepositoryError and GitMissing when the scratch repository cannot be made.
    """
    with tempfile.TemporaryDirectory(prefix="byline-trial-") as folder:
        server, client = os.path.join(folder, "server.git"), os.path.join(folder, "client.git")
        environment = clean_environment(inherits=False) | _IDENTITY | {"GIT_CONFIG_GLOBAL": os.devnull}
        for path in (server, client):
            _git(environment, "init", "--quiet", "--bare", "--initial-branch=main", "--template=", path)
        os.mkdir(os.path.join(server, "hooks"))
        hook = os.path.join(server, "hooks", stage)
        with open(hook, "wb") as file:
            file.write(script)
        os.chmod(hook, 0o700)
        repository = Repository(client, client, None, shallow=False, object_format="sha1", inherits=False)
        tree = git_output(repository, "hash-object", "-t", "tree", "-w", "--stdin", feed=b"").decode().strip()
        done = []
        for number, message in enumerate(messages):
            sha = _commit(environment, client, tree, message)
            hooks = ("-c", f"core.hooksPath={os.path.join(server, 'hooks')}")
            done.append(
                _git(environment, *hooks, f"--git-dir={client}", "push", server, f"{sha}:refs/heads/trial{number}")
            )
        return tuple(done)


def _commit(environment: dict[str, str], git_dir: str, tree: str, message: str) -> str:
    process = spawn(["git", f"--git-dir={git_dir}", "commit-tree", tree], environment, stdin=subprocess.PIPE)
    out, _ = process.communicate(message.encode())
    return out.decode("ascii").strip()


def _git(environment: dict[str, str], *arguments: str) -> Trial:
    process = spawn(["git", *arguments], environment, stdin=subprocess.DEVNULL)
    _, words = process.communicate()
    return Trial(process.returncode, words.decode("utf-8", "replace"))
