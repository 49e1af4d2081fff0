"""What it takes to search commits and to judge them: catalogue, detectors and the policy that counts."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from byline.catalogue.load import Catalogue, load_catalogue
from byline.commands.policy_search import search_for
from byline.commands.policy_source import PolicyText, find_policy_text
from byline.detectors import Detection, prepare
from byline.errors import CatalogueError, Fault, PolicyError
from byline.frozen import Frozen
from byline.policy.decide import NO_POLICY
from byline.policy.load import PolicyReading, build_policy, read_policy
from byline.policy.schema import Policy
from byline.repository.location import Repository

if TYPE_CHECKING:
    from byline.policy.notices import Notice
    from byline.reporters.interface import Header


class Judge(Frozen):
    """A policy and everything it is applied with. `file` is empty where there is no policy file.

    `text` is the policy as it was read; where there is only a floor, the floor.
    """

    catalogue: Catalogue
    detection: Detection
    policy: Policy
    file: str
    text: PolicyText | None = None

    @property
    def tool_names(self) -> Mapping[str, str]:
        """Tool id to the name people know."""
        return self.catalogue.tool_names

    @property
    def header(self) -> "Header":
        """How a report names the policy and the tools."""
        from byline.reporters.interface import Header, PolicyNote

        ai = self.policy.base.ai[0].word if self.policy.base.ai is not None else ""
        return Header(PolicyNote(self.file, ai, self.policy.name, self.policy.url), self.tool_names)

    def notices(self) -> "Sequence[Notice]":
        """What is worth knowing of the policy itself, such as dates that have passed by now."""
        if not self.policy.sources and self.policy.floor is None:
            return ()
        import time

        from byline.policy.notices import notices

        return notices(self.policy, int(time.time()))

    def tell_notices(self) -> None:
        """Say them."""
        found = self.notices()
        if found:
            from byline.reporters.notices import tell

            for notice in found:
                tell(str(notice))


def prepare_judge(repository: Repository | None, policy_option: str | None, *, long_run: bool = False) -> Judge:
    """The judge for a repository. `long_run` prepares a search that pays off over many commits.

    Raises PolicyError and CatalogueError with all faults, and UnreadableInput or UnknownRevision for `--policy`.
    """
    return judge_by(find_policy_text(repository, policy_option), long_run=long_run)


def judge_by(source: PolicyText | None, *floors: PolicyText, long_run: bool = False) -> Judge:
    """The judge that a policy text makes; `floors` are others that it can only tighten. Raises as `prepare_judge`."""
    texts = [text for text in (*reversed(floors), source) if text is not None]
    readings = [read_policy(text.data, text.file, read=text.read) for text in texts]
    catalogue, faults = _catalogue(readings)
    policy: Policy | None = None
    for reading in readings:
        try:
            policy = build_policy(reading, catalogue)._replace(floor=policy)
        except PolicyError as error:
            faults += error.faults
    if faults:
        own = texts[-1].file
        raise PolicyError(sorted(set(faults), key=lambda fault: (fault.file != own, fault.file, fault.line)))
    if policy is None or source is None:
        policy = NO_POLICY._replace(floor=policy)
    detection = prepare(catalogue, long_run=long_run)
    wanted = search_for(policy, detection.search)
    file, text = source.file if source else "", texts[-1] if texts else None
    return Judge(catalogue, detection._replace(search=wanted), policy, file, text)


def prepare_search(repository: Repository | None, policy_option: str | None) -> tuple[Catalogue, Detection]:
    """What it takes to search and not to judge: of the policy only the tools count that it defines."""
    catalogue = find_catalogue(repository, policy_option)
    return catalogue, prepare(catalogue, long_run=True)


def find_catalogue(repository: Repository | None, policy_option: str | None) -> Catalogue:
    """The bundled tools, and those that the policy defines. Other faults of the policy are left to those who judge.

    Raises PolicyError for faults in definitions.
    """
    text = find_policy_text(repository, policy_option)
    if text is None or not (b"define" in text.data or b"extends" in text.data):
        return load_catalogue()
    reading = read_policy(text.data, text.file, read=text.read)
    if reading.is_empty:
        raise PolicyError(reading.faults)
    catalogue, faults = _catalogue([reading])
    if faults:
        raise PolicyError(faults)
    return catalogue


def _catalogue(readings: Sequence[PolicyReading]) -> tuple[Catalogue, list[Fault]]:
    """The bundled tools with those that the policies define, and the faults of the definitions.

    With faults it has the bundled tools alone, so that the rest of the policies can be looked at as well.
    """
    if not any("define" in source.data for reading in readings for source in reading.sources):
        return load_catalogue(), []
    from byline.policy.define import definitions

    faults: list[Fault] = []
    defined = definitions(readings, faults)
    try:
        return load_catalogue(defined.tables, lines=defined.lines), faults
    except CatalogueError as error:
        return load_catalogue(), [*faults, *error.faults]
