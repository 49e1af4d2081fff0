"""Records of judged commits as notes in the server's repository, the same as a clone writes.

They go to the ref that the server's settings name. What the note of a pusher says of the environment is kept; what
somebody wrote there by hand is not touched.
"""

from collections.abc import Iterable, Sequence

from byline.actions.commit_record import PolicyIdentity, over, record_text
from byline.commands.judge import Judge
from byline.commands.notes import policy_identity
from byline.commands.stages.server_policy import PolicyBook
from byline.errors import BylineError
from byline.model import CommitReport, Outcome
from byline.policy.schema import Policy
from byline.repository.location import Repository
from byline.repository.note_writer import write_notes
from byline.repository.received import ReceivedRef, peeled
from byline.repository.server_settings import ServerSettings
from byline.repository.tip_files import TipFiles

NONE = "none"

_AT_ONCE = 2000
_ALWAYS = (Outcome.BLOCKED, Outcome.SKIPPED)


class Notebook:
    """Takes judged commits, and writes the notes on them. A failure ends that and nothing else: see `failure`.

    `every` has commits noted that do not meet the policy even if no policy asks for notes.
    """

    def __init__(self, repository: Repository, ref: str, *, every: bool) -> None:
        self.failure = ""
        self._repository = repository
        self._ref = ref
        self._every = every
        self._waiting: dict[str, str] = {}
        self._identities: dict[int, PolicyIdentity | None] = {}

    def asked(self, judge: Judge) -> bool:
        """Whether the policy has a note written on each commit."""
        return self._ref != NONE and any(one.notes.server for one in _with_floors(judge.policy))

    def concerns(self, judge: Judge) -> bool:
        """Whether the commits that this judge judges are of interest here."""
        return self._every or self.asked(judge)

    def add(self, judge: Judge, report: CommitReport) -> None:
        """Take a judged commit in."""
        sha, decision = report.commit.sha, report.decision
        if sha is None or decision is None or self.failure or self._ref == NONE:
            return
        if self.asked(judge) or (self._every and decision.outcome in _ALWAYS):
            if id(judge) not in self._identities:
                self._identities[id(judge)] = policy_identity(self._repository, judge)
            self._waiting[sha] = record_text(report, self._identities[id(judge)])
        if len(self._waiting) >= _AT_ONCE:
            self.write()

    def write(self) -> None:
        """Write what is waiting."""
        waiting, self._waiting = self._waiting, {}
        try:
            write_notes(self._repository, self._ref, waiting, over)
        except BylineError as error:
            self.failure = str(error)


def _with_floors(policy: Policy) -> Iterable[Policy]:
    return (policy,) if policy.floor is None else (policy, *_with_floors(policy.floor))


def may_ask_for_notes(
    repository: Repository, settings: ServerSettings, refs: Sequence[ReceivedRef], option: str | None
) -> bool:
    """Whether a policy of these refs, which have moved, may ask for notes: a quick look, before it is understood."""
    if settings.notes == NONE:
        return False
    old = {ref.old for ref in refs if ref.is_branch and not ref.creates and not ref.deletes}
    with TipFiles(repository) as tips:
        book = PolicyBook(tips, repository, settings, option, {ref.name: ref.old for ref in refs})
        return book.mention(b"notes", [commit for commit in peeled(repository, sorted(old)).values() if commit])
