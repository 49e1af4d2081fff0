"""Patterns over files, people and branches, as policies write them."""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from byline.catalogue.globs import matcher

PathTest = Callable[[str], bool]
PersonTest = Callable[[str, str], bool]
"""Takes the name and the address of a person."""

LONGEST_PERSON = 1000
"""Characters of name and address together; nobody is called so, and no pattern matches it."""


def path_test(patterns: Sequence[str], sets: Mapping[str, PathTest]) -> PathTest:
    """A test for paths from the root of the repository.

    Patterns are those of `byline.catalogue.globs`; one that ends in a plain name also covers what is below a folder
    of that name. `@name` is one of `sets`. `!` takes back what the patterns before it took in.
    """
    globs: list[str] = []
    order: list[tuple[bool, PathTest | None]] = []
    places: list[int] = []
    for pattern in patterns:
        body = pattern.removeprefix("!")
        order.append((body == pattern, sets.get(body[1:]) if body.startswith("@") else None))
        if not body.startswith("@"):
            globs.append(body)
            places.append(len(order) - 1)
            if not any(character in body.rpartition("/")[2] for character in "*?[\\") and not body.endswith("/"):
                globs.append(f"{body}/**" if "/" in body else f"**/{body}/**")
                places.append(len(order) - 1)
    matching = matcher(globs)

    def test(path: str) -> bool:
        hits = {places[index] for index in matching(path)}
        for place in range(len(order) - 1, -1, -1):
            takes_in, in_set = order[place]
            if place in hits or (in_set is not None and in_set(path)):
                return takes_in
        return False

    return test


def glob_fault(pattern: str) -> str:
    """Why a path pattern cannot mean what it says, as the rest of a sentence; empty when it can."""
    if not pattern.strip("/"):
        return 'is not a path; write "**" for every file'
    if pattern != pattern.strip():
        return "begins or ends with a blank"
    if pattern.startswith("^") or pattern.endswith("$"):
        return "looks like a regular expression; write a pattern as in .gitignore, such as src/**/*.py"
    if any(before == "\\" and after.isalnum() for before, after in pairwise(pattern)):
        return "has a backslash before a letter; between folders stands /"
    if "{" in pattern:
        return "has a brace; write one pattern for each alternative"
    parts = pattern.split("/")
    if ".." in parts:
        return "leaves the repository"
    if "" in parts[1:-1]:
        return "has two slashes in a row"
    return _class_fault(pattern)


def _class_fault(pattern: str) -> str:
    """What is wrong with backslashes and brackets."""
    at = 0
    while at < len(pattern):
        if pattern[at] == "\\":
            if at + 1 == len(pattern):
                return "ends with a backslash"
            at += 1
        elif pattern[at] == "[":
            end = pattern.find("]", at + 2 + (pattern[at + 1 : at + 2] in ("!", "^")))
            if end < 0:
                return "opens a bracket that is never closed; write \\[ for the character itself"
            inside = pattern[at + 1 : end].lstrip("!^")
            if any(low > high for low, dash, high in zip(inside, inside[1:], inside[2:], strict=False) if dash == "-"):
                return "has a range that runs backwards"
            at = end
        at += 1
    return ""


def person_test(patterns: Sequence[str], groups: Mapping[str, Sequence[str]]) -> PersonTest:
    """A test for people, blind to case. `*` and `?` are wild.

    With `<` a pattern is held against `Name <address>`, with `@` against the address alone, otherwise against the
    name: so nobody becomes a member of a group of addresses by writing one into the name.
    """
    plain: list[str] = []
    for pattern in patterns:
        plain += groups.get(pattern[1:], ()) if pattern.startswith("@") else [pattern]
    lowered = [pattern.lower() for pattern in plain]

    def test(name: str, email: str) -> bool:
        if len(name) + len(email) > LONGEST_PERSON:
            return False
        name, email = name.strip().lower(), email.strip().lower()
        for pattern in lowered:
            text = f"{name} <{email}>" if "<" in pattern else email if "@" in pattern else name
            if wildcard(pattern, text):
                return True
        return False

    return test


def wildcard(pattern: str, text: str) -> bool:
    """Whether `text` is what `pattern` describes; `*` is any run of characters and `?` any one.

    On a miss only the last star takes in more, so time is bounded by one length times the other.
    """
    at = position = swallowed = 0
    after_star = -1
    while position < len(text):
        if at < len(pattern) and pattern[at] == "*":
            at += 1
            after_star, swallowed = at, position
        elif at < len(pattern) and pattern[at] in ("?", text[position]):
            at, position = at + 1, position + 1
        elif after_star >= 0:
            swallowed += 1
            at, position = after_star, swallowed
        else:
            return False
    return not pattern[at:].strip("*")
