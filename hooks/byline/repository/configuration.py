"""Git's settings, and who it would name as author and committer, in one process."""

from types import TracebackType
from typing import Self

from byline.frozen import Frozen
from byline.model import Identity
from byline.repository.commit_object import parse_identity
from byline.repository.location import Repository
from byline.repository.run_git import StartedGit

_LOGICAL = ("GIT_COMMITTER_IDENT", "GIT_AUTHOR_IDENT")


class Configuration(Frozen):
    """`settings` maps lower-case keys to their last value; identities are those of a commit made now."""

    settings: dict[str, str]
    author: Identity
    committer: Identity


class AskedConfiguration:
    """What git says from now on, while we do something else, for a `with` block. It is asked once."""

    def __init__(self, repository: Repository) -> None:
        self._git = StartedGit(repository, "var", "-l")
        self._answer: Configuration | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.end()

    def answer(self) -> Configuration:
        """What git has said. Raises RepositoryError when it failed."""
        if self._answer is None:
            self._answer = parse_configuration(self._git.output())
        return self._answer

    def end(self) -> None:
        """Have git end, when nobody is going to read."""
        self._git.end()


def read_configuration(repository: Repository) -> Configuration:
    """What git says now. Raises RepositoryError when it fails."""
    return AskedConfiguration(repository).answer()


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
