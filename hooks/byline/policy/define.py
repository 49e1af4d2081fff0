"""An organisation's own tools, `[define.NAME]`, made ready for the catalogue.

`match` is the short form of marks: `"Assisted-by: acme-coder*"` is a trailer with a pattern over its value, and
`"author: *@coder.acme.example"` an author or committer as in `authors`. Each becomes a `[[mark]]` row.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from byline.catalogue.safe_patterns import danger
from byline.catalogue.toml_lines import Path
from byline.errors import Fault
from byline.policy.load import PolicyReading
from byline.policy.source import Source, as_texts

_ROLES = ("author", "committer")


class Definitions(NamedTuple):
    """`tables` are (file, line, table) as `load_catalogue` takes them, `lines` finds lines by file."""

    tables: tuple[tuple[str, int, Mapping[str, object]], ...]
    lines: Mapping[str, Callable[[Path], int]]


def definitions(readings: Iterable[PolicyReading], faults: list[Fault]) -> Definitions:
    """The tools that policies and all they extend define. A `match` that cannot be read is added to `faults`.

    Within a policy a later definition replaces an earlier one of that name; between policies the first one holds.
    """
    tables: dict[str, tuple[str, int, Mapping[str, object]]] = {}
    lines: dict[str, Callable[[Path], int]] = {}
    for reading in readings:
        own: dict[str, tuple[str, int, Mapping[str, object]]] = {}
        for source in reading.sources:
            lines.setdefault(source.file, source.line)
            for name, table in source.table("define").items():
                if isinstance(table, dict):
                    rows = _expanded(source, name, table, faults)
                    own[name] = (source.file, source.line(("define", name)), {"id": name, **rows})
        tables = own | tables
    return Definitions(tuple(tables.values()), lines)


def _expanded(source: Source, name: str, table: dict[str, object], faults: list[Fault]) -> dict[str, object]:
    rest = {key: value for key, value in table.items() if key != "match"}
    if "match" not in table:
        return rest
    written = rest.get("mark")
    marks: list[object] = list(written) if isinstance(written, list) else []
    for number, text in enumerate(as_texts(table["match"]), 1):
        row, sentence = _match(text)
        if sentence:
            faults.append(
                Fault(source.file, source.line(("define", name, "match", number - 1)), f'"{text}" {sentence}')
            )
        marks.append({"id": f"{name}.match-{number}", **row})
    return {**rest, "mark": marks}


def _match(text: str) -> tuple[dict[str, str], str]:
    """A mark for a short form, and what is wrong with it; with a fault, another mark, for the rest to be checked."""
    head, colon, pattern = text.partition(":")
    if not colon or not head.strip() or not pattern.strip():
        return _row(
            "Assisted-by", "nobody"
        ), 'must be a trailer such as "Assisted-by: NAME*", or "author: *@example.org"'
    row = _row(head.strip(), re.sub(r"\*+", "*", pattern.strip()))
    if danger(row.get("value") or row["pattern"], whole="value" in row):
        return _row("Assisted-by", "nobody"), "has so many * that it takes too long to compare; write fewer"
    return row, ""


def _row(head: str, pattern: str) -> dict[str, str]:
    if head.lower() in _ROLES:
        return {
            "surface": "identity",
            "role": head.lower(),
            "pattern": _identity_pattern(pattern),
            "confidence": "certain",
            "shows": "generated",
        }
    shows = "assisted" if head.lower().startswith("assisted") else "generated"
    return {
        "surface": "trailer",
        "key": head,
        "value": _regex(pattern, "."),
        "confidence": "certain",
        "shows": shows,
    }


def _identity_pattern(pattern: str) -> str:
    """A regular expression over `Name <address>` with the meaning that patterns have in `authors`."""
    if "<" in pattern:
        return f"^{_regex(pattern, '.')}$"
    if "@" in pattern:
        return f"<{_regex(pattern, '[^<>]')}>$"
    return f"^{_regex(pattern, '[^<>]')} <"


def _regex(pattern: str, wild: str) -> str:
    pieces: Sequence[str] = re.split(r"([*?])", pattern)
    return "".join({"*": wild + "*", "?": wild}.get(piece, re.escape(piece)) for piece in pieces)
