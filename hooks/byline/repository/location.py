"""Where a repository is, once it has been found."""

from byline.frozen import Frozen


class Repository(Frozen):
    """Where a repository is. Paths are absolute; `work_tree` is None for a bare one.

    `inherits` tells whether the process environment speaks of this very repository, as it does in a hook.
    """

    git_dir: str
    common_dir: str
    work_tree: str | None
    shallow: bool
    object_format: str
    inherits: bool = True

    @property
    def bare(self) -> bool:
        """Whether there is no working tree."""
        return self.work_tree is None

    @property
    def zero(self) -> str:
        """The object id that stands for nothing, in this repository's length."""
        return "0" * (64 if self.object_format == "sha256" else 40)
