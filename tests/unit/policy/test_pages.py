"""What is made from a policy or from the language itself: the effective policy, the JSON Schema, the reference."""

import json
import tomllib
from datetime import date
from pathlib import Path

import jsonschema
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from byline.policy import keys
from byline.policy.effective import effective, toml
from byline.policy.json_schema import json_schema
from byline.policy.keys import ROOT, Key
from byline.policy.load import parse_policy
from byline.policy.notices import notices
from byline.policy.presets import read_preset, versions
from byline.policy.reference import reference
from byline.policy.validate import valid
from support.policies import CATALOGUE, policy, seconds

FILES = [f"{name}@{month}.toml" for name, months in versions().items() for month in months]
TODAY = date(2026, 7, 10)
VALIDATOR = jsonschema.Draft7Validator(json_schema())
PAGE = Path(__file__).parents[3] / "docs" / "policy.md"


def test_effective_policy_tells_where_each_line_comes_from() -> None:
    rules = policy("extends = 'fedora'\n[policy]\nai = 'deny'\n[tools]\n'codex' = 'allow'\n[enforce]\nci = 'warn'")
    lines = {line.text: line for line in effective(rules)}
    assert (lines['ai = "deny"'].file, lines['ai = "deny"'].line) == ("byline.toml", 3)
    assert lines["since = 2025-10-22"].file == "preset fedora@2025-10"
    assert lines['default = "block"'].is_default
    assert not lines['ci = "warn"'].is_default
    assert "[tools]" in lines
    assert 'ai = "disclose"' not in lines


@pytest.mark.parametrize("file", FILES)
def test_effective_policy_decides_like_the_policy(file: str) -> None:
    rules = parse_policy(read_preset(file), file, CATALOGUE)
    text = "\n".join(line.text for line in effective(rules))
    again = parse_policy(text.encode(), "shown.toml", CATALOGUE)
    assert [line.text for line in effective(again)] == [line.text for line in effective(rules)]


@pytest.mark.parametrize(
    "value", ['a "b" \\ c', "line\nbreak", "\u202e", "tab\t", "é", ["a", ["b"]], {"a b": 1, "c": True}]
)
def test_values_are_written_as_toml_reads_them(value: object) -> None:
    assert tomllib.loads(f"key = {toml(value)}")["key"] == value


@pytest.mark.parametrize("file", FILES)
def test_schema_accepts_what_the_loader_accepts(file: str) -> None:
    document = json.loads(json.dumps(tomllib.loads(read_preset(file).decode()), default=str))
    jsonschema.Draft7Validator(json_schema()).validate(document)


@pytest.mark.parametrize(
    "text",
    [
        "[policy]\nai = 'no'",
        "[polcy]\n",
        "scope = 1",
        "[trailers]\nrequire = 3",
        "[[exempt]]\npaths = 'a'",
        "[limits]\nmax-lines = -1",
    ],
)
def test_schema_refuses_what_the_loader_refuses(text: str) -> None:
    validator = jsonschema.Draft7Validator(json_schema())
    assert not validator.is_valid(tomllib.loads(text))


SHIPPED = Path(__file__).parents[3] / "hooks/byline/reporters/schemas/policy.schema.json"


def test_schema_file_of_the_package_is_up_to_date() -> None:
    assert json.loads(SHIPPED.read_text(encoding="utf-8")) == json_schema()


SCALARS = st.sampled_from(["a", "", " ", "deny", "certain", "commit", 0, 3, -1, True, 1.5, "byline", [], {}])
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(["ai", "a", "Assisted-by"]), inner, max_size=2)
    ),
    max_leaves=4,
)


def entries(key: Key) -> st.SearchStrategy[object]:
    """Tables that hold some of the keys, each with a value that may be right or wrong."""
    known = {inner.name: st.one_of(VALUES, values(inner)) for inner in key.keys}
    return st.fixed_dictionaries({}, optional={**known, "no-such-key": st.just(1)})


