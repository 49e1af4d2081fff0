"""What every reporter takes and does."""

from collections.abc import Mapping
from typing import Protocol

from byline.frozen import Frozen
from byline.model import CommitReport
from byline.reporters.summary import Summary


class PolicyNote(Frozen):
    """The policy that judged, as a report names it. `file` is empty where the repository has none."""

    file: str
    ai: str
    name: str = ""
    url: str = ""


class ChangeNote(Frozen):
    """The change that a CI run is about: what was compared, and why. Texts are empty where nothing is known.

    `base` and `head` are full ids; `why` says where the base comes from, `notes` what a reader should know of it.
    """

    system: str
    kind: str
    base: str
    head: str
    why: str
    number: str = ""
    title: str = ""
    target: str = ""
    notes: tuple[str, ...] = ()


class Header(Frozen):
    """What holds for all commits of a report. `policy` is None when nothing is judged (`byline scan`).

    `change` is None unless a CI run reports on one.
    """

    policy: PolicyNote | None
    tool_names: Mapping[str, str]
    change: ChangeNote | None = None


class Stream(Protocol):
    """What a report is written to."""

    def write(self, text: str, /) -> object:
        """Write the text."""

    def flush(self) -> None:
        """Write what is held back."""

    def isatty(self) -> bool:
        """Whether a person is looking."""


class Output(Frozen):
    """Where a report goes: a stream, whether to colour it, and how many columns a line may have."""

    stream: Stream
    colour: bool = False
    width: int = 80


class Reporter(Protocol):
    """Writes one report: `begin` once, `commit` for each commit in turn, `end` once."""

    def begin(self, header: Header) -> None:
        """Write what stands before the first commit."""

    def writes(self, report: CommitReport) -> bool:
        """Whether `commit` writes anything about this one."""

    def commit(self, report: CommitReport) -> None:
        """Write one commit."""

    def end(self, summary: Summary) -> None:
        """Write what stands after the last commit."""
