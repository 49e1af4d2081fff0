"""The pre-merge-commit hook: as pre-commit, for the result of a merge."""

from byline.commands.stages.pre_commit import run

__all__ = ["run"]
