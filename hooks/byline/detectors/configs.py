"""Marks on settings in configuration files that a commit makes."""

import re
from collections.abc import Callable, Iterable, Iterator

from byline.catalogue.builtin import UNREADABLE_CONFIG
from byline.catalogue.globs import matcher
from byline.catalogue.schema import ConfigMatch, Mark
from byline.detectors.config_errors import UnreadableError
from byline.detectors.config_files import parse
from byline.detectors.found import finding
from byline.detectors.pointers import Place, counts, places
from byline.lazy_pattern import lazy_pattern
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
    tellers = {mark.id: _tellers(match) for _, (mark, match) in pairs}

    def detect(commit: Commit) -> Iterator[Finding]:
        for file in commit.configs:
            entries = {entry[0].id: entry for _, entry in (pairs[index] for index in matching(file.path))}
            if entries and file.after is not None and file.after != file.before:
                possible = [
                    entry for entry in entries.values() if _may_hold(file.path, file.after, tellers[entry[0].id])
                ]
                if possible:
                    yield from _settings(file, file.after, possible)

    return detect


def _tellers(match: ConfigMatch) -> tuple[bytes, ...]:
    """Texts of which a file with this setting holds at least one: the end of its place, or the fixed part of a value.

    None when nothing is fixed. Parsing a long file takes a hundred times as long as looking for them.
    """
    texts = [_fixed_part(value) if isinstance(value, str) else "" for value in match.values]
    if not texts or "" in texts:
        texts = [_fixed_part(key) for key in match.pointer if key not in ("*", "**")][-1:]
    return () if "" in texts else tuple(text.lower().encode("utf-8", "surrogateescape") for text in texts)


def _fixed_part(glob: str) -> str:
    """The longest run of a text that every format writes as it is: blanks may be line ends, and quotes be doubled."""
    return max(re.split(r"""[*?\s"'\\]|\[[^\]]*\]""", glob), key=len)


# What a backslash begins that could be a character of a text that is looked for: one by its number, a line end past
# ASCII that stands for nothing, in TOML a line end after blanks, in JSON with comments most characters themselves.
_YAML_ESCAPES = lazy_pattern(rb"\\[xuU/\x80-\xff]")
_TOML_ESCAPES = lazy_pattern(rb"\\[xuU \t]")
_JSON_ESCAPES = lazy_pattern(rb"""\\[^"'\\bfnrt\r\n]""")
_ESCAPES = {"yml": _YAML_ESCAPES, "yaml": _YAML_ESCAPES, "toml": _TOML_ESCAPES}

# A line end after a backslash, and all blanks after it, stand for nothing.
_CONTINUED = lazy_pattern(rb"\\[\r\n][ \t\r\n]*")


def _may_hold(path: str, data: bytes, tellers: tuple[bytes, ...]) -> bool:
    """Whether one of the texts stands there, or could in another form; also where the file is in UTF-16."""
    if not tellers or b"\0" in data or _ESCAPES.get(path.rpartition(".")[2].lower(), _JSON_ESCAPES).search(data):
        return True
    # with their lower-case forms, as those letters past ASCII have whose form is in ASCII
    text = _CONTINUED.sub(b"", data).decode("utf-8", "replace").lower()
    lowered = text.encode("utf-8")
    return any(teller in lowered for teller in tellers)


def _settings(file: ConfigFile, after: bytes, entries: list[_Entry]) -> Iterator[Finding]:
    try:
        new = _places(file.path, after, entries)
    except UnreadableError as problem:
        text = f"{file.path} cannot be read for settings of AI tools: {problem}"
        yield finding(UNREADABLE_CONFIG, text, path=file.path)
        return
    try:
        old = _places(file.path, file.before, entries)
    except UnreadableError:
        old = [[] for _ in entries]  # nothing is known of it, so every setting of the new file counts as new
    for (mark, _), places_now, places_then in zip(entries, new, old, strict=True):
        known = {_fact(place) for place in places_then}
        added = [place for place in places_now if _fact(place) not in known]
        if added:
            yield finding(mark, _shown(added[0]), path=file.path)


def _places(path: str, data: bytes | None, entries: list[_Entry]) -> list[list[Place]]:
    """For each entry, where the file makes that setting. Raises UnreadableError."""
    documents = [] if data is None else parse(path, data)
    named = {
        pointer: [place for document in documents for place in places(document, pointer)]
        for pointer in {match.pointer for _, match in entries}
    }
    return [[place for place in named[match.pointer] if counts(place.value, match.values)] for _, match in entries]


def _fact(place: Place) -> _Fact:
    """What makes a place the same as before: its keys and, when it is in a list or is a scalar, its value."""
    return place.keys, place.value if isinstance(place.value, (str, int, float, type(None))) else None


def _shown(place: Place) -> str:
    keys = ".".join(place.keys)
    return f"{keys} = {place.value!r}" if isinstance(place.value, (str, int, float)) else keys
