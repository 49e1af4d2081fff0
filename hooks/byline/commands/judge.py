"""What it takes to search commits and to judge them: catalogue, detectors and the policy that counts."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from byline.catalogue.load import Catalogue, Definition, load_catalogue
from byline.commands.policy_source import PolicyText, find_policy_text
from byline.detectors import Detection, prepare
from byline.errors import Fault, PolicyError
from byline.policy.decide import NO_POLICY
from byline.policy.load import parse_policy, policy_sources
from byline.policy.schema import Policy
from byline.repository.location import Repository

if TYPE_CHECKING:
    from byline.catalogue.fields import Locate
    from byline.reporters.interface import Header


class Judge(NamedTuple):
    """A policy and everything it is applied with. `file` is empty where there is no policy file."""

    catalogue: Catalogue
    detection: Detection
    policy: Policy
    file: str

    @property
    def tool_names(self) -> Mapping[str, str]:
        """Tool id to the name people know."""
        return {tool.id: tool.name for tool in self.catalogue.tools.values()}

    @property
    def header(self) -> "Header":
        """How a report names the policy and the tools."""
        from byline.reporters.interface import Header, PolicyNote

        ai = self.policy.base.ai[0].word if self.policy.base.ai is not None else ""
        return Header(PolicyNote(self.file, ai, self.policy.name, self.policy.url), self.tool_names)

    def tell_missing_policy(self) -> None:
        """Say that nothing will be judged where there is no policy to judge by."""
        if not self.file:
            from byline.reporters.notices import tell

            tell("there is no policy file (byline.toml), so marks are only noted; nothing is forbidden")


def prepare_judge(repository: Repository | None, policy_option: str | None, *, long_run: bool = False) -> Judge:
    """The judge for a repository. `long_run` prepares a search that pays off over many commits.

    Raises PolicyError and CatalogueError with all faults, and UnreadableInput or UnknownRevision for `--policy`.
    """
    return judge_by(find_policy_text(repository, policy_option), long_run=long_run)


def judge_by(source: PolicyText | None, *floors: PolicyText, long_run: bool = False) -> Judge:
    """The judge that a policy text makes; `floors` are others that it can only tighten. Raises as `prepare_judge`."""
    catalogue = _catalogue(*reversed(floors), source)
    policy: Policy | None = None
    for text in (*reversed(floors), source):
        laid = NO_POLICY if text is None else parse_policy(text.data, text.file, catalogue, read=text.read)
        policy = laid._replace(floor=policy)
    return Judge(catalogue, prepare(catalogue, long_run=long_run), policy or NO_POLICY, source.file if source else "")


def prepare_search(repository: Repository | None, policy_option: str | None) -> tuple[Catalogue, Detection]:
    """What it takes to search and not to judge: of the policy only the tools count that it defines."""
    catalogue = find_catalogue(repository, policy_option)
    return catalogue, prepare(catalogue, long_run=True)


def find_catalogue(repository: Repository | None, policy_option: str | None) -> Catalogue:
    """The bundled tools, and those that the policy defines."""
    return _catalogue(find_policy_text(repository, policy_option))


def _catalogue(*texts: PolicyText | None) -> Catalogue:
    """The bundled tools, and those that the policies define. Other faults of the policies are left to their parser.

    A tool that two of them define is the one of the first.
    """
    definitions: list[Definition] = []
    lines: dict[str, Locate] = {}
    for text in texts:
        if text is None or not (b"define" in text.data or b"extends" in text.data):
            continue
        faults: list[Fault] = []
        sources = policy_sources(text.data, text.file, faults, text.read)
        if faults and not sources[-1].data:
            raise PolicyError(faults)
        lines |= {part.file: part.line for part in sources}
        earlier = {str(table["id"]) for _, _, table in definitions}
        definitions += [
            (part.file, part.line(("define", name)), {"id": name, **table})
            for part in sources
            for name, table in part.table("define").items()
            if isinstance(table, dict) and name not in earlier
        ]
    return load_catalogue(definitions, lines=lines)
