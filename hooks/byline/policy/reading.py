"""The bytes of a policy file to a checked `Source`."""

import re
import tomllib
from collections.abc import Callable, Mapping

from byline.catalogue.toml_lines import Path, TomlLines
from byline.errors import Fault
from byline.lazy_pattern import lazy_pattern
from byline.policy.keys import ROOT
from byline.policy.source import Source
from byline.policy.validate import valid

LARGEST_FILE = 1 << 20
"""Bytes. A policy is written by hand; this is a hundred times the longest known."""

MOST_FAULTS = 50
"""What is reported of one file; more would help nobody."""

MOST_KEYS = 100
"""Parts that a dotted key may have; three are usual."""

_KEY_ENDS = lazy_pattern(r"[=,{}]")
_DOT = lazy_pattern(r"""[\w"'-][ \t]*\.[ \t]*(?=[\w"'-])""")
_TWICE = lazy_pattern(r"Cannot declare \((.*?)\) twice")
_BOM = b"\xef\xbb\xbf"


class _EnoughFaultsError(Exception):
    pass


def read_source(data: bytes, file: str, faults: list[Fault]) -> Source:
    """The entries of a policy file that can be used. Whatever cannot is added to `faults`."""
    document, find_line = read_toml(data, file, faults)
    prefix: Path = ("tool", "byline") if _name(file) == "pyproject.toml" else ()
    table: object = document
    for name in prefix:
        table = table.get(str(name)) if isinstance(table, Mapping) else None
    source = Source(file, {}, find_line, prefix)
    if not document:
        return source
    if not isinstance(table, dict):
        faults.append(Fault(file, source.line(()), "[tool.byline] must be a table"))
        return source
    first = len(faults)

    def report(path: Path, sentence: str) -> None:
        faults.append(Fault(file, source.line(path), sentence))
        if len(faults) - first >= MOST_FAULTS:
            faults.append(Fault(file, 0, f"there are more than {MOST_FAULTS} faults; the rest is not listed"))
            raise _EnoughFaultsError

    try:
        return source._replace(data=valid(ROOT, table, (), report))
    except _EnoughFaultsError:
        return source


def _name(file: str) -> str:
    """The last part of a path, whatever the platform, or of REF:PATH."""
    return file.replace("\\", "/").replace(":", "/").rpartition("/")[2]


def read_toml(data: bytes, file: str, faults: list[Fault]) -> tuple[dict[str, object], Callable[[Path], int]]:
    """A TOML document, and what finds the lines of its entries. After a fault the document is empty."""
    if len(data) > LARGEST_FILE:
        faults.append(
            Fault(file, 0, f"the file is larger than {LARGEST_FILE:,} bytes, the most that a policy may have")
        )
        return {}, _no_line
    try:
        text = data.removeprefix(_BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        faults.append(Fault(file, line, "the file is not UTF-8 text; save it as UTF-8"))
        return {}, _no_line
    text = text.replace("\r\n", "\n")
    if too_deep := _too_deep(text):
        faults.append(Fault(file, too_deep, f"a key has more than {MOST_KEYS} parts"))
        return {}, _no_line
    try:
        return tomllib.loads(text), TomlLines(text).line
    except tomllib.TOMLDecodeError as error:
        faults.append(_syntax_fault(file, text, str(error)))
    except (ValueError, RecursionError):
        faults.append(Fault(file, 0, "not valid TOML: a number is too long or brackets are nested too deeply"))
    return {}, _no_line


def _too_deep(text: str) -> int:
    """The first line with a dotted key of too many parts, which parsers take quadratic time for; 0 if there is none."""
    if text.count(".") <= MOST_KEYS:
        return 0
    for number, line in enumerate(text.split("\n"), 1):
        if line.count(".") > MOST_KEYS and any(len(_DOT.findall(piece)) > MOST_KEYS for piece in _KEY_ENDS.split(line)):
            return number
    return 0


def _no_line(_path: Path) -> int:
    return 0


def _syntax_fault(file: str, text: str, message: str) -> Fault:
    place = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)$", message)
    line = text.count("\n") + 1
    column = ""
    if place:
        message = message[: place.start()]
        if place[1]:
            line, column = int(place[1]), f" (column {place[2]})"
    if message.startswith("Cannot overwrite"):
        message = "the key is given twice"
    elif twice := _TWICE.match(message):
        name = ".".join(re.findall(r"'([^']*)'", twice[1]))
        message = f"the table [{name}] is given twice"
    return Fault(file, line, f"not valid TOML: {message[:1].lower()}{message[1:]}{column}")
