"""Holds what a policy file says against `keys.py`: reports what is wrong, keeps what is right."""

from collections.abc import Callable, Mapping, Sequence

from byline.catalogue.toml_lines import Path
from byline.policy import keys
from byline.policy.keys import Key

Report = Callable[[Path, str], None]
"""Takes the place of a fault and a sentence about it."""


def valid(key: Key, table: Mapping[str, object], path: Path, report: Report) -> dict[str, object]:
    """The entries of a table that are as they should be; all others are reported."""
    known = {inner.name: inner for inner in key.keys}
    kept: dict[str, object] = {}
    for name, value in table.items():
        here = (*path, name)
        if name not in known:
            report(here, _elsewhere(name, path) or unknown("key", name, known))
            continue
        found = _value(known[name], value, here, report)
        if found is not None:
            kept[name] = found
    for inner in key.keys:
        if inner.required and inner.name not in table:
            report(path, f"{inner.name} is missing: {_uncapitalised(inner.doc)}")
    return kept


def _elsewhere(name: str, path: Path) -> str:
    """Where a key belongs that has no business here; empty when it is none of the language."""
    if not path:
        inside = [table.name for table in keys.ROOT.keys if any(inner.name == name for inner in table.keys)]
        return f"{name} is no table: write it in [{inside[0]}]" if inside[:1] == ["policy"] else ""
    found = next((key for key in keys.ROOT.keys if key.name == name), None)
    if found is None:
        return ""
    if found.kind in (keys.COUNT, keys.TEXTS):
        return f"{name} is a key of the whole file: write it above the first table"
    return f"{name} is a table of its own: write {f'[[{name}]]' if found.kind == keys.TABLES else f'[{name}]'}"


def unknown(noun: str, word: str, known: Sequence[str] | Mapping[str, object]) -> str:
    """A sentence about a word that means nothing here, with the nearest one that does."""
    import difflib

    near = [other for other in _MEANT.get(word.lower(), ()) if other in known]
    near = near or difflib.get_close_matches(word.lower(), list(known), n=1, cutoff=0.6)
    if near:
        return f'unknown {noun} "{word}": did you mean "{near[0]}"?'
    listed = f" (known: {', '.join(known)})" if 0 < len(known) <= 20 else ""
    return f'unknown {noun} "{word}"{listed}'


def _value(key: Key, value: object, path: Path, report: Report) -> object | None:
    """The value as it may be used, or None after a report."""
    if key.kind == keys.TABLE:
        if isinstance(value, dict):
            return valid(key, value, path, report)
        report(path, _table_expected(key, path))
    elif key.kind == keys.TABLES:
        if isinstance(value, list) and all(isinstance(item, dict) for item in value):
            return [valid(key, item, (*path, number), report) for number, item in enumerate(value)]
        report(path, f"{key.name} must be a list of tables: write [[{key.name}]]")
    elif key.kind in _NAMED:
        if isinstance(value, dict):
            inner = _NAMED[key.kind]
            entries = (
                (name, _value(inner._replace(name=name), item, (*path, name), report)) for name, item in value.items()
            )
            return {name: item for name, item in entries if item is not None}
        report(path, _table_expected(key, path))
    else:
        wrong = _WRONG[key.kind](key, value)
        if not wrong:
            return value
        report(path, wrong)
    return None


def _table_expected(key: Key, path: Path) -> str:
    if len(path) == 1:
        return f"{key.name} must be a table: write [{key.name}]"
    example = key.example.strip("{ }") or f"{key.keys[0].name} = {key.keys[0].example}"
    return f"{key.name} must be a table, such as {{ {example} }}"


def _wrong_text(key: Key, value: object) -> str:
    return "" if isinstance(value, str) and value.strip() else _expected(key, "text in quotes", value)


def _wrong_texts(key: Key, value: object) -> str:
    items = value if isinstance(value, list) else [value]
    if all(isinstance(item, str) and item.strip() for item in items):
        return ""
    return _expected(key, "text in quotes, or a list of texts", value)


