"""The value of an `[[exempt]]`, loaded only for policies that have one."""

from byline.frozen import Frozen
from byline.model import Rule
from byline.policy.schema import Where


class Exemption(Frozen):
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
