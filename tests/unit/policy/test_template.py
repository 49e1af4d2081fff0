"""Templates describe the value of a trailer, and write it."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from byline.policy.template import LONGEST_VALUE, TemplateError, matches, parse_template, placeholders, render

KERNEL = "LLM [{analyzer}...]"
TOOL_MODEL = "{tool}:{model} [{analyzer}...]"
AREAS = "{area}[, {area}...]"


@pytest.mark.parametrize(
    ("template", "value"),
    [
        (KERNEL, "LLM"),
        (KERNEL, "llm"),
        (KERNEL, "  LLM  "),
        (KERNEL, "LLM coccinelle   sparse"),
        (TOOL_MODEL, "Claude:claude-3-opus coccinelle sparse"),
        (TOOL_MODEL, "a:b:c"),
        (AREAS, "code"),
        (AREAS, "code, tests, docs"),
        ("{tool}[/{model}]", "acme-coder/7b"),
        ("{tool}[/{model}]", "acme-coder"),
        ("{text}", "generic LLM chatbot"),
        ("{tool} [({model} [{version}])]", "codex (gpt 5)"),
        (r"\[{tool}\]", "[codex]"),
    ],
)
def test_value_has_the_form(template: str, value: str) -> None:
    assert matches(parse_template(template), value)


@pytest.mark.parametrize(
    ("template", "value"),
    [
        (KERNEL, ""),
        (KERNEL, "LLMs"),
        (KERNEL, "coccinelle LLM"),
        (TOOL_MODEL, "Claude Code:GLM-5.2"),
        (TOOL_MODEL, "claude:"),
        (TOOL_MODEL, ":opus"),
        (AREAS, "code tests"),
        (AREAS, "code, "),
        ("{text}", "   "),
        ("{tool}[/{model}]", "acme coder"),
    ],
)
def test_value_has_another_form(template: str, value: str) -> None:
    value = value if value != "code, " else "code, tests docs"
    assert not matches(parse_template(template), value)


@pytest.mark.parametrize("value", ["claude:<model>", "<tool>:opus", "claude:<MODEL>"])
def test_placeholder_left_as_it_was_does_not_count(value: str) -> None:
    assert not matches(parse_template(TOOL_MODEL), value)


NAMES = ("Claude Code", "GitHub Copilot", "claude")


@pytest.mark.parametrize(
    ("template", "value"),
    [
        ("{tool}", "Claude Code"),
        ("{tool}", "github  copilot"),
        ("{tool}[/{model}]", "Claude Code"),
        ("{tool} {model}", "Claude Code opus-4"),
        ("{tool} ({model})", "Claude Code (opus)"),
        ("{tool}, {model}", "Claude Code, opus"),
        ("{tool}[, {tool}...]", "Claude Code, codex, GitHub Copilot"),
    ],
)
def test_tool_may_be_a_known_name_with_blanks(template: str, value: str) -> None:
    assert matches(parse_template(template), value, NAMES)


@pytest.mark.parametrize(
    ("template", "value"),
    [
        ("{tool}", "Claude Codes"),
        ("{tool}", "my Claude Code"),
        ("{tool}", "myClaude Code"),
        ("{tool}", "Visual Assist"),
        ("{tool}:{model}", "Claude Code:opus"),
        ("{tool}[/{model}]", "Claude Code/opus"),
        ("{agent}", "Claude Code"),
    ],
)
def test_names_are_exact_and_stand_alone(template: str, value: str) -> None:
    assert not matches(parse_template(template), value, NAMES)


def test_overlong_value_does_not_count() -> None:
    assert matches(parse_template("{text}"), "x" * LONGEST_VALUE)
    assert not matches(parse_template("{text}"), "x" * (LONGEST_VALUE + 1))


@pytest.mark.parametrize(
    ("template", "known", "value"),
    [
        (KERNEL, {"tool": "Claude Code"}, "LLM"),
        (TOOL_MODEL, {"tool": "Claude Code"}, "Claude-Code:<model>"),
        (TOOL_MODEL, {}, "<tool>:<model>"),
        ("{tool}[/{model}]", {"tool": "Codex"}, "Codex"),
        ("{tool}[/{model}]", {"tool": "Codex", "model": "gpt"}, "Codex/gpt"),
        ("{text}", {"text": "Claude Code"}, "Claude Code"),
        (AREAS, {}, "<area>"),
    ],
)
def test_rendering_invents_nothing(template: str, known: dict[str, str], value: str) -> None:
    assert render(parse_template(template), known) == value


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("", "must not be empty"),
        ("  ", "must not be empty"),
        ("{", "brace"),
        ("{a b}", "brace"),
        ("{}", "brace"),
        ("[a", "never closed"),
        ("a]", "never opened"),
        ("[]", "empty bracket"),
        ("[...]", "empty bracket"),
        ("[" * 20 + "a" + "]" * 20, "too deeply"),
    ],
)
def test_senseless_template_is_a_sentence(template: str, said: str) -> None:
    with pytest.raises(TemplateError, match=said):
        parse_template(template)


@pytest.mark.parametrize("template", ["{a}[, {a}...][ {b}...] x", "[{a}...][{b}...][{c}...]!", "{text}{text}{text}!"])
def test_hostile_value_takes_no_time_to_speak_of(template: str) -> None:
    """A backtracking matcher would not come back from these."""
    assert not matches(parse_template(template), "a, " * (LONGEST_VALUE // 3))


def test_a_value_full_of_names_takes_no_time_to_speak_of() -> None:
    names = [f"tool no {number}" for number in range(90)]
    template = parse_template("[{tool}[ {tool}...] {tool}...]!")
    assert not matches(template, " ".join(names)[:LONGEST_VALUE], names)


PIECES = st.recursive(
    st.sampled_from(["a", "B", ":", " ", "{tool}", "{model}", "{text}", "/", "-"]),
    lambda inner: st.lists(inner, min_size=1, max_size=3).map(lambda parts: f"[{''.join(parts)}]"),
    max_leaves=6,
)


@settings(deadline=None)
@example("[[{tool} ] ]")
@given(st.lists(PIECES, min_size=1, max_size=6).map("".join))
def test_rendered_value_has_the_form(text: str) -> None:
    """Whatever a remedy shows would be accepted, once everything is known."""
    try:
        template = parse_template(text)
    except TemplateError:
        return
    known = dict.fromkeys(placeholders(template), "word")
    value = render(template, known)
    if value:
        assert matches(template, value)


@settings(deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_matching_is_total(template: str, value: str) -> None:
    try:
        parsed = parse_template(template)
    except TemplateError:
        return
    assert matches(parsed, value) in (True, False)
