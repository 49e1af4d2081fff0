"""The directory that plain git hooks go to, and whether they may."""

import os
from typing import NamedTuple

from byline.errors import BylineError
from byline.repository.discovery import discover
from byline.repository.hooks_directory import hooks_directory


class HooksPlace(NamedTuple):
    """A hooks directory, how to show it, and whether it lies among the files of the working tree."""

    directory: str
    shown: str
    in_work_tree: bool


def hooks_place(repo: str | None, *, outside_is_fine: bool) -> HooksPlace:
    """Where git looks for the hooks of a repository.

    Raises BylineError when `core.hooksPath` names a place that other repositories share, that another program looks
    after, or that is no directory.
    """
    repository = discover(repo)
    directory = os.path.realpath(hooks_directory(repository))
    if os.path.exists(directory) and not os.path.isdir(directory):
        raise BylineError(
            f"core.hooksPath is {directory}, which is no directory: git runs no hooks here",
            "See where it is set: git config --show-origin core.hooksPath",
        )
    if directory.replace(os.sep, "/").endswith("/.husky/_"):
        raise BylineError(
            "husky looks after the hooks of this repository and would overwrite ours",
            'Add a line to a file such as .husky/commit-msg instead: byline hook commit-msg "$@"',
        )
    in_git = _below(directory, repository.common_dir) or _below(directory, repository.git_dir)
    in_work_tree = not in_git and repository.work_tree is not None and _below(directory, repository.work_tree)
    if not (in_git or in_work_tree or outside_is_fine):
        raise BylineError(
            f"core.hooksPath leads out of this repository, to {directory}, which other repositories may share",
            "If byline shall run in all of them, say --global-hooks-path.",
        )
    shown = os.path.relpath(directory) if _below(directory, os.path.realpath(os.getcwd())) else directory
    return HooksPlace(directory, shown, in_work_tree)


def _below(path: str, folder: str) -> bool:
    return os.path.realpath(path).startswith(os.path.realpath(folder).rstrip(os.sep) + os.sep)
