"""The policy that holds after everything it extends, as TOML lines, each with where it comes from."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from byline.catalogue.toml_lines import Path
from byline.policy import keys
from byline.policy.keys import Key
from byline.policy.schema import Policy
from byline.policy.source import Source

_UNLISTED = ("version", "extends", "example", "preset")
_DEFAULTS: Mapping[str, Mapping[str, object]] = {
    "policy": {"ai": "allow"},
    "evidence": {
        "block": ["certain", "likely"],
        "setup": False,
        "suppression": False,
        "environment": True,
        "removed": "warn",
        "unseen": "off",
        "dates": "arrival",
    },
    "enforce": {"default": "block"},
}


class EffectiveLine(NamedTuple):
    """A line of TOML. `file` and `line` tell where it stands; `file` is empty for defaults and headings."""

    text: str
    file: str = ""
    line: int = 0
    is_default: bool = False


def effective(policy: Policy) -> tuple[EffectiveLine, ...]:
    """The lines in the order of the reference. A floor is a policy of its own: ask for `policy.floor`."""
    lines: list[EffectiveLine] = []
    for key in keys.ROOT.keys:
        if key.name in _UNLISTED:
            continue
        if key.kind == keys.TABLES:
            lines += _rows(policy, key)
        else:
            lines += _table(policy, key)
    return tuple(lines)


def _rows(policy: Policy, key: Key) -> Iterator[EffectiveLine]:
    for source in policy.sources:
        for position, row in enumerate(source.tables(key.name)):
            path: Path = (key.name, position)
            yield EffectiveLine(f"[[{key.name}]]", source.file, source.line(path))
            for name, value in row.items():
                yield _line(source, (*path, name), name, value)


def _table(policy: Policy, key: Key) -> Iterator[EffectiveLine]:
    said: dict[str, tuple[Source | None, object]] = {
        name: (None, value) for name, value in _DEFAULTS.get(key.name, {}).items()
    }
    for source in policy.sources:
        said.update({name: (source, value) for name, value in source.table(key.name).items()})
    if not said:
        return
    yield EffectiveLine(f"[{key.name}]")
    for name, (origin, value) in said.items():
        if origin is None:
            yield EffectiveLine(f"{_key(name)} = {toml(value)}", is_default=True)
        else:
            yield _line(origin, (key.name, name), name, value)


def _line(source: Source, path: Path, name: str, value: object) -> EffectiveLine:
    return EffectiveLine(f"{_key(name)} = {toml(value)}", source.file, source.line(path))


def toml(value: object) -> str:
    """A value as TOML writes it on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float, date)):
        return str(value)
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(str(name))} = {toml(item)}" for name, item in value.items()) + " }"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(toml(item) for item in value) + "]"
    return _quoted(str(value))


def _key(name: str) -> str:
    bare = name.replace("-", "").replace("_", "")
    return name if bare.isalnum() and bare.isascii() else _quoted(name)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\u{ord(c):04X}" for c in escaped) + '"'
