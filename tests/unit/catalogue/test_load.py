"""Catalogue files are read strictly, and every fault is reported at once with its line."""

import textwrap
from pathlib import Path

import pytest

from byline.catalogue.builtin import UNREADABLE_CONFIG
from byline.catalogue.load import MOST_DEFINED_PATTERNS, load_catalogue, tools_in_folder
from byline.catalogue.schema import AddressMatch, ConfigMatch, PathMatch, TrailerMatch
from byline.catalogue.toml_lines import lazy_lines
from byline.errors import CatalogueError
from byline.model import Confidence, Hosting, Mode, Shows, Surface

HEAD = """\
id = "acme"
name = "Acme Coder"
vendor = "acme-corp"
hosting = "cloud"
modes = ["agent", "chat"]
url = "https://acme.example/coder"
aliases = ["acme-cli"]
"""

MARK = {
    "id": '"acme.co-author"',
    "surface": '"trailer"',
    "confidence": '"certain"',
    "shows": '"generated"',
    "key": '"Co-authored-by"',
    "email": '"Bot@Acme.example"',
    "source": '"https://acme.example/docs"',
    "matches": '["Co-authored-by: Acme <bot@acme.example>"]',
    "ignores": '["Co-authored-by: Ada <ada@acme.example>"]',
}


def row(**changes: str | None) -> str:
    """A row that is right but for the changes; `_` stands for a hyphen, None leaves a field out."""
    fields = {**MARK, **{name.replace("_", "-"): value for name, value in changes.items()}}
    return "\n[[mark]]\n" + "".join(f"{name} = {value}\n" for name, value in fields.items() if value is not None)


def other(surface: str, **changes: str | None) -> str:
    """A row of a surface other than trailer."""
    return row(surface=f'"{surface}"', **{"key": None, "email": None, **changes})


def faults_of(tmp_path: Path, text: str, name: str = "acme.toml") -> list[str]:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError) as raised:
        tools_in_folder(str(tmp_path))
    return [str(fault) for fault in raised.value.faults]