def _wrong_date(key: Key, value: object) -> str:
    from datetime import date, datetime

    if isinstance(value, date) and not isinstance(value, datetime):
        return ""
    return _expected(key, "a date without quotes, such as 2026-07-10", value)


def _wrong_count(key: Key, value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return ""
    return _expected(key, "a whole number, 0 or more", value)


def _wrong_flag(key: Key, value: object) -> str:
    return "" if isinstance(value, bool) else _expected(key, "true or false", value)


def _wrong_choice(key: Key, value: object) -> str:
    if isinstance(value, list) and key.name in keys.VERDICT_WORDS:
        return f'write one name a line: NAME = "{key.name}"'
    if not isinstance(value, str):
        return _expected(key, f"one of {', '.join(key.choices)}", value)
    return "" if value in key.choices else f"{key.name}: {unknown('value', value, key.choices)}"


def _wrong_choices(key: Key, value: object) -> str:
    if not isinstance(value, list):
        return _expected(key, f"a list of some of {', '.join(key.choices)}", value)
    return next(filter(None, (_wrong_choice(key, item) for item in value)), "")


def _wrong_count_or_text(key: Key, value: object) -> str:
    return (
        "" if not _wrong_count(key, value) or not _wrong_text(key, value) else _expected(key, "a number or text", value)
    )


def _wrong_table(key: Key, value: object) -> str:
    return "" if isinstance(value, dict) else f"{key.name} must be a table"


def _expected(key: Key, what: str, value: object) -> str:
    return f"{key.name} must be {what}, not {_kind_of(value)}"


def _kind_of(value: object) -> str:
    if isinstance(value, str):
        return "text" if value.strip() else "empty text"
    kinds = {
        bool: "true or false",
        int: "the number " + str(value)[:20],
        float: "a fraction",
        list: "a list",
        dict: "a table",
    }
    return kinds.get(type(value), "a " + type(value).__name__)


def _uncapitalised(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:].rstrip(".")


_MEANT = {
    word: meant
    for meant, words in (
        (("deny", "block"), "ban banned forbid forbidden prohibit refuse reject block deny error fail"),
        (("allow", "off"), "permit permitted accept"),
        (("off",), "no none never"),
        (("disclose",), "label declare require required mention"),
        (("approve",), "ask review"),
        (("proposed",), "draft planned"),
        (("in-force",), "active enforced final"),
        (("cloud",), "saas hosted"),
        (("internal",), "on-prem onprem on-premises self-hosted in-house"),
        (("unattended",), "autonomous autopilot background"),
        (("completion",), "autocomplete"),
        (("server",), "pre-receive update"),
        (("push",), "pre-push"),
        (("commit",), "pre-commit commit-msg"),
        (("ci",), "pull-request merge-request"),
    )
    for word in words.split()
}
"""What people mean who write another word for it: the first of these that may stand there."""

_NAMED = {
    keys.VERDICTS: Key("", keys.CHOICE, "", choices=keys.VERDICT_WORDS),
    keys.TEMPLATES: Key("", keys.TEXTS, ""),
    keys.GROUPS: Key("", keys.TEXTS, ""),
    keys.DEFINITIONS: Key("", "definition", ""),
}

_WRONG: dict[str, Callable[[Key, object], str]] = {
    keys.TEXT: _wrong_text,
    keys.TEXTS: _wrong_texts,
    keys.PATTERNS: _wrong_texts,
    keys.PEOPLE: _wrong_texts,
    keys.DATE: _wrong_date,
    keys.COUNT: _wrong_count,
    keys.FLAG: _wrong_flag,
    keys.CHOICE: _wrong_choice,
    keys.CHOICES: _wrong_choices,
    keys.COUNT_OR_TEXT: _wrong_count_or_text,
    "definition": _wrong_table,
}
