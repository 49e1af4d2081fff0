"""A commit before the policy, and what a check of one demand gives back."""

from collections.abc import Iterable
from itertools import islice

from byline.frozen import Frozen
from byline.model import Commit, Finding, Outcome, Place, Rule, Trailer
from byline.policy.rulings import Ruling
from byline.policy.schema import Policy

MOST_TRAILERS = 100
"""How many trailers of one key are looked at; whoever writes more is not trying to be understood."""


class Case(Frozen):
    """A commit, what was ruled of its findings, and where it is judged. `waived` is for a commit exempt as a whole.

    `tool_lines` holds line and role of the trailers in which a tool was surely found.
    """

    commit: Commit
    policy: Policy
    rulings: tuple[Ruling, ...]
    place: Place
    waived: bool
    tool_lines: frozenset[tuple[int | None, str]]

    @property
    def written(self) -> bool:
        """Whether there is a message yet."""
        return self.commit.message is not None

    @property
    def is_being_made(self) -> bool:
        """Whether git is about to make the commit: there is none yet that could be amended."""
        return self.place is Place.COMMIT and self.commit.sha is None

    def again(self, option: str = "") -> str:
        """How to go on with a commit that git is about to make and that is refused, perhaps with an option."""
        if len(self.commit.parents) > 1:
            return f"conclude the merge with git commit {option}".rstrip()
        return f"repeat your git commit with {option}" if option else "repeat your git commit"

    @property
    def counted(self) -> Iterable[Ruling]:
        """Rulings on findings that show use of a tool and are not exempt."""
        return (ruling for ruling in self.rulings if ruling.counts)

    def trailers(self, *keys: str) -> list[Trailer]:
        """The commit's trailers with one of these keys, whatever their case; at most MOST_TRAILERS."""
        wanted = {key.lower() for key in keys}
        found = (trailer for trailer in self.commit.trailers if trailer.key.lower() in wanted)
        return list(islice(found, MOST_TRAILERS))

    def names_tool(self, trailer: Trailer) -> bool:
        """Whether a tool was surely found in this trailer."""
        return (trailer.line, trailer.key.lower()) in self.tool_lines


class Breach(Frozen):
    """A demand that is not met. `trailers` are lines that would meet it, `remedies` say what else to do."""

    reason: str
    rule: Rule
    outcome: Outcome
    remedies: tuple[str, ...] = ()
    trailers: tuple[str, ...] = ()


def role_of(finding: Finding) -> str:
    """The role that carries a mark, as policies spell it: `Co authored by` is `co-authored-by`. Empty for none."""
    return "-".join((finding.role or "").lower().replace("_", " ").split())


def outcome_of(ruling: Ruling) -> Outcome:
    """How far a demand may go that rests on this finding alone."""
    return Outcome.BLOCKED if ruling.blocks else Outcome.ANNOTATED
