"""Finds the places of a parsed configuration file that a pointer such as `jobs.**.uses` names."""

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import NamedTuple

from byline.detectors.config_errors import UnreadableError

MOST_STEPS = 200_000
"""Nodes visited for one pointer; a file of bounded size has fewer, unless aliases multiply them."""


class Place(NamedTuple):
    """A place by its keys, list positions written as `*` so that a fact survives a new neighbour; and its value."""

    keys: tuple[str, ...]
    value: object


def places(root: object, pointer: tuple[str, ...]) -> Iterator[Place]:
    """Every place that the pointer names: a key, `*` for any child, `**` for any depth, none included.

    Raises UnreadableError when there is more to visit than `MOST_STEPS`.
    """
    pending: list[tuple[object, int, tuple[str, ...]]] = [(root, 0, ())]
    visited: set[tuple[int, int]] = set()
    for _ in range(MOST_STEPS):
        if not pending:
            return
        node, step, keys = pending.pop()
        if step == len(pointer):
            yield Place(keys, node)
            continue
        container = isinstance(node, (dict, list))
        if container:
            if (id(node), step) in visited:
                continue
            visited.add((id(node), step))
        wanted = pointer[step]
        if wanted == "**":
            pending.append((node, step + 1, keys))
        if not container:
            continue
        for key, child in _children(node, wanted):
            pending.append((child, step if wanted == "**" else step + 1, (*keys, key)))
    raise UnreadableError(f"it has more than {MOST_STEPS:,} places")


def _children(node: object, wanted: str) -> Iterator[tuple[str, object]]:
    if isinstance(node, list):
        if wanted in ("*", "**"):
            yield from (("*", child) for child in reversed(node))
    elif isinstance(node, dict):
        if wanted in ("*", "**"):
            yield from ((str(key), child) for key, child in reversed(node.items()))
        elif wanted in node:
            yield wanted, node[wanted]


def counts(value: object, wanted: tuple[str | bool | int, ...]) -> bool:
    """Whether a value is among the wanted ones; texts are globs, blind to case. Any value when none is wanted."""
    return not wanted or any(_is(value, one) for one in wanted)


def _is(value: object, wanted: str | bool | int) -> bool:
    if isinstance(value, str) and isinstance(wanted, str):
        return fnmatchcase(value[:1000].lower(), wanted.lower())
    return type(value) is type(wanted) and value == wanted
