"""Refuses regular expressions that hostile text could keep busy for hours.

Python's `re` backtracks: it tries every way in which an expression can match. This module bounds how many ways there
are, from the expression alone. A repetition, an option or an alternative offers a choice only where the characters
it may begin with and those that may follow overlap; choices in a row multiply, and a choice inside a repetition is
raised to the number of rounds. Expressions without such choices are the one-unambiguous ones of Brüggemann-Klein and
Wood (1998), which need no backtracking. The bound is cautious: it may refuse what would have been quick.
"""

import re
import warnings
from functools import cache
from itertools import combinations
from typing import Any

from byline.catalogue.patterns import LONGEST_LINE, LONGEST_VALUE
from byline.catalogue.syntax_trees import Node, nodes, syntax_tree

MOST_WAYS = 10**8
"""Ways of matching a text of the longest length that is allowed; each takes some nanoseconds to try."""

_OTHER_WORD, _OTHER_SPACE, _OTHER_REST = 1 << 128, 1 << 129, 1 << 130  # stand for the characters beyond ASCII
_OTHERS = _OTHER_WORD | _OTHER_SPACE | _OTHER_REST
_ALL = (1 << 131) - 1
_REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")
_ANCHORS = (("AT", "AT_BEGINNING"), ("AT", "AT_BEGINNING_STRING"))
_TEST_SUBJECTS = {"DIGIT": r"\d", "SPACE": r"\s", "WORD": r"\w"}


