"""The remotes of a clone."""

from collections.abc import Sequence

from byline.repository.location import Repository
from byline.repository.run_git import git_output


def remotes(repository: Repository) -> Sequence[str]:
    """Their names. Raises RepositoryError."""
    return git_output(repository, "remote").decode("utf-8", "surrogateescape").split("\n")[:-1]


def usual_remote(names: Sequence[str]) -> str:
    """The one that is meant where none is named: `origin`, or the only one; empty where that is not clear."""
    return "origin" if "origin" in names else names[0] if len(names) == 1 else ""
