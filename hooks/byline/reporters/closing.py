"""The last words of a hook, apart from its reporter so that a commit without marks need not load one."""

from byline.frozen import Frozen


class Closing(Frozen):
    """What a hook judged ("this commit"), what it means that the policy blocks it, and advice for that case."""

    what: str
    blocked: str = "is blocked"
    advice: str = ""
