"""Where `--to` leads on each kind of server, and whether hooks that are put there can ever run."""

import os
from typing import NamedTuple

from byline.actions.server_kinds import KINDS
from byline.errors import BylineError, NotARepository
from byline.repository.discovery import discover
from byline.repository.hooks_directory import receiving_hooks_directory
from byline.repository.location import Repository


class Target(NamedTuple):
    """The directory that was named, and the repository that it is or lies in."""

    kind: str
    directory: str
    around: Repository | None

    @property
    def own(self) -> Repository | None:
        """The repository, where the directory is one: its git directory, or the top of its working tree."""
        return self.around if self.is_git_dir or self.is_work_tree else None

    @property
    def is_git_dir(self) -> bool:
        """Whether it is a bare repository or a .git."""
        return self.around is not None and _same(self.directory, self.around.common_dir)

    @property
    def is_work_tree(self) -> bool:
        """Whether it is the top of a working tree."""
        work_tree = self.around.work_tree if self.around is not None else None
        return work_tree is not None and _same(self.directory, work_tree)

    @property
    def in_git_dir(self) -> bool:
        """Whether it lies below a git directory."""
        return self.around is not None and below(self.directory, self.around.common_dir)

    @property
    def pushed_to(self) -> Repository | None:
        """The one repository whose pushes the hooks are for; None where they are for many."""
        one = self.kind in ("plain", "gitlab", "gitea", "forgejo")
        return self.own or (self.around if self.in_git_dir else None) if one else None


def find_target(kind: str, to: str) -> Target:
    """What the administrator names. Raises BylineError, as for a repository that git refuses to open."""
    directory = os.path.abspath(to)
    if not os.path.isdir(directory):
        raise BylineError(f"there is no directory {directory}", f"--to is {KINDS[kind].target}.")
    try:
        around = discover(directory)
    except NotARepository:
        around = None
    return Target(kind, directory, around)


def hooks_base(target: Target) -> str:
    """The directory below which this kind of server has its hooks."""
    own = target.own
    if target.kind == "plain" and own is not None:
        hooks = receiving_hooks_directory(own)
        return hooks if _is_in(hooks, own) else os.path.join(own.common_dir, "hooks")
    if target.kind == "gitlab" and own is not None:
        return os.path.join(own.common_dir, "custom_hooks")
    if target.kind in ("gitea", "forgejo", "gerrit"):
        return os.path.join(target.directory, "hooks")
    return target.directory


def check_target(target: Target) -> None:
    """Raise BylineError where no server of this kind would run hooks."""
    words = _obstacle(target)
    if words:
        raise BylineError(f"{target.directory} {words[0]}", words[1] or f"--to is {KINDS[target.kind].target}.")


def _obstacle(target: Target) -> tuple[str, str] | None:
    kind, around = target.kind, target.around
    if kind == "plain":
        return _plain_obstacle(target)
    if kind in ("gitea", "forgejo"):
        return None if target.is_git_dir else ("is no bare repository", "")
    if kind == "ghes":
        return None if around is not None and around.work_tree is not None else ("is no clone with files in it", "")
    if kind == "gerrit":
        is_site = os.path.isfile(os.path.join(target.directory, "etc", "gerrit.config"))
        return None if is_site else ("is no site of Gerrit's: it has no etc/gerrit.config", "")
    if kind == "gitlab":
        if target.is_work_tree:
            return "is a working tree, where GitLab runs no hooks", ""
        if target.in_git_dir and os.path.basename(target.directory) != "custom_hooks":
            return "lies in a repository and is not its custom_hooks, so GitLab runs no hooks there", ""
        return None
    if target.is_git_dir or target.in_git_dir:
        return "is a repository, or lies in one, where no hook is looked for", ""
    return None


def _plain_obstacle(target: Target) -> tuple[str, str] | None:
    if target.around is None or (target.own is None and not target.in_git_dir):
        return None
    hooks = receiving_hooks_directory(target.around)
    if target.own is None:
        if _same(target.directory, hooks):
            return None
        return "lies in a repository, and git looks for no hooks there", f"Say --to {target.around.common_dir}."
    if _is_in(hooks, target.own):
        return None
    return (
        f"has hooks that git passes over: core.hooksPath leads to {hooks}",
        f"Say --to {hooks}, which serves every repository with that setting, or take core.hooksPath out.",
    )


def below(path: str, folder: str) -> bool:
    """Whether a path lies somewhere below a folder, links followed."""
    return os.path.realpath(path).startswith(os.path.realpath(folder).rstrip(os.sep) + os.sep)


def _is_in(hooks: str, repository: Repository) -> bool:
    """Whether hooks are a repository's own, even if `hooks` itself is a link to those of others."""
    return below(os.path.join(os.path.realpath(os.path.dirname(hooks)), "-"), repository.common_dir)


def _same(one: str, other: str) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)
