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
    for place, (name, argument) in enumerate(tree):
        if name in ("BRANCH", "SUBPATTERN"):
            # the parser takes out what alternatives begin with: `open-x|open y` is `open` and then one of two
            before = _runs(tree[:place])[-1]
            choices.append(frozenset(before + head for head in _heads([(name, argument)])))
        if name == "BRANCH":
            branches = [_best(nodes(branch), shortest) for branch in argument[1]]
            choices.append(frozenset().union(*branches) if all(branches) else frozenset())
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT") and int(argument[0]) > 0:
            choices.append(_best(nodes(argument[2]), shortest))
        elif name in ("SUBPATTERN", "ATOMIC_GROUP"):
            choices.append(_best(nodes(argument[3] if name == "SUBPATTERN" else argument), shortest))
    usable = [choice for choice in choices if choice and _shortest(choice) >= shortest]
    return max(usable, key=lambda choice: (_shortest(choice), -len(choice), sorted(choice)), default=frozenset())


def _shortest(choice: frozenset[str]) -> int:
    """The length of the shortest text; blanks at its ends make it no rarer."""
    return min(len(text.strip()) for text in choice)


def _heads(tree: list[Node]) -> frozenset[str]:
    """The texts with one of which whatever matches a sequence begins; one of them may be empty."""
    run = ""
    for name, argument in tree:
        if name == "LITERAL":
            run += chr(argument).lower()
        elif name == "BRANCH":
            return frozenset(run + head for branch in argument[1] for head in _heads(nodes(branch)))
        elif name == "SUBPATTERN":
            return frozenset(run + head for head in _heads(nodes(argument[3])))
        elif name != "AT":
            break
    return frozenset({run})


def _runs(tree: list[Node]) -> list[str]:
    runs = [""]
    for name, argument in tree:
        if name == "LITERAL":
            runs[-1] += chr(argument).lower()
        elif name != "AT":
            runs.append("")
    return runs
