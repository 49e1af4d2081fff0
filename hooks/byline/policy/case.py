"""A commit before the policy, and what a check of one demand gives back."""

from collections.abc import Iterable
from typing import NamedTuple

from byline.model import Commit, Outcome, Place, Rule, Trailer
from byline.policy.rulings import Ruling
from byline.policy.schema import Policy


class Case(NamedTuple):
    """A commit, what was ruled of its findings, and where it is judged. `waived` is for a commit exempt as a whole."""

    commit: Commit
    policy: Policy
    rulings: tuple[Ruling, ...]
    place: Place
    waived: bool

    @property
    def written(self) -> bool:
        """Whether there is a message yet."""
        return self.commit.message is not None

    @property
    def counted(self) -> Iterable[Ruling]:
        """Rulings on findings that show use of a tool and are not exempt."""
        return (ruling for ruling in self.rulings if ruling.counts)

    def trailers(self, key: str) -> list[Trailer]:
        """The commit's trailers with this key, whatever its case."""
        return [trailer for trailer in self.commit.trailers if trailer.key.lower() == key.lower()]

    def names_tool(self, trailer: Trailer) -> bool:
        """Whether a finding sits on this trailer."""
        return any(
            ruling.finding.line == trailer.line and (ruling.finding.role or "").lower() == trailer.key.lower()
            for ruling in self.rulings
            if ruling.finding.path is None
        )


class Breach(NamedTuple):
    """A demand that is not met. `trailers` are lines that would meet it, `remedies` say what else to do."""

    reason: str
    rule: Rule
    outcome: Outcome
    remedies: tuple[str, ...] = ()
    trailers: tuple[str, ...] = ()


def outcome_of(ruling: Ruling) -> Outcome:
    """How far a demand may go that rests on this finding alone."""
    return Outcome.BLOCKED if ruling.blocks else Outcome.ANNOTATED
