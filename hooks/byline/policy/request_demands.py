"""The value of `[pull-request]`, loaded only for policies that have it."""

from byline.frozen import Frozen
from byline.model import Rule


class PullRequest(Frozen):
    """What the description of a change request must hold. `tick` is a number of boxes, or the text of one."""

    section: str
    tick: int | str | None
    ask: str
    rule: Rule
