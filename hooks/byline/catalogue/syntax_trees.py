"""The syntax tree of a regular expression, as the standard library's own parser gives it."""

from importlib import import_module
from typing import Any

Node = tuple[str, Any]
"""(name of the operation, its argument), as in CPython's Lib/re/_constants.py."""


def syntax_tree(pattern: str) -> list[Node]:
    """The operations of `pattern` in order, blind to case. Raises `re.error` or `RecursionError`."""
    from re import IGNORECASE

    return nodes(import_module("re._parser").parse(pattern, IGNORECASE))


def nodes(tree: Any) -> list[Node]:
    """The operations of a part of a tree."""
    return [(str(operation), str(argument) if operation.name == "AT" else argument) for operation, argument in tree]
