"""The words of byline, as frozen values. Every other package speaks in these.

tool      an AI product, with a vendor, a hosting and modes of use (`catalogue.schema.Tool`)
mark      a fingerprint that a tool leaves; a row of the catalogue (`catalogue.schema.Mark`)
finding   a mark seen in a commit, with its place and the text seen
policy    the file that says what is allowed (`policy.schema.Policy`)
verdict   what the policy says of one finding on one file
outcome   what becomes of a commit

Values are `NamedTuple`s and not dataclasses: importing `dataclasses` adds 8 ms to a commit hook.
Text that came out of Git is `str` decoded as UTF-8 with `surrogateescape`, so that nothing is lost;
only reporters make it fit for showing.
"""

from collections.abc import Mapping
from enum import IntEnum, StrEnum
from typing import NamedTuple

from byline.frozen import Frozen


class Surface(StrEnum):
    """Where a mark is looked for. One detector each."""

    TRAILER = "trailer"
    IDENTITY = "identity"
    MESSAGE = "message"
    LINE = "line"
    PATH = "path"
    CONFIG = "config"
    ENVIRONMENT = "environment"


class Confidence(StrEnum):
    """How sure a mark is: `certain` would not occur otherwise, `likely` only by accident, `hint` needs company."""

    CERTAIN = "certain"
    LIKELY = "likely"
    HINT = "hint"


class Shows(StrEnum):
    """What a mark proves about the commit that carries it."""

    GENERATED = "generated"
    ASSISTED = "assisted"
    SETUP = "setup"
    SUPPRESSION = "suppression"


class Hosting(StrEnum):
    """Where a tool's model runs, as far as its user chooses it."""

    CLOUD = "cloud"
    PRIVATE_TENANT = "private-tenant"
    INTERNAL = "internal"
    LOCAL = "local"


class Mode(StrEnum):
    """How a tool is used."""

    COMPLETION = "completion"
    CHAT = "chat"
    AGENT = "agent"
    UNATTENDED = "unattended"
    REVIEW = "review"
    TRANSLATION = "translation"


class Runner(StrEnum):
    """Who runs a command where a mark of the environment is seen.

    `agent` stands for the tool itself, `helper` for a hook or a server that it started, `person` for whoever types in a
    terminal that belongs to the product.
    """

    AGENT = "agent"
    HELPER = "helper"
    PERSON = "person"


class Spelling(StrEnum):
    """How a mark is written: as its tool writes it, with a typing error, or so as not to be recognised."""

    PLAIN = "plain"
    MISSPELT = "misspelt"
    DISGUISED = "disguised"


class Verdict(IntEnum):
    """What a policy says of one finding on one file, from mildest to strictest."""

    ALLOW = 0
    DISCLOSE = 1
    APPROVE = 2
    DENY = 3

    @property
    def word(self) -> str:
        """The verdict as policies and reports write it."""
        return self.name.lower()


class Outcome(StrEnum):
    """What becomes of a commit. `skipped` means that it could not be checked: never a pass on a server."""

    OK = "ok"
    ANNOTATED = "annotated"
    WARNED = "warned"
    BLOCKED = "blocked"
    SKIPPED = "skipped"


class Place(StrEnum):
    """Where byline runs; a policy may enforce differently in each."""

    COMMIT = "commit"
    PUSH = "push"
    SERVER = "server"
    CI = "ci"


class Identity(NamedTuple):
    """A name and an address as Git recorded them, and when: seconds since 1970 (None where Git has no time)."""

    name: str
    email: str
    when: int | None = None

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>"


class Trailer(NamedTuple):
    """A `Key: value` line of a message. `line` counts from 1 in the message; folded values are joined by blanks."""

    key: str
    value: str
    line: int

    def __str__(self) -> str:
        return f"{self.key}: {self.value}"


class FileChange(NamedTuple):
    """A path the commit touched. `status` is Git's letter: A added, M modified, D deleted, T type changed."""

    path: str
    status: str


class AddedLine(NamedTuple):
    """A line that the commit added. `number` counts from 1 in the new file."""

    path: str
    number: int
    text: str


class ConfigFile(Frozen):
    """A configuration file before and after the commit; None where it did not or does not exist."""

    path: str
    before: bytes | None
    after: bytes | None


class Process(Frozen):
    """A running program: the name that the system knows it by, and how its command line begins."""

    name: str
    command: tuple[str, ...] = ()


