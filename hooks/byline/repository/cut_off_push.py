"""Whether a push brings a commit without the one before it, as from a shallow clone.

A server that takes such pushes (`receive.shallowUpdate`) tells its hooks of a shallow file. Any other refuses them only
after its hooks have ended: they find a commit missing, as in a repository that is damaged.
"""

import os
import subprocess
from collections.abc import Iterable

from byline.errors import IncompleteHistory, RepositoryError
from byline.lazy_pattern import lazy_pattern
from byline.repository.location import Repository
from byline.repository.run_git import clean_environment, git_output, spawn

_UNREAD = "Could not read "
_CHILD = lazy_pattern(r"parents of commit ([0-9a-f]{40,64})")


def shallow_push() -> IncompleteHistory:
    """The failure to tell of."""
    return IncompleteHistory(
        "it comes from a shallow clone and brings commits without what was before them",
        "Fetch the whole history first (git fetch --unshallow), then push again.",
    )


def is_cut_off(failure: str, repository: Repository, tips: Iterable[str]) -> bool:
    """Whether a failure of git has this reason: a commit has just come with the push, and its parent has not.

    `tips` are the full ids that the push brings.
    """
    if _UNREAD not in failure or "GIT_QUARANTINE_PATH" not in os.environ:
        return False
    feed = "".join(f"{tip}\n" for tip in tips).encode("ascii")
    try:
        git_output(repository, "rev-list", "--count", "--stdin", feed=feed)
    except RepositoryError as again:
        child = _CHILD.search(str(again))
        return child is not None and _has_just_come(child[1])
    return False


def _has_just_come(sha: str) -> bool:
    """Whether an object lies where git keeps those of a push until its hooks have ended."""
    arrived = {name: text for name, text in os.environ.items() if name != "GIT_ALTERNATE_OBJECT_DIRECTORIES"}
    environment = clean_environment(inherits=True, environ=arrived)
    process = spawn(["git", "cat-file", "-e", sha], environment, stdin=subprocess.DEVNULL)
    process.communicate()
    return process.returncode == 0
