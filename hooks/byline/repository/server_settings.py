"""The server's settings for byline: `byline.*` in the system's or the repository's own git configuration.

The configuration of the account that git runs as is not read, nor any variable that brings configuration: on some
servers that account, or its environment, is the pusher's.
"""

from collections.abc import Mapping
from typing import NamedTuple

from byline.errors import BylineError
from byline.repository.location import Repository
from byline.repository.run_git import git_output
from byline.repository.server_environment import SERVERS

DEADLINE = 4.0
"""Seconds that a hook takes at most: GitHub Enterprise Server gives all hooks of a repository five."""

NOTES = "refs/notes/byline"
"""Where the results of checks go that were put off; `none` for nowhere."""

_SCOPES = ("system", "local", "worktree")
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "missingpolicy": ("note", "refuse"),
    "branchpolicies": ("tighten", "own"),
    "onerror": ("block", "allow"),
    "logerror": ("block", "allow"),
    "server": tuple(SERVERS),
}
_TEXTS = ("policy", "policyvariable", "floor", "default", "log", "contact", "notes")
_LISTS = ("exclude", "override")


class ServerSettings(NamedTuple):
    """What the administrator has set. Texts are empty where nothing is set.

    `policy`, `floor` and `default` are files or REF:PATH. `deadline` is in seconds; `defer` lets a push pass that takes
    longer, to be checked once it is in. `exclude` holds patterns of refs that are not judged, `override` names of
    pushers that may overrule a refusal with a push option.
    """

    policy: str = ""
    policy_variable: str = ""
    floor: str = ""
    default: str = ""
    missing_policy: str = "note"
    branch_policies: str = "tighten"
    deadline: float = DEADLINE
    defer: bool = False
    on_error: str = "block"
    log: str = ""
    log_error: str = "block"
    server: str = ""
    contact: str = ""
    notes: str = NOTES
    exclude: tuple[str, ...] = ()
    override: tuple[str, ...] = ()


class SettingsError(BylineError):
    """A setting of the server that makes no sense. `understood` holds the others, without what they would loosen."""

    def __init__(self, sentence: str, remedy: str) -> None:
        super().__init__(sentence, remedy)
        self.understood = ServerSettings()


def read_server_settings(repository: Repository) -> ServerSettings:
    """The settings in force. Raises SettingsError for an unknown name or value, and RepositoryError."""
    return server_settings(configured(repository))


def configured(repository: Repository) -> list[tuple[str, str]]:
    """Names (lower case, without `byline.`) and values, the system's first. Raises RepositoryError."""
    tokens = git_output(repository, "config", "--null", "--show-scope", "--list").decode("utf-8", "surrogateescape")
    found = []
    fields = tokens.split("\0")
    for scope, entry in zip(fields[::2], fields[1::2], strict=False):
        name, newline, value = entry.partition("\n")
        if scope in _SCOPES and name.startswith("byline."):
            found.append((name.removeprefix("byline."), value if newline else "true"))
    return found


def server_settings(entries: list[tuple[str, str]]) -> ServerSettings:
    """The settings that entries of the configuration make; the last value of a name counts.

    Raises SettingsError for the first that makes no sense.
    """
    faults: list[SettingsError] = []
    texts: dict[str, str] = {}
    lists: dict[str, list[str]] = {name: [] for name in _LISTS}
    for name, value in entries:
        if name in lists:
            lists[name].append(value)
        elif name in _TEXTS or name == "deadline" or value in _CHOICES.get(name, ()):
            texts[name] = value
        elif name in _CHOICES:
            faults.append(SettingsError(f"byline.{name} is {value!r}", f"It can be {' or '.join(_CHOICES[name])}."))
        else:
            faults.append(SettingsError(f"there is no setting byline.{name}", _nearest(name)))
    seconds, defer = DEADLINE, False
    try:
        seconds, defer = _deadline(texts.get("deadline", ""))
    except SettingsError as error:
        faults.append(error)
    settings = ServerSettings(
        policy=texts.get("policy", ""),
        policy_variable=texts.get("policyvariable", ""),
        floor=texts.get("floor", ""),
        default=texts.get("default", ""),
        missing_policy=texts.get("missingpolicy", "note"),
        branch_policies=texts.get("branchpolicies", "tighten"),
        deadline=seconds,
        defer=defer,
        on_error=texts.get("onerror", "block"),
        log=texts.get("log", ""),
        log_error=texts.get("logerror", "block"),
        server=texts.get("server", ""),
        contact=texts.get("contact", ""),
        notes=texts.get("notes", NOTES),
        exclude=tuple(lists["exclude"]),
        override=tuple(lists["override"]),
    )
    if faults:
        faults[0].understood = settings._replace(defer=False, on_error="block", log_error="block", override=())
        raise faults[0]
    return settings


def _deadline(text: str) -> tuple[float, bool]:
    """Seconds, the word `defer`, or both."""
    words = text.replace(",", " ").split()
    defer = "defer" in words
    numbers = [word for word in words if word != "defer"]
    try:
        seconds = float(numbers[0]) if numbers else DEADLINE
    except ValueError:
        seconds = 0.0
    if len(numbers) > 1 or not 0 < seconds <= 3600:
        raise SettingsError(f"byline.deadline is {text!r}", "Write seconds, such as 4, or `4 defer`.")
    return seconds, defer


def _nearest(name: str) -> str:
    from difflib import get_close_matches

    names = [*_TEXTS, *_LISTS, *_CHOICES, "deadline"]
    close = get_close_matches(name, names, 1)
    return f"Did you mean byline.{close[0]}?" if close else "`byline doctor` lists the settings there are."
