"""What a hook on a server learnt of a push: filled while the push is judged, then shown to the pusher and logged."""

from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

from byline.model import CommitReport, Outcome
from byline.policy.notices import Notice
from byline.reporters.interface import Header
from byline.reporters.summary import Summary

MOST_KEPT = 200
"""Commits of each outcome that are kept of one push; the others only count, as do those with nothing to say."""

ACCEPTED, REFUSED, UNCHECKED, DEFERRED, OVERRIDDEN = "accepted", "refused", "unchecked", "deferred", "overridden"
"""What becomes of a push. `unchecked` is a refusal too, unless the server's settings say otherwise."""


class Turn(Enum):
    """Who can do something about a push that could not be checked; AGAIN: the pusher, by one more try."""

    PUSHER = "pusher"
    ADMINISTRATOR = "administrator"
    AGAIN = "again"


class Gone(Enum):
    """What judges later pushes to a branch whose own policy is gone."""

    DEFAULT_BRANCH = "the policy of the default branch"
    DEFAULT = "the server's default policy"
    FLOOR = "the server's floor alone"
    NOTHING = "nothing"


class PolicyChange(NamedTuple):
    """What a push does to the policy of a branch. `files` are those that differ; `brought` tells that there was none.

    `gone` is None where there still is one afterwards.
    """

    ref: str
    files: tuple[str, ...]
    brought: bool = False
    gone: Gone | None = None


class RefReport(NamedTuple):
    """One ref of the push: `action` is create, update, delete or skip; `note` says what is special about it."""

    name: str
    old: str
    new: str
    action: str
    note: str = ""


class PushReport:
    """All that is known of one push. Texts are as they came, not escaped."""

    def __init__(self, stage: str) -> None:
        self.stage = stage
        self.event = ""
        self.time = ""
        self.after: Sequence[str] = ()
        self.server = "plain"
        self.repository = ""
        self.project = ""
        self.way = ""
        self.pusher = ""
        self.pusher_from = ""
        self.options: Sequence[str] = ()
        self.contact = ""
        self.refs: list[RefReport] = []
        self.policies: dict[str, str] = {}
        self.policy_notices: Sequence[Notice] = ()
        self.policy_changes: list[PolicyChange] = []
        self.policy_branch = ""
        self.policy_from_server = False
        self.deleted_policy = ""
        self.header = Header(policy=None, tool_names={})
        self.summary = Summary()
        self.kept: list[CommitReport] = []
        self.outcome = ACCEPTED
        self.exit_code = 0
        self.reason = ""
        self.remedy = ""
        self.turn = Turn.PUSHER
        self.missed = ""
        self.not_overruled = ""
        self.record = ""
        self.seconds = 0.0

    def count(self, report: CommitReport) -> None:
        """Take one judged commit in."""
        self.summary.count(report)
        decision = report.decision
        if decision is None or decision.outcome is Outcome.OK or self.summary.outcomes[decision.outcome] > MOST_KEPT:
            return
        # what was searched is not kept, only what was found
        commit = report.commit
        self.kept.append(
            report._replace(
                commit=commit._replace(message=commit.subject, trailers=(), added_lines=(), configs=(), changes=())
            )
        )

    def count_clean(self, number: int) -> None:
        """Take in commits about which there is nothing to say."""
        self.summary.commits += number
        self.summary.outcomes[Outcome.OK] += number

    def keep_in_order(self, start: int, order: Sequence[str]) -> None:
        """Sort the kept commits from `start` on as their ids are in `order`."""
        place = {sha: at for at, sha in enumerate(order)}
        self.kept[start:] = sorted(self.kept[start:], key=lambda report: place.get(report.commit.sha or "", 0))

    def with_outcome(self, *outcomes: Outcome) -> list[CommitReport]:
        """Those of the kept commits that came out so."""
        return [report for report in self.kept if report.decision and report.decision.outcome in outcomes]
