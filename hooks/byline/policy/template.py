"""Templates for the value of a trailer, such as `{tool}:{model} [{analyzer}...]`.

    {text}      anything, as long as it is not empty
    {name}      any other name: one word without blanks
    {tool}      also the exact name of a known tool, such as Claude Code, unless it is joined to more by `:` or `/`
    [...]       may be left out, together with the blanks before it
    ...]        the bracket may be repeated
    \\[         a bracket or brace that stands for itself

Everything else stands for itself, whatever its case; a blank stands for one or more. A value is matched in time
linear in its length (every state of the automaton is followed at once), since values come from commits.
"""

from collections.abc import Mapping, Sequence

LONGEST_VALUE = 1000
"""Characters; nothing longer is a disclosure anybody reads."""

_CHAR, _BLANK, _WORD, _ANY, _SPLIT, _JUMP, _EDGE, _END = range(8)
_Step = tuple[int, int, str]

_MOST_NAMES = 20

# What may stand next to the name of a tool. Joined to a model, as in `codex:gpt`, names are written as one word.
_EDGES = ("", *" \t,;()[]\"'")


class TemplateError(ValueError):
    """A template that makes no sense; the text is a sentence."""


class Part:
    """A piece of a template: a literal character, a blank, a placeholder, or a bracket of parts."""

    __slots__ = ("kind", "parts", "repeats", "text")

    def __init__(self, kind: str, text: str = "", parts: "tuple[Part, ...]" = (), *, repeats: bool = False) -> None:
        self.kind = kind
        self.text = text
        self.parts = parts
        self.repeats = repeats


class Template:
    """A parsed template, and its text as the policy writes it."""

    __slots__ = ("parts", "text")

    def __init__(self, text: str, parts: tuple[Part, ...]) -> None:
        self.text = text
        self.parts = parts


def parse_template(text: str) -> Template:
    """The template that `text` describes; raises TemplateError."""
    text = text.strip()
    parts, end = _parse(text, 0, depth=0)
    if end < len(text):
        raise TemplateError(f'"{text}" closes a bracket that was never opened')
    if not parts:
        raise TemplateError("a template must not be empty")
    return Template(text, parts)


def _parse(text: str, at: int, *, depth: int) -> tuple[tuple[Part, ...], int]:
    parts: list[Part] = []
    while at < len(text) and text[at] != "]":
        char = text[at]
        if char == "{":
            part, at = _placeholder(text, at)
        elif char == "[":
            part, at = _bracket(text, at, depth)
            if parts and parts[-1].kind == "blank":
                part.parts = (parts.pop(), *part.parts)
        elif char.isspace():
            part, at = Part("blank"), at + 1
        else:
            at += char == "\\" and at + 1 < len(text)
            part, at = Part("char", text[at]), at + 1
        if part.kind != "blank" or not parts or parts[-1].kind != "blank":
            parts.append(part)
    return tuple(parts), at


def _placeholder(text: str, at: int) -> tuple[Part, int]:
    end = text.find("}", at)
    name = text[at + 1 : end]
    if end < 0 or not name.replace("-", "").replace("_", "").isalnum():
        raise TemplateError(f'"{text}" has a brace that does not hold a name, such as {{tool}}')
    return Part("slot", name.lower()), end + 1


def _bracket(text: str, at: int, depth: int) -> tuple[Part, int]:
    if depth > 8:
        raise TemplateError(f'"{text}" nests brackets too deeply')
    parts, end = _parse(text, at + 1, depth=depth + 1)
    if end >= len(text):
        raise TemplateError(f'"{text}" opens a bracket that is never closed')
    repeats = [part.text for part in parts[-3:]] == [".", ".", "."]
    if repeats:
        parts = parts[:-3]
    if not parts:
        raise TemplateError(f'"{text}" has an empty bracket')
    return Part("bracket", parts=parts, repeats=repeats), end + 1


def placeholders(template: Template) -> tuple[str, ...]:
    """Names of all placeholders, in order."""
    return tuple(_slots(template.parts))


def _slots(parts: tuple[Part, ...]) -> list[str]:
    names: list[str] = []
    for part in parts:
        if part.kind == "slot":
            names.append(part.text)
        names += _slots(part.parts)
    return names


def unfilled(template: Template, value: str) -> bool:
    """Whether the value still holds a placeholder that nobody filled in, such as `<model>`."""
    return any(f"<{name}>" in value.lower() for name in (*placeholders(template), "tool"))