def danger(pattern: str, *, whole: bool = False) -> str:
    """Why `pattern` is refused, as the rest of a sentence; "" when it may be used.

    `whole`: it is matched against a whole trailer value, and not searched for in a line.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            re.compile(pattern, re.IGNORECASE)
        tree = syntax_tree(pattern)
        longest = LONGEST_VALUE if whole else LONGEST_LINE
        anchored = whole or (bool(tree) and tree[0] in _ANCHORS)
        ways = (1 if anchored else longest) * _Ways(longest).sequence(tree, 0)
    except (re.error, OverflowError) as error:
        return f"is not a regular expression: {error}"
    except Warning as warning:
        return f"is ambiguous: {warning}"
    except RecursionError:
        return "is nested too deeply"
    except _RefusedError as refused:
        return str(refused)
    if ways > MOST_WAYS:
        return "could match the same text in too many ways, which takes too long on hostile text: bound its repetitions"
    return ""


class _RefusedError(Exception):
    """The expression uses something that cannot be bounded."""


class _Ways:
    """Counts the ways in which parts of an expression may match text of a given length."""

    def __init__(self, longest: int) -> None:
        self._longest = longest

    def sequence(self, tree: list[Node], follow: int) -> int:
        """Ways through all of `tree`, when characters of the set `follow` may come after it."""
        ways = 1
        for index, node in enumerate(tree):
            ways = min(ways * self._one(node, _first(tree[index + 1 :], follow)), MOST_WAYS + 1)
        return ways

    def _one(self, node: Node, after: int) -> int:
        name, argument = node
        if name in _REPEATS:
            return self._repeat(argument, after)
        if name == "BRANCH":
            return self._branch([nodes(branch) for branch in argument[1]], after)
        if name == "SUBPATTERN":
            return self.sequence(nodes(argument[3]), after)
        if name == "ATOMIC_GROUP":
            return self.sequence(nodes(argument), after)
        if name in ("ASSERT", "ASSERT_NOT"):
            return self.sequence(nodes(argument[1]), _ALL)
        if name.startswith("GROUPREF"):
            raise _RefusedError("refers back to a group, which cannot be searched in bounded time")
        return 1

    def _repeat(self, argument: Any, after: int) -> int:
        low, high, body = int(argument[0]), min(int(argument[1]), self._longest), nodes(argument[2])
        begins = _first(body, 0)
        one_round = self.sequence(body, after | begins if high > 1 else after)
        if high > 1 and _may_be_empty(body):
            one_round += 1
        all_rounds = one_round ** min(high, 30) if one_round > 1 else 1
        lengths = high - low + 1 if begins & after else 1
        return int(all_rounds * max(lengths, 1))

    def _branch(self, branches: list[list[Node]], after: int) -> int:
        ways = [self.sequence(branch, after) for branch in branches]
        pairs = combinations(branches, 2)
        return max(ways) if all(_differ(one, other, after) for one, other in pairs) else sum(ways)


def _differ(one: list[Node], other: list[Node], after: int) -> bool:
    """Whether at most one of two alternatives can go on, judged by the characters that both have at the same place."""
    if not _first(one, after) & _first(other, after):
        return True
    for first, second in zip(one, other, strict=False):
        if not (_characters(first) and _characters(second)):
            return False
        if not _characters(first) & _characters(second):
            return True
    return False


def _first(tree: list[Node], follow: int) -> int:
    """The characters that a match of `tree` and what follows may begin with."""
    begins = 0
    for node in tree:
        begins |= _begins(node)
        if not _empty(node):
            return begins
    return begins | follow


def _begins(node: Node) -> int:
    name, argument = node
    if name in _REPEATS:
        return _first(nodes(argument[2]), 0)
    if name == "BRANCH":
        begins = 0
        for branch in argument[1]:
            begins |= _first(nodes(branch), 0)
        return begins
    if name in ("SUBPATTERN", "ATOMIC_GROUP"):
        return _first(nodes(argument[3] if name == "SUBPATTERN" else argument), 0)
    return _characters(node)


def _may_be_empty(tree: list[Node]) -> bool:
    return all(_empty(node) for node in tree)


def _empty(node: Node) -> bool:
    name, argument = node
    if name in _REPEATS:
        return int(argument[0]) == 0 or _may_be_empty(nodes(argument[2]))
    if name == "BRANCH":
        return any(_may_be_empty(nodes(branch)) for branch in argument[1])
    if name in ("SUBPATTERN", "ATOMIC_GROUP"):
        return _may_be_empty(nodes(argument[3] if name == "SUBPATTERN" else argument))
    return name in ("AT", "ASSERT", "ASSERT_NOT")


def _characters(node: Node) -> int:
    """The set of characters that a one-character operation matches, as bits; either letter case for both."""
    name, argument = node
    if name == "LITERAL":
        return _span(argument, argument)
    if name in ("NOT_LITERAL", "ANY"):
        return _ALL
    return _character_class(nodes(argument)) if name == "IN" else 0


def _character_class(items: list[Node]) -> int:
    found = whole = 0  # `whole`: sets beyond ASCII of which every character is in the class
    for kind, value in items:
        if kind == "LITERAL":
            found |= _span(value, value)
        elif kind == "RANGE":
            found |= _span(*value)
        elif kind == "CATEGORY":
            category = _category(str(value))
            found |= category
            whole |= 0 if str(value).endswith("DIGIT") else category & _OTHERS
    return (_ALL & ~found) | (_OTHERS & ~whole) if items[0][0] == "NEGATE" else found


def _span(low: int, high: int) -> int:
    found = 0 if high < 128 else _beyond_ascii(chr(low)) if low == high else _OTHERS
    for point in range(low, min(high, 127) + 1):
        found |= 1 << point
        if chr(point).isalpha():
            found |= 1 << (point ^ 32)
    return found


def _beyond_ascii(character: str) -> int:
    if character.isalnum():
        return _OTHER_WORD
    return _OTHER_SPACE if character.isspace() else _OTHER_REST


@cache
def _category(name: str) -> int:
    kind = name.rsplit("_", 1)[1]
    subject = re.compile(_TEST_SUBJECTS[kind])
    found = sum(1 << point for point in range(128) if subject.match(chr(point)))
    found |= _OTHER_SPACE if kind == "SPACE" else _OTHER_WORD
    if "_NOT_" not in name:
        return found
    return _ALL & ~found | (_OTHER_WORD if kind == "DIGIT" else 0)
