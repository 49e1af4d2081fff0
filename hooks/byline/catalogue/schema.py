"""What a catalogue file may say, and the frozen values it becomes.

A file describes one tool. Its `[[mark]]` rows describe the fingerprints the tool leaves; which fields a row takes
depends on its surface:

    trailer   key (any key when left out), and one of: email, github-id, names, value, any-value; with name
    identity  email, github-id or pattern; with name, role
    message   footer or pattern with needle
    line      pattern with needle; with paths
    path      path
    config    path, pointer; with value
    environment  variable or process; with value; run-by

The README's chapter on adding a tool explains each field. Regular expressions are kept as text and compiled when one
is first needed (`patterns.compiled`): most commits need none.
"""

from typing import NamedTuple

from byline.model import Confidence, Hosting, Mode, Runner, Shows, Surface


class AddressMatch(NamedTuple):
    """An e-mail address or a numeric GitHub account, optionally with the display names it must stand beside.

    GitHub gives every account the address `ID+LOGIN@users.noreply.github.com`; the number stays when the login is
    renamed. All texts are lower case.
    """

    emails: frozenset[str] = frozenset()
    github_ids: frozenset[str] = frozenset()
    logins: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()


class TrailerMatch(NamedTuple):
    """A trailer by its key (lower case; empty for any key) and one of: address, declared name, value, any value.

    `needles` are lower-case texts of which what `value` matches holds at least one; only a row with keys has none.
    `hints` are the same but may be shorter: a value without one need not be looked at. `brackets` is whether a value
    with `<`, such as one with an address, can match at all, and `digit` whether only one with a digit can.
    """

    keys: frozenset[str]
    address: AddressMatch | None = None
    declared: tuple[str, ...] = ()
    value: str = ""
    any_value: bool = False
    needles: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    brackets: bool = True
    digit: bool = False


class IdentityMatch(NamedTuple):
    """An author or committer by address, or by a pattern over `Name <address>`; `needles` as for a message."""

    roles: frozenset[str]
    address: AddressMatch | None = None
    pattern: str = ""
    needles: tuple[str, ...] = ()


class MessageMatch(NamedTuple):
    """A line of the message. `needles` are lower-case texts of which a matching line holds at least one."""

    needles: tuple[str, ...]
    footers: frozenset[str] = frozenset()
    pattern: str = ""


class LineMatch(NamedTuple):
    """An added line of a file. `paths` are globs that limit it to some files."""

    needles: tuple[str, ...]
    pattern: str
    paths: tuple[str, ...] = ()


class PathMatch(NamedTuple):
    """A path by glob."""

    globs: tuple[str, ...]


class ConfigMatch(NamedTuple):
    """A place in a configuration file: `pointer` steps (`*` any child, `**` any depth), and the values that count.

    `values` is empty when the place existing is enough.
    """

    globs: tuple[str, ...]
    pointer: tuple[str, ...]
    values: tuple[str | bool | int, ...] = ()


class EnvironmentMatch(NamedTuple):
    """A variable, with the values that count (globs blind to case; none for any value), or programs that run above.

    A program is named as the system knows it, in lower case and without `.exe`; one with a slash is the end of the path
    of a script that an interpreter such as `node` runs. `runner` is who runs a command where this is seen.
    """

    runner: Runner
    variable: str = ""
    values: tuple[str, ...] = ()
    processes: frozenset[str] = frozenset()


Match = TrailerMatch | IdentityMatch | MessageMatch | LineMatch | PathMatch | ConfigMatch | EnvironmentMatch


class Mark(NamedTuple):
    """A fingerprint that a tool leaves. `id` is stable for ever: policies, ignores and reports name it."""

    id: str
    tool: str
    surface: Surface
    confidence: Confidence
    shows: Shows
    match: Match
    mode: Mode | None
    since: str
    until: str
    note: str
    sources: tuple[str, ...]
    matches: tuple[str, ...]
    ignores: tuple[str, ...]


UNKNOWN_VENDOR = "unknown"
"""The vendor of what is no product but a sign of AI as such. Its marks give way to those of a named tool."""


class Tool(NamedTuple):
    """An AI product. `aliases` are further names by which a policy may call it."""

    id: str
    name: str
    vendor: str
    hosting: Hosting
    modes: frozenset[Mode]
    url: str
    aliases: tuple[str, ...]
    marks: tuple[Mark, ...]