def matches(template: Template, value: str, names: Sequence[str] = ()) -> bool:
    """Whether the value of a trailer has the form of the template. `names` are those of known tools."""
    value = value.strip()
    if not value or len(value) > LONGEST_VALUE or unfilled(template, value):
        return False
    if len(template.parts) == 1 and template.parts[0].text == "text":
        return True
    program: list[_Step] = []
    _compile(template.parts, program, _names_in(value, names))
    program.append((_END, 0, ""))
    states = _past_blanks(program, _reach(program, [0], is_edge=True))
    for at, char in enumerate(value, 1):
        passed = [state + 1 for state in states if _accepts(program[state], char)]
        if not passed:
            return False
        states = _reach(program, passed, is_edge=char in _EDGES or value[at : at + 1] in _EDGES)
    return any(program[state][0] == _END for state in _past_blanks(program, states))


def _past_blanks(program: list[_Step], states: set[int]) -> set[int]:
    """The states, and those that a blank leads to: at either end of a value there may always be some."""
    passed = states
    while passed:
        passed = _reach(program, [one + 1 for one in passed if program[one][0] == _BLANK], is_edge=True) - states
        states = states | passed
    return states


def _names_in(value: str, names: Sequence[str]) -> list[str]:
    """The names with blanks that stand somewhere in the value, in lower case; no more than anybody would list."""
    text = " ".join(value.lower().split())
    return sorted({name.lower() for name in names if " " in name and name.lower() in text})[:_MOST_NAMES]


def _compile(parts: tuple[Part, ...], program: list[_Step], names: Sequence[str]) -> None:
    """Append instructions; a split goes on with the next one and with the one it names."""
    for part in parts:
        start = len(program)
        if part.kind == "bracket":
            program.append((_SPLIT, 0, ""))
            _compile(part.parts, program, names)
            if part.repeats:
                program.append((_JUMP, start, ""))
            program[start] = (_SPLIT, len(program), "")
        elif part.kind == "char":
            program.append((_CHAR, 0, part.text.lower()))
        elif part.text == "tool" and names:
            _compile_tool(program, names)
        else:
            _compile_run(program, _BLANK if part.kind == "blank" else _ANY if part.text == "text" else _WORD)


def _compile_run(program: list[_Step], code: int) -> None:
    """One or more characters of a kind."""
    start = len(program)
    program += ((code, 0, ""), (_SPLIT, start + 3, ""), (_JUMP, start, ""))


def _compile_tool(program: list[_Step], names: Sequence[str]) -> None:
    """One of the names, set off from what is around it, or else a word."""
    ends = []
    for name in names:
        start = len(program)
        program += ((_SPLIT, 0, ""), (_EDGE, 0, ""))
        for char in name:
            if char == " ":
                _compile_run(program, _BLANK)
            else:
                program.append((_CHAR, 0, char))
        program.append((_EDGE, 0, ""))
        ends.append(len(program))
        program.append((_JUMP, 0, ""))
        program[start] = (_SPLIT, len(program), "")
    _compile_run(program, _WORD)
    for end in ends:
        program[end] = (_JUMP, len(program), "")


def _reach(program: list[_Step], states: list[int], *, is_edge: bool) -> set[int]:
    """All states that can be entered from these without reading a character."""
    found: set[int] = set()
    waiting = list(states)
    while waiting:
        state = waiting.pop()
        if state in found:
            continue
        found.add(state)
        code, target, _ = program[state]
        if code == _SPLIT:
            waiting += (state + 1, target)
        elif code == _JUMP:
            waiting.append(target)
        elif code == _EDGE and is_edge:
            waiting.append(state + 1)
    return found


def _accepts(instruction: _Step, char: str) -> bool:
    code, _, literal = instruction
    if code == _CHAR:
        return char.lower() == literal
    if code == _BLANK:
        return char.isspace()
    return code == _ANY or (code == _WORD and not char.isspace())


def render(template: Template, known: Mapping[str, str]) -> str:
    """A value of this form. What is not known stays visible as `<name>`; optional parts need all they hold."""
    return "".join(_render(template.parts, known)).strip()


def _render(parts: tuple[Part, ...], known: Mapping[str, str]) -> list[str]:
    words: list[str] = []
    for part in parts:
        if part.kind == "bracket":
            names = _slots(part.parts)
            if names and all(known.get(name) for name in names):
                words += _render(part.parts, known)
        elif part.kind == "slot":
            value = known.get(part.text) or f"<{part.text}>"
            words.append(value if part.text == "text" else "-".join(value.split()))
        else:
            words.append(" " if part.kind == "blank" else part.text)
    return words
