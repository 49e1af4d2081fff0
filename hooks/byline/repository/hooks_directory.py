"""Where git looks for a repository's hooks."""

import os

from byline.repository.location import Repository


def hooks_directory(repository: Repository) -> str:
    """The absolute path: `core.hooksPath` when set, else the directory that all worktrees share."""
    # late, because it takes ten times as long to import as a commit hook needs altogether
    from git import Git

    top = repository.work_tree or repository.git_dir
    answer = Git(top).rev_parse("--git-path", "hooks")
    return os.path.normpath(os.path.join(top, answer))
