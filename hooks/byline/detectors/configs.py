"""Marks on settings in configuration files that a commit makes."""

from collections.abc import Callable, Iterable, Iterator

from byline.catalogue.builtin import UNREADABLE_CONFIG
from byline.catalogue.globs import matcher
from byline.catalogue.schema import ConfigMatch, Mark
from byline.detectors.config_errors import UnreadableError
from byline.detectors.config_files import parse
from byline.detectors.found import finding
from byline.detectors.pointers import Place, counts, places
from byline.model import Commit, ConfigFile, Finding

_Entry = tuple[Mark, ConfigMatch]
_Fact = tuple[tuple[str, ...], object]


def prepare(marks: Iterable[Mark]) -> Callable[[Commit], Iterator[Finding]]:
    """A function from a commit to the settings it makes that were not there before.

    A file that cannot be read is itself a finding, of `builtin.UNREADABLE_CONFIG`.
    """
    pairs = [
        (glob, (mark, mark.match)) for mark in marks if isinstance(mark.match, ConfigMatch) for glob in mark.match.globs
    ]
    matching = matcher([glob for glob, _ in pairs])

    def detect(commit: Commit) -> Iterator[Finding]:
        for file in commit.configs:
            entries = {entry[0].id: entry for _, entry in (pairs[index] for index in matching(file.path))}
            if entries and file.after is not None and file.after != file.before:
                yield from _settings(file, file.after, list(entries.values()))

    return detect


def config_globs(marks: Iterable[Mark]) -> list[str]:
    """The globs of all files that `prepare` wants to see."""
    return [glob for mark in marks if isinstance(mark.match, ConfigMatch) for glob in mark.match.globs]


def _settings(file: ConfigFile, after: bytes, entries: list[_Entry]) -> Iterator[Finding]:
    try:
        new = parse(file.path, after)
    except UnreadableError as problem:
        text = f"{file.path} cannot be read for settings of AI tools: {problem}"
        yield finding(UNREADABLE_CONFIG, text, path=file.path)
        return
    try:
        old = parse(file.path, file.before) if file.before is not None else {}
    except UnreadableError:
        old = {}  # nothing is known of it, so every setting of the new file counts as new
    for mark, match in entries:
        known = {_fact(place) for place in _matching(old, match)}
        for place in _matching(new, match):
            if _fact(place) not in known:
                yield finding(mark, _shown(place), path=file.path)
                break


def _matching(root: object, match: ConfigMatch) -> Iterator[Place]:
    return (place for place in places(root, match.pointer) if counts(place.value, match.values))


def _fact(place: Place) -> _Fact:
    """What makes a place the same as before: its keys and, when it is in a list or is a scalar, its value."""
    return place.keys, place.value if isinstance(place.value, (str, int, float, type(None))) else None


def _shown(place: Place) -> str:
    keys = ".".join(place.keys)
    return f"{keys} = {place.value!r}" if isinstance(place.value, (str, int, float)) else keys