def test_a_file_becomes_a_tool(tmp_path: Path) -> None:
    extra = row(id='"acme.setup"', surface='"path"', key=None, email=None, path='[".acme/**"]', since="2025-02-24")
    (tmp_path / "acme.toml").write_text(HEAD + row(mode='"agent"', note='"Set by default."') + extra)
    (tool,) = tools_in_folder(str(tmp_path))
    assert (tool.id, tool.name, tool.vendor, tool.hosting) == ("acme", "Acme Coder", "acme-corp", Hosting.CLOUD)
    assert (tool.modes, tool.aliases) == ({Mode.AGENT, Mode.CHAT}, ("acme-cli",))
    trailer, setup = tool.marks
    assert trailer.match == TrailerMatch(
        frozenset({"co-authored-by"}), address=AddressMatch(emails=frozenset({"bot@acme.example"}))
    )
    assert (trailer.surface, trailer.confidence, trailer.shows) == (
        Surface.TRAILER,
        Confidence.CERTAIN,
        Shows.GENERATED,
    )
    assert (trailer.mode, trailer.note, trailer.sources) == (
        Mode.AGENT,
        "Set by default.",
        ("https://acme.example/docs",),
    )
    assert (setup.match, setup.since) == (PathMatch((".acme/**",)), "2025-02-24")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (HEAD, "acme.toml: the tool needs at least one [[mark]] row"),
        (HEAD.replace('"cloud"', '"could"') + row(), "acme.toml:4: `hosting` is 'could', and has to be one of:"),
        (HEAD.replace("vendor", "vendr") + row(), "acme.toml:3: `vendr` is not a field here; did you mean"),
        (HEAD.replace('"acme"', '"Acme"') + row(), "acme.toml:1: the id 'Acme' has to be lower-case words and"),
        (HEAD.replace('"acme"', '"byline"') + row(), "acme.toml:1: the id `byline` is taken: it stands for this"),
        (HEAD.replace('"acme"', '"acme-x"') + row(id='"acme-x.a"'), "acme.toml:1: the id is 'acme-x', so the file"),
        (HEAD.replace("https:", "http:") + row(), "acme.toml:6: `url` is 'http://acme.example/coder', and has to"),
        (HEAD + "x = [", "acme.toml: the file cannot be read as TOML: "),
        (HEAD + "x y", "acme.toml:8: the file cannot be read as TOML: "),
        (HEAD + row(id=None), "acme.toml:9: `id` is missing"),
        (HEAD + row(id='"other.co-author"'), "acme.toml:10: `id` is 'other.co-author', and has to be `acme.` with"),
        (HEAD + row() + row(), "acme.toml:21: the id 'acme.co-author' is given twice"),
        (HEAD + row(surface='"trailers"'), "acme.toml:11: `surface` is 'trailers', and has to be one of: trailer,"),
        (HEAD + row(confidence='"sure"'), "acme.toml:12: `confidence` is 'sure', and has to be one of: certain,"),
        (HEAD + row(shows="1"), "acme.toml:13: `shows` has to be a text"),
        (HEAD + row(key='"Co-authored-by:"'), "acme.toml:14: `key` is 'co-authored-by:', and has to be letters,"),
        (HEAD + row(email='"<a@b.example>"'), "acme.toml:15: `email` is '<a@b.example>', and has to be an address"),
        (HEAD + row(email='["a@b.example", 3]'), "acme.toml:15: `email` has to be a text or a list of texts"),
        (HEAD + row(source='"http://acme.example"'), "acme.toml:16: `source` is 'http://acme.example', and has to"),
        (HEAD + row(source=None), "acme.toml:9: `source` is missing"),
        (HEAD + row(matches=None), "acme.toml:9: `matches` is missing"),
        (HEAD + row(ignores="[]"), "acme.toml:18: `ignores` has to be a text or a list of texts"),
        (HEAD + row(since='"24.2.2025"'), "acme.toml:19: `since` is '24.2.2025', and has to be a date such as"),
        (HEAD + row(mode='"agents"'), "acme.toml:19: `mode` is 'agents', and has to be one of: completion, chat,"),
        (HEAD + row(names='["Acme"]'), "acme.toml:9: the row needs exactly one of `email`, `github-id`, `names`,"),
        (HEAD + row(email=None), "acme.toml:9: the row needs exactly one of `email`, `github-id`, `names`,"),
        (HEAD + row(email=None, emial='"a@b.c"'), "acme.toml:18: `emial` is not a field here; did you mean"),
        (HEAD + row(github_login='"acme"'), "acme.toml:19: `github-login` goes with `github-id` only"),
        (HEAD + row(email=None, github_id='"12"'), "acme.toml:18: `github-id` has to be a whole number or a list"),
        (HEAD + row(email=None, any_value="false"), "acme.toml:18: `any-value` can only be true"),
        (HEAD + row(email=None, key=None, any_value="true"), "acme.toml:9: `any-value` needs a `key`"),
        (HEAD + row(email=None, value="'(a+)+'"), "acme.toml:18: `value` could match the same text in too many"),
        (HEAD + row(email=None, key=None, value="'a.*'"), "acme.toml:17: `value` has to contain 4 plain"),
        (HEAD + row(path='"a"'), "acme.toml:19: `path` is not a field here"),
        (HEAD + other("identity", pattern="'['"), "acme.toml:17: `pattern` is not a regular expression"),
        (HEAD + other("identity", pattern="'^.* <.*>'"), "acme.toml:17: `pattern` has to contain 4 plain"),
        (HEAD + other("identity", email='"a@b.c"', role='"reviewer"'), "acme.toml:18: `role` is 'reviewer', and"),
        (HEAD + other("message", pattern="'^Acme'"), "acme.toml:9: `needle` is missing"),
        (HEAD + other("message", pattern="'^Acme'", needle='"acme"'), "acme.toml:18: `needle` is 'acme', and has"),
        (HEAD + other("line", pattern="'^Acme'", needle='"Acme coder"'), "acme.toml:18: `needle` is 'Acme coder',"),
        (HEAD + other("line", pattern="'^Acme'", needle='"acme\\ncoder"'), "acme.toml:18: `needle` is"),
        (HEAD + other("line", needle='"acme coder"'), "acme.toml:9: `pattern` is missing"),
        (HEAD + other("line", pattern=f"'{'a' * 501}'", needle='"acme coder"'), "acme.toml:17: `pattern` has 501"),
        (HEAD + other("path"), "acme.toml:9: `path` is missing"),
        (HEAD + other("path", path='"!a"'), "acme.toml:17: `path` is '!a', and cannot begin with `!`: globs only"),
        (HEAD + other("config", path='".acmerc"', pointer='"a"'), "acme.toml:17: `path` is '.acmerc', and has to"),
        (HEAD + other("config", path='"a.json"', pointer='"a..b"'), "acme.toml:18: `pointer` has an empty step"),
        (HEAD + other("config", path='"a.json"'), "acme.toml:9: `pointer` is missing"),
    ],
)
def test_fault(tmp_path: Path, text: str, fault: str) -> None:
    faults = faults_of(tmp_path, text)
    misspelt = "is not a field here; did you mean" in fault  # so the right one is missing, too
    assert len(faults) == 1 + misspelt
    assert any(found.startswith(fault) for found in faults)


def test_a_wrong_word_is_answered_with_the_right_ones(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path, HEAD.replace('"cloud"', '"could"') + row())
    assert fault.endswith("has to be one of: cloud, private-tenant, internal, local; did you mean `cloud`?")


