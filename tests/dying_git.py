"""A program that stands for git and, when its turn has come, dies in the middle of an answer."""

from pathlib import Path

MOST_PROCESSES = 60
"""More than any command of byline starts."""

# The shell is killed, as git would be, while what it started loses whoever listens to it.
_PROGRAM = """#!/bin/sh
echo "$$" >>{count}
if [ "$(grep -nx "$$" {count} | cut -d: -f1)" = {nth} ]; then
  {git} "$@" | {{ dd bs=1 count={answered} 2>/dev/null; kill -9 $$; }}
fi
exec {git} "$@"
"""


class DyingGit:
    """A `folder` for the PATH, in which the nth git that is started from now on dies after so many bytes.

    `git` is the one that it stands for.
    """

    def __init__(self, folder: Path, nth: int, answered: int, git: str) -> None:
        folder.mkdir(exist_ok=True)
        self.folder = folder
        self._nth = nth
        self._count = folder / "count"
        self._count.write_text("")
        program = folder / "git"
        text = _PROGRAM.format(count=self._count, nth=nth, answered=answered, git=git)
        program.write_text(text)
        program.chmod(0o755)

    @property
    def has_died(self) -> bool:
        """Whether so many were started."""
        return len(self._count.read_text().splitlines()) >= self._nth
