"""Adds to the commit in the making what its environment says, unless the policy says not to look."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from byline.model import Commit
from byline.repository.surroundings import surrounded

if TYPE_CHECKING:
    from byline.commands.judge import Judge
    from byline.repository.location import Repository


def in_environment(repository: "Repository", judge: "Judge", commits: Iterable[Commit]) -> Iterable[Commit]:
    """The commits with the environment in which they are being made."""
    return surrounded(commits, repository.git_dir) if judge.policy.evidence.environment else commits