def test_all_faults_of_all_files_come_at_once(tmp_path: Path) -> None:
    (tmp_path / "beta.toml").write_text(HEAD.replace("acme", "beta").replace("chat", "chatt") + row(id='"beta.a"'))
    faults = faults_of(tmp_path, HEAD.replace("modes", "mods") + row(shows='"x"', since='"y"', source='"z"'))
    assert [fault.partition(": ")[0] for fault in faults] == [
        "acme.toml",
        "acme.toml:13",
        "acme.toml:19",
        "acme.toml:16",
        "acme.toml:5",
        "beta.toml:5",
    ]


def test_a_name_belongs_to_one_tool(tmp_path: Path) -> None:
    (tmp_path / "beta.toml").write_text(
        HEAD.replace('"acme"', '"beta"').replace('"acme-cli"', '"acme"') + row(id='"beta.a"')
    )
    assert faults_of(tmp_path, HEAD + row()) == ["beta.toml: the name `acme` is taken by the tool `acme`"]


DEFINITION = {
    "id": "house-coder",
    "hosting": "internal",
    "mark": [
        {
            "id": "house-coder.co-author",
            "surface": "trailer",
            "confidence": "certain",
            "shows": "generated",
            "email": "coder@house.example",
        }
    ],
}


def test_a_policy_defines_a_tool() -> None:
    catalogue = load_catalogue([("byline.toml", 3, DEFINITION)])
    tool = catalogue.tool("House-Coder")
    assert tool is not None
    assert (tool.name, tool.vendor, tool.hosting, tool.modes) == (
        "house-coder",
        "house-coder",
        Hosting.INTERNAL,
        frozenset(),
    )
    mark = catalogue.mark("house-coder.co-author")
    assert mark in tool.marks


def test_faults_of_definitions_have_the_line_of_the_table() -> None:
    with pytest.raises(CatalogueError) as raised:
        load_catalogue([("byline.toml", 3, {**DEFINITION, "hostign": 1}), ("other.toml", 9, {"id": "x"})])
    assert [str(fault) for fault in raised.value.faults] == [
        "byline.toml:3: `hostign` is not a field here; did you mean `hosting`?",
        "other.toml:9: `hosting` is missing",
        "other.toml:9: the tool needs at least one [[mark]] row",
    ]


def test_faults_of_definitions_have_their_own_line_when_lines_are_given() -> None:
    text = textwrap.dedent("""
        [define.house-coder]
        hosting = "internal"
        [[define.house-coder.mark]]
        id = "house-coder.co-author"
        shows = "generatd"
    """)
    table = {**DEFINITION, "mark": [{**DEFINITION["mark"][0], "shows": "generatd"}]}
    with pytest.raises(CatalogueError) as raised:
        load_catalogue([("byline.toml", 2, table)], lines={"byline.toml": lazy_lines(text)})
    assert [fault.line for fault in raised.value.faults] == [6]


def test_definitions_cannot_take_each_others_names() -> None:
    with pytest.raises(CatalogueError, match=r"byline\.toml:8: the name `house-coder` is taken"):
        load_catalogue([("byline.toml", 3, DEFINITION), ("byline.toml", 8, DEFINITION)])


def test_definitions_hold_a_bounded_number_of_expressions() -> None:
    rows = [
        {**DEFINITION["mark"][0], "id": f"house-coder.m{number}", "email": None, "value": "x", "key": "A"}
        for number in range(MOST_DEFINED_PATTERNS + 1)
    ]
    with pytest.raises(CatalogueError, match="more than 500 regular expressions"):
        load_catalogue([("byline.toml", 3, {**DEFINITION, "mark": rows})])


def test_a_definition_that_is_nonsense_is_refused_without_a_crash() -> None:
    for table in ({}, {"id": 3, "mark": 4}, {"id": "x", "mark": [1]}, {"id": "x", "mark": {}, "modes": {}}):
        with pytest.raises(CatalogueError):
            load_catalogue([("byline.toml", 1, table)])


def test_pointers_are_dotted_or_lists(tmp_path: Path) -> None:
    dotted = other("config", id='"acme.a"', path='"a.json"', pointer='"x.*.y"', value='[true, "z*", 3]')
    listed = other("config", id='"acme.b"', path='"a.json"', pointer='["x.y", "z"]')
    (tmp_path / "acme.toml").write_text(HEAD + dotted + listed)
    first, second = tools_in_folder(str(tmp_path))[0].marks
    assert first.match == ConfigMatch(("a.json",), ("x", "*", "y"), (True, "z*", 3))
    assert second.match == ConfigMatch(("a.json",), ("x.y", "z"))


def test_what_byline_sets_itself_can_be_looked_up() -> None:
    catalogue = load_catalogue()
    assert catalogue.mark("byline.unreadable-config") is UNREADABLE_CONFIG
    assert catalogue.tool("byline") is None