def values(key: Key) -> st.SearchStrategy[object]:
    if key.kind == keys.TABLE:
        return entries(key)
    if key.kind == keys.TABLES:
        return st.lists(entries(key), max_size=2)
    if key.kind == keys.DATE:
        return st.just(TODAY)
    if key.kind == keys.CHOICE:
        return st.sampled_from(key.choices)
    if key.kind == keys.CHOICES:
        return st.lists(st.sampled_from(key.choices), max_size=2)
    return VALUES


def has_text_for_a_date(key: Key, value: object) -> bool:
    """To a schema a date is text, so it cannot tell one in quotes from one without."""
    if isinstance(value, list):
        return any(has_text_for_a_date(key, item) for item in value)
    if isinstance(value, dict):
        known = {inner.name: inner for inner in key.keys}
        return any(name in known and has_text_for_a_date(known[name], item) for name, item in value.items())
    return key.kind == keys.DATE and isinstance(value, str)


@pytest.mark.parametrize("key", [key for key in ROOT.keys if key.name != "define"], ids=lambda key: str(key.name))
@settings(max_examples=150)
@given(data=st.data())
def test_schema_and_loader_agree(key: Key, data: st.DataObject) -> None:
    document = {key.name: data.draw(st.one_of(VALUES, values(key)))}
    assume(not has_text_for_a_date(ROOT, document))
    faults: list[str] = []
    valid(ROOT, document, (), lambda _path, sentence: faults.append(sentence))
    as_json = json.loads(json.dumps(document, default=str))
    assert VALIDATOR.is_valid(as_json) == (not faults), faults


def test_schema_is_a_schema() -> None:
    jsonschema.Draft7Validator.check_schema(json_schema())


def every_key(key: Key) -> list[Key]:
    return [key, *(found for inner in key.keys for found in every_key(inner))]


def test_every_key_is_described_in_a_sentence() -> None:
    for key in every_key(ROOT):
        assert key.doc.endswith((".", ":")) or key.doc.endswith("1."), key
        assert bool(key.choices) == (key.kind in (keys.CHOICE, keys.CHOICES)), key


def test_every_example_of_a_key_is_a_value_of_it() -> None:
    for key in every_key(ROOT):
        if key.example and key.kind not in (keys.VERDICTS, keys.GROUPS) and "…" not in key.example:
            tomllib.loads(f"value = {key.example}")


def test_page_holds_the_reference() -> None:
    begin, end = "<!-- reference: begin -->\n", "<!-- reference: end -->"
    page = PAGE.read_text(encoding="utf-8")
    assert page[page.index(begin) + len(begin) : page.index(end)].strip() == reference().strip()


def test_notices() -> None:
    rules = policy("""
        [policy]
        ai = "deny"
        since = 2027-01-01
        review-by = 2026-06-01
        status = "proposed"
        [trailers]
        forbid = ["DCO", "Assisted-by"]
        [[exempt]]
        tool = "codex"
        until = 2026-05-31
        reason = "pilot"
    """).under(
        policy(
            "[policy]\nai = 'disclose'\n[trailers]\nrequire = 'DCO'\ndisclose = { Assisted-by = '{text}' }",
            file="floor.toml",
        )
    )
    assert [
        f"{notice.rule.file}:{notice.rule.line} {notice.sentence}" for notice in notices(rules, seconds(2026, 7, 1))
    ] == [
        "byline.toml:6 the policy is proposed and blocks nothing yet",
        "byline.toml:5 the policy was to be reviewed by now",
        "byline.toml:4 the policy is not in force yet",
        'byline.toml:9 exemption "pilot" ended with 2026-05-31',
        "floor.toml:4 DCO is required here and forbidden by byline.toml",
        "floor.toml:5 Assisted-by has to disclose AI and is forbidden by byline.toml",
    ]
    assert notices(policy("[policy]\nai = 'deny'"), 0) == ()


DOCUMENTED = PAGE.read_text(encoding="utf-8").split("```toml\n")[1:] if PAGE.exists() else []


@pytest.mark.parametrize("number", range(len(DOCUMENTED)))
def test_every_policy_on_the_page_is_valid(number: int) -> None:
    text = DOCUMENTED[number].split("```")[0]
    parse_policy(text.encode(), "byline.toml", CATALOGUE, read=lambda _name: b"")


def test_page_shows_policies() -> None:
    assert len(DOCUMENTED) >= 15
