"""The reference part of docs/policy.md, made from `keys.py` and `path_sets.py`; a test compares the two."""

from collections.abc import Iterator

from byline.policy import keys
from byline.policy.keys import Key
from byline.policy.path_sets import PATH_SETS

_TYPES = {
    keys.TEXT: "text",
    keys.TEXTS: "text or list",
    keys.PATTERNS: "paths",
    keys.PEOPLE: "people",
    keys.DATE: "date",
    keys.COUNT: "number",
    keys.FLAG: "true, false",
    keys.COUNT_OR_TEXT: "number or text",
    keys.TEMPLATES: "trailer = form",
    keys.VERDICTS: "name = verdict",
    keys.GROUPS: "name = list",
    keys.DEFINITIONS: "a table for each tool",
    keys.TABLE: "table",
}
_HEAD = "| key | value | meaning |"
_RULE = "|---|---|---|"


def reference() -> str:
    """Markdown: a table of keys for each table of a policy, and the built-in sets of files."""
    return "\n".join([*_tables(), *_sets()]) + "\n"


def _tables() -> Iterator[str]:
    yield from ("### Above the first table", "", _HEAD, _RULE)
    yield from (_row(key) for key in keys.ROOT.keys if key.kind in (keys.COUNT, keys.TEXTS))
    yield from ("", "### Tables of names", "", "| table | entries | meaning |", _RULE)
    for key in keys.ROOT.keys:
        if key.kind in (keys.VERDICTS, keys.GROUPS, keys.DEFINITIONS):
            yield _row(key._replace(name=f"[{key.name}]"))
    yield ""
    for table in keys.ROOT.keys:
        if table.keys and table.name != "preset":
            heading = f"[[{table.name}]]" if table.kind == keys.TABLES else f"[{table.name}]"
            yield from (f"### `{heading}`", "", table.doc, "", _HEAD, _RULE)
            yield from map(_row, table.keys)
            yield ""


def _row(key: Key) -> str:
    if key.kind == keys.CHOICE:
        value = ", ".join(f"`{choice}`" for choice in key.choices)
    elif key.kind == keys.CHOICES:
        value = "list of " + ", ".join(f"`{choice}`" for choice in key.choices)
    else:
        value = _TYPES[key.kind]
        if key.example and key.kind != keys.FLAG:
            value += f", as `{key.example}`"
    return f"| `{key.name}` | {value} | {key.doc} |"


def _sets() -> Iterator[str]:
    yield from ("### Named sets of files", "", "| set | meaning | patterns |", _RULE)
    for name, path_set in PATH_SETS.items():
        patterns = " ".join(f"`{pattern}`" for pattern in path_set.patterns)
        yield f"| `@{name}` | {path_set.doc} | {patterns} |"
