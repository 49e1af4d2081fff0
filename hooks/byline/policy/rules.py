"""Frozen values of the rarer tables of a policy. They are loaded only for policies that have them."""

from typing import NamedTuple

from byline.model import Rule
from byline.policy.patterns import PathTest, PersonTest
from byline.policy.schema import Where


class Exemption(NamedTuple):
    """Leave from the policy. `tools` holds ids, or is None for every tool.

    `end` is the first second since 1970 at which it no longer holds, `last_day` the day before in words.
    """

    where: Where
    tools: frozenset[str] | None
    name: str
    by: str
    reason: str
    end: int | None
    last_day: str
    rule: Rule


class Approval(NamedTuple):
    """How an approval is shown. `trailer` is empty where only a label counts; `by` says in words who may approve."""

    trailer: str
    by: str
    approves: PersonTest | None
    label: str
    rule: Rule


class Limit(NamedTuple):
    """The most there may be of something, with the line that says so."""

    most: int
    rule: Rule


class Markers(NamedTuple):
    """Texts and files that may not come in, each with the line that says so."""

    message: tuple[tuple[str, Rule], ...] = ()
    diff: tuple[tuple[str, Rule], ...] = ()
    paths: tuple[PathTest, Rule] | None = None


class PullRequest(NamedTuple):
    """What the description of a change request must hold. `tick` is a number of boxes, or the text of one."""

    section: str
    tick: int | str | None
    ask: str
    rule: Rule
