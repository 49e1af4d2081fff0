"""What every match of a regular expression must contain, so that data can first be searched for plain texts."""

from byline.catalogue.syntax_trees import Node, nodes, syntax_tree

SHORTEST_LITERAL = 4


def required_literals(pattern: str, shortest: int = SHORTEST_LITERAL) -> tuple[str, ...]:
    """Lower-case texts of which whatever matches `pattern` holds at least one; () when there are no such texts.

    `pattern` is a valid expression; no text has fewer than `shortest` characters.
    """
    return tuple(sorted(_best(syntax_tree(pattern), shortest)))


def _best(tree: list[Node], shortest: int) -> frozenset[str]:
    """Of the alternatives that a sequence offers, the one whose shortest text is longest."""
    choices = [frozenset({run}) for run in _runs(tree)]
    for name, argument in tree:
        if name == "BRANCH":
            branches = [_best(nodes(branch), shortest) for branch in argument[1]]
            choices.append(frozenset().union(*branches) if all(branches) else frozenset())
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT") and int(argument[0]) > 0:
            choices.append(_best(nodes(argument[2]), shortest))
        elif name in ("SUBPATTERN", "ATOMIC_GROUP"):
            choices.append(_best(nodes(argument[3] if name == "SUBPATTERN" else argument), shortest))
    usable = [choice for choice in choices if choice and min(map(len, choice)) >= shortest]
    return max(usable, key=lambda choice: (min(map(len, choice)), -len(choice), sorted(choice)), default=frozenset())


def _runs(tree: list[Node]) -> list[str]:
    runs = [""]
    for name, argument in tree:
        if name == "LITERAL":
            runs[-1] += chr(argument).lower()
        elif name != "AT":
            runs.append("")
    return runs
