"""Questions to a person at a terminal."""

import sys
from collections.abc import Mapping

from byline.errors import UsageError
from byline.reporters.notices import say


class Dialogue:
    """Asks, or takes what it would propose where nobody is there to answer (`silent`)."""

    def __init__(self, *, silent: bool) -> None:
        self.silent = silent

    def agrees(self, question: str, *, proposed: bool) -> bool:
        """A yes or no; an empty answer is the proposed one."""
        if self.silent:
            return proposed
        choices = "Y/n" if proposed else "y/N"
        while True:
            answer = _answer(f"{question} [{choices}] ").lower()
            if answer in ("", "y", "yes", "n", "no"):
                return proposed if not answer else answer.startswith("y")

    def chooses(self, question: str, choices: Mapping[str, str], more: str = "") -> str:
        """One of the choices, by its number or its word; the first is proposed. `more` says what else may be written.

        What is none of the choices is handed back as it was written where there is `more`, and asked again otherwise.
        """
        names = list(choices)
        if self.silent:
            return names[0]
        width = max(map(len, names))
        rows = [f"  {number}  {name:<{width}}  {words}" for number, (name, words) in enumerate(choices.items(), 1)]
        say("\n".join([question, *rows, *([f"     {more}"] if more else [])]))
        while True:
            answer = _answer("[1] ")
            if answer.isdigit() and 0 < int(answer[:3]) <= len(names):
                return names[int(answer[:3]) - 1]
            if not answer or answer in names:
                return answer or names[0]
            if more and not answer.isdigit():
                return answer


def _answer(prompt: str) -> str:
    """A line that somebody typed. Raises UsageError when nobody is there any more."""
    sys.stdout.write(prompt)
    sys.stdout.flush()
    line = sys.stdin.readline()
    if not line:
        raise UsageError("there was no answer, so nothing was changed", "`byline init --yes` asks nothing.")
    return line.strip()
