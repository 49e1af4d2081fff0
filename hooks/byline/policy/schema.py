"""The frozen values that a policy file becomes. What a file may say stands in `keys.py`."""

from collections.abc import Mapping

from byline.frozen import Frozen
from byline.model import Confidence, Place, Rule, Shows, Verdict
from byline.policy.patterns import PathTest, PersonTest
from byline.policy.source import Source
from byline.policy.template import Template

TYPE_CHECKING = False
if TYPE_CHECKING:
    from byline.policy.approval import Approval
    from byline.policy.bounds import Limit, Markers
    from byline.policy.exemption import Exemption
    from byline.policy.request_demands import PullRequest
    from byline.policy.tools import Tools

Said = tuple[Verdict, Rule]
"""A verdict with the line that gives it."""


class Layer(Frozen):
    """Verdicts by tool id, vendor, hosting and mode, and the default; a scope's layer lies over the policy's own."""

    ai: Said | None = None
    tools: Mapping[str, Said] = {}
    vendors: Mapping[str, Said] = {}
    hosting: Mapping[str, Said] = {}
    modes: Mapping[str, Said] = {}
    say: str = ""


class Where(Frozen):
    """Which commits and files a scope or an exemption is about; None and empty stand for all.

    `start` and `end` are seconds since 1970: the first that belongs, and the first that does not any more.
    """

    paths: PathTest | None = None
    branches: tuple[str, ...] | None = None
    source_branches: tuple[str, ...] | None = None
    authors: PersonTest | None = None
    pushers: tuple[str, ...] | None = None
    labels: tuple[str, ...] | None = None
    commits: tuple[str, ...] | None = None
    start: int | None = None
    end: int | None = None
    max_lines: int | None = None


class Scope(Frozen):
    """Other verdicts for some files or commits."""

    where: Where
    layer: Layer


class Disclosure(Frozen):
    """A trailer that discloses, with one of the forms its value may have."""

    key: str
    template: Template
    rule: Rule


class Trailers(Frozen):
    """What trailers must and must not say. `forbid`, `human_only` and `drop` are by lower-case key, others as written.

    `write` is whether the hooks of a clone put a message right themselves; they take out the trailers of `drop`.
    """

    disclose: tuple[Disclosure, ...] = ()
    forbid: Mapping[str, Rule] = {}
    human_only: Mapping[str, Rule] = {}
    require: Mapping[str, Rule] = {}
    names: tuple[str, Rule] | None = None
    write: bool = True
    drop: Mapping[str, Rule] = {}
    require_with_ai: Mapping[str, Rule] = {}

    @property
    def spelled_out(self) -> bool:
        """Whether the policy itself says which trailers disclose."""
        return any(form.rule.file for form in self.disclose)


class Evidence(Frozen):
    """Which marks count as use of a tool, and how sure one must be to block.

    `environment` is whether the hooks of a clone look at the environment in which a commit is made. `removed` and
    `unseen` say how far to go for marks that are missing, and for commits that no hook has seen. `claimed_dates` has a
    server believe the dates of commits that arrive.
    """

    block: frozenset[Confidence] = frozenset((Confidence.CERTAIN, Confidence.LIKELY))
    counts: frozenset[Shows] = frozenset((Shows.GENERATED, Shows.ASSISTED))
    environment: bool = True
    removed: tuple[str, Rule] = ("warn", Rule('[evidence] removed = "warn" where it says nothing else'))
    unseen: tuple[str, Rule] = ("off", Rule('[evidence] unseen = "off" where it says nothing else'))
    claimed_dates: bool = False


class Notes(Frozen):
    """Whether a note is written on each commit in a clone and on a server, and the ref that notes are kept in.

    `read` says what a check makes of what notes say of the environment: `off`, `show` or `count`.
    """

    commit: bool = False
    server: bool = False
    read: str = "off"
    ref: str = "refs/notes/byline"


_NO_LIMITS: "Mapping[str, Limit]" = {}


class Policy(Frozen):
    """What is allowed, and what is asked of those who use it.

    `files` names the files it was read from, the repository's own last. `since` and `review_by` are seconds since
    1970. `baseline` holds commits whose history is not judged; whoever walks the history leaves it out.
    `on_error` is empty where the policy does not say; `fetch` lets CI complete a shallow clone. `sources` serve
    `policy show` and the examples.
    """

    base: Layer
    catalogue: "Tools"
    files: tuple[str, ...] = ()
    name: str = ""
    url: str = ""
    proposed: bool = False
    since: tuple[int, Rule] | None = None
    review_by: tuple[int, Rule] | None = None
    baseline: tuple[str, ...] = ()
    scopes: tuple[Scope, ...] = ()
    exemptions: "tuple[Exemption, ...]" = ()
    trailers: Trailers = Trailers()
    approval: "Approval | None" = None
    markers: "Markers | None" = None
    limits: "Mapping[str, Limit]" = _NO_LIMITS
    pull_request: "PullRequest | None" = None
    evidence: Evidence = Evidence()
    enforce: Mapping[Place, tuple[str, Rule]] = {}
    on_error: str = ""
    notes: Notes = Notes()
    fetch: bool = True
    floor: "Policy | None" = None
    sources: tuple[Source, ...] = ()

    def under(self, floor: "Policy") -> "Policy":
        """This policy with a floor below it: what the floor forbids or asks for stays so."""
        return self._replace(floor=floor)
