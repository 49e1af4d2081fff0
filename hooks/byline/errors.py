"""The tree of failures. Each class owns the exit code the command line ends with.

    BylineError                 3   could not check
    ├── UsageError              2   the command was called wrongly
    ├── RepositoryError         3   git, or what the repository holds, stood in the way
    │   ├── NotARepository      3
    │   ├── GitMissing          3
    │   ├── UnknownRevision     3
    │   └── IncompleteHistory   3   a shallow clone lacks part of the range
    ├── UnreadableInput         3   a file that was named cannot be read or understood
    └── FaultyFile              3   faults in a policy or a catalogue file, all of them at once
        ├── PolicyError         3
        └── CatalogueError      3

Policy that blocks a commit is a result and not a failure: exit code 1 comes from the report.
A fault in byline itself is any other exception: exit code 70.
"""

from collections.abc import Sequence
from typing import ClassVar

from byline.frozen import Frozen

EXIT_OK = 0
EXIT_BLOCKED = 1
EXIT_USAGE = 2
EXIT_NOT_CHECKED = 3
EXIT_FAULT = 70
EXIT_INTERRUPTED = 130

EXIT_CODES = {
    EXIT_OK: "nothing forbidden",
    EXIT_BLOCKED: "the policy blocks at least one commit",
    EXIT_USAGE: "wrong use of the command",
    EXIT_NOT_CHECKED: "could not check: policy, catalogue or git failed, or the history is incomplete",
    EXIT_FAULT: "a fault in byline: one line on the terminal, the rest in a log",
    EXIT_INTERRUPTED: "interrupted",
}
"""Exit code to meaning; the README's table is compared with this one."""


class BylineError(Exception):
    """An expected failure. The text is one sentence; `remedy` says what to do about it."""

    exit_code: ClassVar[int] = EXIT_NOT_CHECKED

    def __init__(self, sentence: str, remedy: str = "") -> None:
        super().__init__(sentence)
        self.remedy = remedy


class UsageError(BylineError):
    """The command line asks for something that makes no sense."""

    exit_code = EXIT_USAGE


class RepositoryError(BylineError):
    """git failed, or the repository holds something that cannot be read."""


class NotARepository(RepositoryError):
    """There is no Git repository where one was expected."""


class GitMissing(RepositoryError):
    """The git program itself was not found."""


class UnknownRevision(RepositoryError):
    """A revision or range that this repository cannot resolve."""


class IncompleteHistory(RepositoryError):
    """The range reaches past the boundary of a shallow clone."""


class UnreadableInput(BylineError):
    """A message, patch or policy file that cannot be opened or understood."""


class Fault(Frozen):
    """One thing wrong in a file. `line` counts from 1; 0 stands for the file as a whole."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.text}"


class FaultyFile(BylineError):
    """Every fault found in a file, reported together."""

    noun: ClassVar[str] = "file"

    def __init__(self, faults: Sequence[Fault], remedy: str = "") -> None:
        self.faults = tuple(faults)
        count = len(self.faults)
        head = f"the {self.noun} has {count} fault{'' if count == 1 else 's'}:"
        super().__init__("\n".join([head, *(f"  {fault}" for fault in self.faults)]), remedy)


class PolicyError(FaultyFile):
    """The policy cannot be used, so nothing was decided."""

    noun = "policy"


class CatalogueError(FaultyFile):
    """A catalogue file cannot be used, so nothing was searched."""

    noun = "catalogue"
