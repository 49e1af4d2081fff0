"""Reports in the log of a CI job, where some lines are orders to the CI system.

GitHub obeys lines that begin with `::` after any white space, and `##[` anywhere in a line; Azure obeys `##vso[`
anywhere, TeamCity `##teamcity[`. Texts from commits can hold all of them, so they are broken up.
"""

import os
import re

from byline.reporters.interface import Output, Stream

_SECOND = re.compile("(?<=#)#")
_OBEYING = ("GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION")
_OF_ORDERS = ("github", "azure", "teamcity")


class LogStream:
    """A stream to a log in which nothing is an order. Everything is written in whole lines."""

    def __init__(self, stream: Stream, second: str) -> None:
        self._stream = stream
        self._second = second
        self._held = ""

    def write(self, text: str, /) -> None:
        """Write the lines that are complete."""
        lines = (self._held + text).split("\n")
        self._held = lines.pop()
        if lines:
            self._stream.write("".join(f"{self._safe(line)}\n" for line in lines))

    def flush(self) -> None:
        """Write what is held back."""
        if self._held:
            self._stream.write(self._safe(self._held))
            self._held = ""
        self._stream.flush()

    def isatty(self) -> bool:
        """Whether a person is looking."""
        return self._stream.isatty()

    def _safe(self, line: str) -> str:
        return harmless(line, self._second)


def harmless(line: str, second: str = " #") -> str:
    """The line with every order in it broken up; `second` stands for a `#` that follows another."""
    line = _SECOND.sub(lambda _: second, line)
    bare = line.lstrip()
    return line.replace("::", ": :", 1) if bare.startswith("::") else line


def safe_in_log(output: Output, format_name: str) -> Output:
    """The output, for a report in this format whose texts come from commits.

    In JSON `##` can only stand inside a text, where an escape means the same. A format that consists of orders breaks
    up the texts itself.
    """
    if format_name in _OF_ORDERS:
        return output
    second = "\\u0023" if format_name.startswith(("json", "sarif", "rdjson", "gitlab", "bitbucket")) else " #"
    return output._replace(stream=LogStream(output.stream, second))


def safe_in_any_log(output: Output, format_name: str, path: str | None) -> Output:
    """The same for a command that does not ask where it runs: safe when standard output is the log of a CI job."""
    is_log = path in (None, "-") and any(os.environ.get(name) for name in _OBEYING)
    return safe_in_log(output, format_name) if is_log else output
