"""A JSON Schema for policy files, made from `keys.py`. Editors complete and check byline.toml with it."""

from collections.abc import Callable

from byline.policy import keys
from byline.policy.keys import Key

DIALECT = "http://json-schema.org/draft-07/schema#"
"""The newest one that editors for TOML understand in full."""

_TEXT: dict[str, object] = {"type": "string", "pattern": r"\S"}
_TEXTS: dict[str, object] = {"oneOf": [_TEXT, {"type": "array", "items": _TEXT}]}
_DATE: dict[str, object] = {"type": "string", "format": "date"}


def json_schema() -> dict[str, object]:
    """The schema of byline.toml. Dates are TOML dates, which tools for TOML hand to a schema as text."""
    return {"$schema": DIALECT, "title": "byline policy", **_schema(keys.ROOT)}


def _schema(key: Key) -> dict[str, object]:
    schema = _KINDS[key.kind](key)
    return {"description": key.doc, **schema} if key.doc else schema


def _table(key: Key) -> dict[str, object]:
    schema: dict[str, object] = {
        "type": "object",
        "properties": {inner.name: _schema(inner) for inner in key.keys},
        "additionalProperties": False,
    }
    required = [inner.name for inner in key.keys if inner.required]
    return {**schema, "required": required} if required else schema


def _choice(key: Key) -> dict[str, object]:
    return {"enum": list(map(str, key.choices))}


def _by_name(values: dict[str, object]) -> Callable[[Key], dict[str, object]]:
    return lambda _key: {"type": "object", "additionalProperties": values}


_KINDS: dict[str, Callable[[Key], dict[str, object]]] = {
    keys.TEXT: lambda _key: _TEXT,
    keys.TEXTS: lambda _key: _TEXTS,
    keys.PATTERNS: lambda _key: _TEXTS,
    keys.PEOPLE: lambda _key: _TEXTS,
    keys.DATE: lambda _key: _DATE,
    keys.COUNT: lambda _key: {"type": "integer", "minimum": 0},
    keys.FLAG: lambda _key: {"type": "boolean"},
    keys.CHOICE: _choice,
    keys.CHOICES: lambda key: {"type": "array", "items": _choice(key)},
    keys.COUNT_OR_TEXT: lambda _key: {"oneOf": [{"type": "integer", "minimum": 0}, _TEXT]},
    keys.VERDICTS: _by_name({"enum": list(keys.VERDICT_WORDS)}),
    keys.TEMPLATES: _by_name(_TEXTS),
    keys.GROUPS: _by_name(_TEXTS),
    keys.DEFINITIONS: _by_name({"type": "object"}),
    keys.TABLE: _table,
    keys.TABLES: lambda key: {"type": "array", "items": _table(key)},
}
