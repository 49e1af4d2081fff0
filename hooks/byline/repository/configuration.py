"""Git's settings, and who it would name as author and committer, in one process."""

from typing import NamedTuple

from byline.model import Identity
from byline.repository.commit_object import parse_identity
from byline.repository.location import Repository
from byline.repository.run_git import git_output

_LOGICAL = ("GIT_COMMITTER_IDENT", "GIT_AUTHOR_IDENT")


class Configuration(NamedTuple):
    """`settings` maps lower-case keys to their last value; identities are those of a commit made now."""

    settings: dict[str, str]
    author: Identity
    committer: Identity


LIST = ("var", "-l")
"""The git command whose output `parse_configuration` reads."""


def read_configuration(repository: Repository) -> Configuration:
    """What git says now. Raises RepositoryError when it fails."""
    return parse_configuration(git_output(repository, *LIST))


def parse_configuration(output: bytes) -> Configuration:
    """What `git var -l` lists: every setting of every file in force, then git's logical variables.

    A value may hold newlines, so that it could pose as a further line; the logical variables come last and win.
    """
    listed = output.decode("utf-8", "surrogateescape")
    settings: dict[str, str] = {}
    for line in listed.split("\n"):
        key, equals, value = line.partition("=")
        if equals or key:
            settings[key if key in _LOGICAL else key.lower()] = value
    author, committer = (
        parse_identity(settings.pop(name, "").encode("utf-8", "surrogateescape"))
        for name in ("GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT")
    )
    return Configuration(settings, author, committer)


def setting(repository: Repository, key: str) -> str | None:
    """The last value of one setting, or None when it is not set."""
    return read_configuration(repository).settings.get(key.lower())