class Environment(Frozen):
    """What a command runs in: its variables, and the programs that started it, the nearest first.

    `complete` tells whether `processes` goes back to the first program of the machine or container.
    """

    variables: Mapping[str, str]
    processes: tuple[Process, ...] = ()
    complete: bool = False


class Commit(NamedTuple):
    """A commit, or one that is about to be made (`sha` None).

    `message` is None while it is not written yet (the pre-commit stage). `added_lines` holds at least every line
    on which a mark could be; lines that no mark can match may be left out. `unread` says what could not be read.

    The last fields tell where the commit is going, as far as the place knows: None stands for not known.
    `branch` is the short name of the branch it goes to, `source_branch` of the one a change request comes from,
    `pusher` the account as the server names it, `labels` those of the change request. `lines_added` counts all
    added lines, whether they are in `added_lines` or not. `environment` is that of the hook that watches the commit
    being made; None for every commit that is made already. `noticed` is what was found by whoever looked at more than
    the commit itself, such as its earlier versions. `is_silent` spares detectors a look at the people and the message:
    a search through the whole commit object has shown that no mark is there. `arrival` is when a server gets the
    commit, in seconds since 1970, where it is new there; its own dates are claims.
    """

    sha: str | None
    parents: tuple[str, ...]
    author: Identity
    committer: Identity
    message: str | None
    trailers: tuple[Trailer, ...] = ()
    changes: tuple[FileChange, ...] = ()
    added_lines: tuple[AddedLine, ...] = ()
    configs: tuple[ConfigFile, ...] = ()
    unread: tuple[str, ...] = ()
    branch: str | None = None
    source_branch: str | None = None
    pusher: str | None = None
    labels: tuple[str, ...] | None = None
    lines_added: int | None = None
    environment: Environment | None = None
    noticed: "tuple[Finding, ...]" = ()
    is_silent: bool = False
    arrival: int | None = None

    @property
    def subject(self) -> str:
        """The first line of the message that is not blank."""
        for line in (self.message or "").split("\n"):
            if line.strip():
                return line.strip()
        return ""


class Finding(NamedTuple):
    """A mark seen in a commit.

    `role` is the trailer key, or `author` or `committer`, that carries the mark. `line` counts from 1 in the
    message, or in the new file where `path` is given.
    """

    mark: str
    tool: str
    surface: Surface
    shows: Shows
    confidence: Confidence
    text: str
    path: str | None = None
    line: int | None = None
    role: str | None = None
    spelling: Spelling = Spelling.PLAIN


class Rule(NamedTuple):
    """The line of a policy that decided. `line` counts from 1; 0 where the rule is built in."""

    text: str
    file: str = ""
    line: int = 0

    def __str__(self) -> str:
        if not self.file:
            return self.text
        return f"{self.file}:{self.line}  {self.text}" if self.line else f"{self.file}  {self.text}"


class Judged(NamedTuple):
    """A finding with the verdict it got, and the rule that gave it.

    `met` is whether the commit gives what the verdict asks for: the disclosure, or the approval.
    """

    finding: Finding
    verdict: Verdict
    rule: Rule
    met: bool = False


class Violation(NamedTuple):
    """One demand that a commit does not meet: a sentence, the rule that makes the demand, and how far it goes."""

    reason: str
    rule: Rule
    outcome: Outcome


class Decision(NamedTuple):
    """What a policy made of one commit: the outcome, why, by which rule, and what the author can do.

    `reason` and `rule` are those of the weightiest of `violations`. `trailers` are lines that would meet the policy,
    ready to be pasted; what byline does not know stands in them as `<model>`.

    `if_enforced` is the outcome where the policy goes as far as it asks: without a level of enforcement that lessens
    it, and as if it were no longer only proposed. None where that is no other than `outcome`.
    """

    outcome: Outcome
    reason: str = ""
    rule: Rule | None = None
    judged: tuple[Judged, ...] = ()
    remedies: tuple[str, ...] = ()
    violations: tuple[Violation, ...] = ()
    trailers: tuple[str, ...] = ()
    if_enforced: Outcome | None = None


class CommitReport(NamedTuple):
    """One commit with what was found in it. `decision` is None when no policy was asked (`byline scan`).

    `about` says what was judged where it is no commit: the description of a change request, the message that a squash
    would get. Its text then stands in for the message.
    """

    commit: Commit
    findings: tuple[Finding, ...]
    decision: Decision | None = None
    about: str = ""
