"""Tools as nested tuples of plain constants, which Python loads from bytecode ten times faster than TOML is parsed."""

from typing import Any

from byline.catalogue.schema import (
    AddressMatch,
    ConfigMatch,
    EnvironmentMatch,
    IdentityMatch,
    LineMatch,
    Mark,
    Match,
    MessageMatch,
    PathMatch,
    Tool,
    TrailerMatch,
)
from byline.model import Confidence, Hosting, Mode, Runner, Shows, Surface

Packed = tuple[Any, ...]

# Looking a word up takes a fifth of the time of calling the enum, and there are thousands.
_SURFACES = {word.value: word for word in Surface}
_CONFIDENCES = {word.value: word for word in Confidence}
_SHOWS = {word.value: word for word in Shows}
_MODES = {word.value: word for word in Mode}
_RUNNERS = {word.value: word for word in Runner}


def pack_tool(tool: Tool) -> Packed:
    """The tool as constants. `unpack_tool` gives an equal tool back."""
    return tuple(_constant(field) for field in tool)


def _constant(value: object) -> object:
    if isinstance(value, frozenset):
        return tuple(sorted(_constant(item) for item in value))  # type: ignore[type-var]
    if isinstance(value, tuple):
        return tuple(_constant(item) for item in value)
    return str(value) if isinstance(value, str) else value


def unpack_tool(packed: Packed) -> Tool:
    """The tool that was packed."""
    tool_id, name, vendor, hosting, modes, url, aliases, marks = packed
    unpacked = tuple([unpack_mark(*mark) for mark in marks])
    return Tool(
        tool_id, name, vendor, Hosting(hosting), frozenset(_MODES[mode] for mode in modes), url, aliases, unpacked
    )


def unpack_mark(
    mark_id: str, tool: str, surface: str, confidence: str, shows: str, match: Packed, mode: str | None, *rest: Any
) -> Mark:
    """The mark whose fields these are, packed."""
    return Mark(
        mark_id,
        tool,
        _SURFACES[surface],
        _CONFIDENCES[confidence],
        _SHOWS[shows],
        _MATCHES[surface](*match),
        _MODES[mode] if mode else None,
        *rest,
    )


def _address(packed: Packed | None) -> AddressMatch | None:
    return None if packed is None else AddressMatch(*map(frozenset, packed))


def _trailer(keys: Packed, address: Packed | None, *rest: Any) -> Match:
    return TrailerMatch(frozenset(keys), _address(address), *rest)


def _identity(roles: Packed, address: Packed | None, *rest: Any) -> Match:
    return IdentityMatch(frozenset(roles), _address(address), *rest)


def _message(needles: Packed, footers: Packed, pattern: str) -> Match:
    return MessageMatch(needles, frozenset(footers), pattern)


def _environment(runner: str, variable: str, values: Packed, processes: Packed) -> Match:
    return EnvironmentMatch(_RUNNERS[runner], variable, values, frozenset(processes))


_MATCHES: dict[str, Any] = {
    "trailer": _trailer,
    "identity": _identity,
    "message": _message,
    "line": LineMatch,
    "path": PathMatch,
    "config": ConfigMatch,
    "environment": _environment,
}
