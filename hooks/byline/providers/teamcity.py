"""TeamCity.

Parameters: https://www.jetbrains.com/help/teamcity/predefined-build-parameters.html
"""

import re

from byline.providers.change import Change, Environment, ReadFile
from byline.providers.values import branch_name, commit_id
from byline.repository.endpoints import Endpoints, Kind

SYSTEM = "TeamCity"
FULL_HISTORY = "In the VCS root, set the checkout policy to one with full history: no shallow clones."

_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)
_LETTERS = {"t": "\t", "n": "\n", "r": "\r", "f": "\f"}


def read_change(environ: Environment, read: ReadFile) -> Change:
    """What the build is about. Raises UnreadableInput. Pushes do not say what the branch pointed to before.

    Most parameters are no variables but stand in a file that TEAMCITY_BUILD_PROPERTIES_FILE leads to.
    """
    parameters = _parameters(environ, read)
    head = commit_id(environ.get("BUILD_VCS_NUMBER", "") or parameters.get("build.vcs.number", ""), "BUILD_VCS_NUMBER")
    number = parameters.get("teamcity.pullRequest.number", "")
    if number:
        target = parameters.get("teamcity.pullRequest.target.branch", "")
        return Change(
            SYSTEM,
            Endpoints(Kind.REQUEST, head or "HEAD", target=branch_name(target, "teamcity.pullRequest.target.branch")),
            FULL_HISTORY,
            number=number,
            title=parameters.get("teamcity.pullRequest.title", ""),
            source=parameters.get("teamcity.pullRequest.source.branch", ""),
        )
    branch = parameters.get("teamcity.build.branch", "")
    is_default = parameters.get("teamcity.build.branch.is_default") == "true"
    name = "" if branch == "<default>" else branch_name(branch, "teamcity.build.branch")
    default = name if is_default else ""
    return Change(SYSTEM, Endpoints(Kind.BRANCH, head or "HEAD", target=name, default=default), FULL_HISTORY)


def _parameters(environ: Environment, read: ReadFile) -> dict[str, str]:
    """System properties, and the configuration parameters from the file that these name."""
    found = parse_properties(read(environ.get("TEAMCITY_BUILD_PROPERTIES_FILE", "")) or b"")
    configuration = found.get("teamcity.configuration.properties.file", "")
    return found | parse_properties((read(configuration) if configuration else None) or b"")


def parse_properties(data: bytes) -> dict[str, str]:
    """A Java properties file: https://docs.oracle.com/javase/8/docs/api/java/util/Properties.html#load-java.io.Reader-"""
    found: dict[str, str] = {}
    for line in _logical_lines(data.decode("latin-1")):
        match = re.match(r"((?:\\.|[^\\=:\s])*)[ \t\f]*[=:]?[ \t\f]*(.*)", line, re.DOTALL)
        if match and match[1]:
            found[_unescaped(match[1])] = _unescaped(match[2])
    return found


def _logical_lines(text: str) -> list[str]:
    lines: list[str] = []
    pending = ""
    for line in re.split(r"\r\n|\n|\r", text):
        stripped = line.lstrip(" \t\f")
        if not pending and stripped[:1] in ("", "#", "!"):
            continue
        pending += stripped
        if (len(pending) - len(pending.rstrip("\\"))) % 2:
            pending = pending[:-1]
        else:
            lines.append(pending)
            pending = ""
    return [*lines, pending] if pending else lines


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    code = match[1]
    return chr(int(code[1:], 16)) if len(code) == 5 else _LETTERS.get(code, code)
