"""Regular expressions that are compiled when something is first held against them.

Compiling one takes 20 to 400 µs. Modules that a commit hook loads have dozens of them, and a commit needs a few.
"""

import re
from collections.abc import Callable
from functools import partial
from typing import AnyStr, cast


class _LazyPattern:
    """Stands for the compiled expression. Each of its methods is looked up once, so that later uses cost no more."""

    def __init__(self, compiled: Callable[[], object]) -> None:
        self._compiled = compiled

    def __getattr__(self, name: str) -> object:
        found = getattr(self._compiled(), name)
        setattr(self, name, found)
        return found


def lazy_pattern(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What `re.compile` gives, compiled at its first use; where `text` is no expression, `re.error` is raised then."""
    return cast("re.Pattern[AnyStr]", _LazyPattern(partial(re.compile, text, flags)))
