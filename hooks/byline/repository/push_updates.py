"""What a push is about to send: the lines git writes to a pre-push hook, and the commits behind them.

Format: https://git-scm.com/docs/githooks#_pre_push
"""

import subprocess
from collections.abc import Iterator, Sequence
from typing import IO, NamedTuple

from byline.errors import UsageError
from byline.repository.location import Repository
from byline.repository.revisions import peel
from byline.repository.run_git import git_failed, start_git

_LONGEST_LINE = 1 << 16


class RefUpdate(NamedTuple):
    """One ref of a push. An id of nothing but zeros stands for a ref that does not exist."""

    local_ref: str
    local_sha: str
    remote_ref: str
    remote_sha: str

    @property
    def deletes(self) -> bool:
        """Whether the push removes the ref."""
        return not self.local_sha.strip("0")

    @property
    def creates(self) -> bool:
        """Whether the remote does not have the ref yet."""
        return not self.remote_sha.strip("0")


def read_updates(stream: IO[bytes]) -> tuple[RefUpdate, ...]:
    """The ref lines of a pre-push hook's standard input. Raises UsageError for anything else."""
    updates = []
    while line := stream.readline(_LONGEST_LINE):
        fields = line.decode("utf-8", "surrogateescape").rstrip("\n").split(" ")
        if len(fields) != 4:
            raise UsageError(
                "standard input does not hold the ref lines of a push",
                "This command is started by git push; run `byline install` to have it done.",
            )
        updates.append(RefUpdate(*fields))
    return tuple(updates)


def commits_to_push(repository: Repository, remote: str, updates: Sequence[RefUpdate]) -> Iterator[str]:
    """The commits that the updates send and the remote is not known to have, newest first.

    Known are the remote's tracking branches, and the ids that the remote itself has just told, if they are here.
    Raises RepositoryError when git fails.
    """
    told = [update.remote_sha for update in updates if not update.creates]
    sent = [update.local_sha for update in updates if not update.deletes]
    commits = peel(repository, [*sent, *told])
    tips = [commits[sha] for sha in sent if commits[sha]]
    if not tips:
        return
    feed = [*tips, *(f"^{commits[sha]}" for sha in told if commits[sha])]
    process = start_git(repository, "rev-list", "--stdin", "--not", f"--remotes={remote}", stdin=subprocess.PIPE)
    out, complaint = process.communicate("".join(f"{line}\n" for line in feed).encode())
    if process.returncode:
        raise git_failed("rev-list", complaint)
    yield from out.decode("ascii").split()
