"""An organisation's own tools, `[define.NAME]`, made ready for the catalogue.

`match` is the short form of marks: `"Assisted-by: acme-coder*"` is a trailer with a pattern over its value, and
`"author: *@coder.acme.example"` an author or committer as in `authors`. Each becomes a `[[mark]]` row.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from byline.catalogue.toml_lines import Path
from byline.errors import Fault, PolicyError
from byline.policy.load import Read, policy_sources
from byline.policy.source import Source, as_texts

_ROLES = ("author", "committer")


class Definitions(NamedTuple):
    """`tables` are (file, line, table) as `load_catalogue` takes them, `lines` finds lines by file."""

    tables: tuple[tuple[str, int, Mapping[str, object]], ...]
    lines: Mapping[str, Callable[[Path], int]]


def definitions(data: bytes, file: str, *, read: Read | None = None) -> Definitions:
    """The tools that a policy and all it extends define; a later definition replaces an earlier one of that name.

    Faults elsewhere in the policy are left to `parse_policy`. Raises PolicyError for a `match` that cannot be read.
    """
    if b"define" not in data and b"extends" not in data:
        return Definitions((), {})
    sources = policy_sources(data, file, [], read)
    faults: list[Fault] = []
    tables: dict[str, tuple[str, int, Mapping[str, object]]] = {}
    for source in sources:
        for name, table in source.table("define").items():
            if isinstance(table, dict):
                rows = _expanded(source, name, table, faults)
                tables[name] = (source.file, source.line(("define", name)), {"id": name, **rows})
    if faults:
        raise PolicyError(faults)
    return Definitions(tuple(tables.values()), {source.file: source.line for source in sources})


def _expanded(source: Source, name: str, table: dict[str, object], faults: list[Fault]) -> dict[str, object]:
    rest = {key: value for key, value in table.items() if key != "match"}
    if "match" not in table:
        return rest
    written = rest.get("mark")
    marks = list(written) if isinstance(written, list) else []
    for number, text in enumerate(as_texts(table["match"]), 1):
        head, colon, pattern = text.partition(":")
        if not colon or not head.strip() or not pattern.strip():
            sentence = f'"{text}" must be a trailer such as "Assisted-by: NAME*", or "author: *@example.org"'
            faults.append(Fault(source.file, source.line(("define", name, "match", number - 1)), sentence))
            continue
        marks.append({"id": f"{name}.match-{number}", **_row(head.strip(), pattern.strip())})
    return {**rest, "mark": marks}


def _row(head: str, pattern: str) -> dict[str, object]:
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
