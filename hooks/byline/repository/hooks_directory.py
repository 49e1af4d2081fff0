"""Where git looks for a repository's hooks."""

import os

from byline.repository.location import Repository


def hooks_directory(repository: Repository) -> str:
    """The absolute path: `core.hooksPath` when set, else the directory that all worktrees share."""
    return _asked_in(repository.work_tree or repository.git_dir)


def receiving_hooks_directory(repository: Repository) -> str:
    """The same for a push into the repository: git then takes a relative `core.hooksPath` from its git directory."""
    return _asked_in(repository.git_dir)


def _asked_in(top: str) -> str:
    # late, because it takes ten times as long to import as a commit hook needs altogether
    from git import Git

    answer = Git(top).rev_parse("--git-path", "hooks")
    return os.path.normpath(os.path.join(top, answer))
