"""Which characters a match of a regular expression may or must hold, so that other texts need not be looked at."""

from byline.catalogue.syntax_trees import Node, nodes, syntax_tree


def may_hold_character(pattern: str, character: str) -> bool:
    """Whether a match of `pattern`, a valid expression, may hold `character`, which is no letter. In doubt it may."""
    return _any_takes(syntax_tree(pattern), character)


def must_hold_digit(pattern: str) -> bool:
    """Whether every match of `pattern`, a valid expression, holds a decimal digit. In doubt it need not."""
    return _any_is_digit(syntax_tree(pattern))


def _any_is_digit(tree: list[Node]) -> bool:
    return any(_is_digit(node) for node in tree)


def _is_digit(node: Node) -> bool:
    name, argument = node
    if name == "IN":
        return all(item == ("CATEGORY", "CATEGORY_DIGIT") for item in _items(nodes(argument)))
    if name == "BRANCH":
        return all(_any_is_digit(nodes(branch)) for branch in argument[1])
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return int(argument[0]) > 0 and _any_is_digit(nodes(argument[2]))
    return name == "SUBPATTERN" and _any_is_digit(nodes(argument[3]))


def _items(items: list[Node]) -> list[tuple[str, str]]:
    return [(kind, str(value)) for kind, value in items]


def _any_takes(tree: list[Node], character: str) -> bool:
    return any(_takes(node, character) for node in tree)


def _takes(node: Node, character: str) -> bool:
    name, argument = node
    if name in ("AT", "ASSERT", "ASSERT_NOT"):  # they look at characters and take none
        return False
    if name == "LITERAL":
        return chr(argument) == character
    if name == "IN":
        return _is_in_class(nodes(argument), character)
    if name == "BRANCH":
        return any(_any_takes(nodes(branch), character) for branch in argument[1])
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return _any_takes(nodes(argument[2]), character)
    if name in ("SUBPATTERN", "ATOMIC_GROUP"):
        return _any_takes(nodes(argument[3] if name == "SUBPATTERN" else argument), character)
    return True


def _is_in_class(items: list[Node], character: str) -> bool:
    negated = items[0][0] == "NEGATE"
    return negated != any(_is_item(kind, value, character) for kind, value in items[negated:])


def _is_item(kind: str, value: object, character: str) -> bool:
    if kind == "LITERAL":
        return value == ord(character)
    if kind == "RANGE" and isinstance(value, tuple):
        return bool(value[0] <= ord(character) <= value[1])
    return ("_NOT_" in str(value)) != _is_of_kind(str(value).rpartition("_")[2], character)


def _is_of_kind(kind: str, character: str) -> bool:
    if kind == "DIGIT":
        return character.isdecimal()
    return character.isspace() if kind == "SPACE" else character.isalnum() or character == "_"
