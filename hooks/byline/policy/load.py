"""Finds the policy of a repository and turns it into a `Policy`, or into a list of all its faults."""

from collections.abc import Callable, Iterable

from byline.errors import Fault, PolicyError
from byline.policy.build import build
from byline.policy.reading import read_source, read_toml
from byline.policy.schema import Policy
from byline.policy.source import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from byline.policy.tools import Tools

POLICY_FILES = ("byline.toml", ".byline.toml", "pyproject.toml")
"""Where a repository keeps its policy, in pyproject.toml as the table [tool.byline]."""

Read = Callable[[str], bytes | None]
"""Reads a file of the repository by its path; None if there is none."""


def find_policy(read: Read) -> tuple[str, bytes] | None:
    """Name and content of the repository's policy file, or None. Two at once is a PolicyError that names both."""
    found = [(name, data) for name in POLICY_FILES if (data := read(name)) is not None and _holds_policy(name, data)]
    if len(found) > 1:
        names = " and ".join(name for name, _ in found)
        raise PolicyError(
            [Fault(found[1][0], 0, f"there are two policies, {names}: which one holds?")],
            f"Keep {found[0][0]} and remove the policy from the other file.",
        )
    return found[0] if found else None


def _holds_policy(name: str, data: bytes) -> bool:
    if name != "pyproject.toml":
        return True
    if b"byline" not in data:
        return False
    faults: list[Fault] = []
    document, _ = read_toml(data, name, faults)
    if faults:
        return b"tool.byline" in data  # the fault is then reported as one of the policy
    tool = document.get("tool")
    return isinstance(tool, dict) and "byline" in tool


class PolicyReading:
    """A policy file and all that it extends as they were read, the farthest first, with what is wrong in them."""

    def __init__(self, file: str, sources: tuple[Source, ...], faults: tuple[Fault, ...]) -> None:
        self.file = file
        self.sources = sources
        self.faults = faults

    @property
    def is_empty(self) -> bool:
        """Whether nothing in the file itself can be used."""
        return bool(self.faults) and not self.sources[-1].data


def read_policy(data: bytes, file: str, *, read: Read | None = None) -> PolicyReading:
    """The policy in `data`, which stands in `file`, not yet understood. `read` gives the files it extends."""
    faults: list[Fault] = []
    source = read_source(data, file, faults)
    if "extends" not in source.data:
        return PolicyReading(file, (source,), tuple(faults))
    from byline.policy.extends import extended

    bases = extended(source, faults, read)
    return PolicyReading(file, (*bases, source), tuple(faults))


def build_policy(reading: PolicyReading, catalogue: "Tools", more: Iterable[Fault] = ()) -> Policy:
    """The policy that was read. Raises PolicyError with every fault of every file, and `more`, in order of lines."""
    faults = [*reading.faults, *more]
    policy = build(reading.sources, catalogue, faults)
    if faults:
        file = reading.file
        raise PolicyError(sorted(set(faults), key=lambda fault: (fault.file != file, fault.file, fault.line)))
    return policy


def parse_policy(data: bytes, file: str, catalogue: "Tools", *, read: Read | None = None) -> Policy:
    """The policy in `data`, which stands in `file`. `read` gives the files it extends. Raises PolicyError."""
    return build_policy(read_policy(data, file, read=read), catalogue)
