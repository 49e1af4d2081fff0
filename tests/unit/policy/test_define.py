"""An organisation's own tools."""

import textwrap

import pytest

from byline.catalogue.load import load_catalogue
from byline.errors import CatalogueError, Fault
from byline.policy.define import Definitions
from byline.policy.define import definitions as definitions_of
from byline.policy.load import Read, parse_policy, read_policy
from support.policies import commit, finding, judge

POLICY = textwrap.dedent("""
    [policy]
    ai = "deny"
    [hosting]
    internal = "disclose"
    [define.acme-helper]
    name    = "Acme Helper"
    vendor  = "acme"
    hosting = "internal"
    match   = ["Assisted-by: acme-helper*", "author: *@helper.acme.example", "committer: Acme Helper <*>"]
""").encode()


def definitions(data: bytes, file: str, *, read: Read | None = None, faults: list[Fault] | None = None) -> Definitions:
    return definitions_of([read_policy(data, file, read=read)], [] if faults is None else faults)


def test_defined_tool_has_its_properties() -> None:
    defined = definitions(POLICY, "byline.toml")
    assert [(file, line, table["id"]) for file, line, table in defined.tables] == [("byline.toml", 6, "acme-helper")]
    catalogue = load_catalogue(defined.tables, lines=defined.lines)
    rules = parse_policy(POLICY, "byline.toml", catalogue)
    assert judge(rules, commit(), finding("acme-helper")).trailers == ("Assisted-by: Acme Helper",)
    assert judge(rules, commit(), finding("mystery")).reason == "Mystery is denied here"


def test_short_forms_become_marks() -> None:
    defined = definitions(POLICY, "byline.toml")
    tool = load_catalogue(defined.tables).tool("acme-helper")
    assert tool is not None
    assert [(mark.id, mark.surface) for mark in tool.marks] == [
        ("acme-helper.match-1", "trailer"),
        ("acme-helper.match-2", "identity"),
        ("acme-helper.match-3", "identity"),
    ]


def test_own_rules_may_name_a_defined_tool() -> None:
    text = POLICY + b"[tools]\nacme-helper = 'allow'\n[vendors]\nacme = 'deny'\n"
    rules = parse_policy(text, "byline.toml", load_catalogue(definitions(text, "byline.toml").tables))
    assert judge(rules, commit(), finding("acme-helper")).outcome == "annotated"


def test_later_definition_replaces_an_earlier_one() -> None:
    text = b"extends = 'base.toml'\n[define.acme-helper]\nhosting = 'local'\nmatch = 'Made-by: x'\n"
    defined = definitions(text, "byline.toml", read={"base.toml": POLICY}.get)
    assert [(file, table["hosting"]) for file, _, table in defined.tables] == [("byline.toml", "local")]


@pytest.mark.parametrize("text", ["acme", "Assisted-by:", ": x"])
def test_match_that_cannot_be_read(text: str) -> None:
    faults: list[Fault] = []
    definitions(f"[define.x]\nhosting = 'local'\nmatch = '{text}'".encode(), "byline.toml", faults=faults)
    assert [(fault.file, fault.line) for fault in faults] == [("byline.toml", 3)]


def test_faults_of_the_catalogue_have_lines() -> None:
    text = b"[define.x]\nhosting = 'moon'\nmatch = 'Made-by: xxxxxxxx'\n"
    defined = definitions(text, "byline.toml")
    with pytest.raises(CatalogueError, match=r"byline\.toml:2"):
        load_catalogue(defined.tables, lines=defined.lines)


def test_of_two_policies_the_first_says_what_a_tool_is() -> None:
    own = POLICY.replace(b'"internal"', b'"cloud"')
    readings = [read_policy(POLICY, "floor.toml"), read_policy(own, "byline.toml")]
    assert [(file, table["hosting"]) for file, _, table in definitions_of(readings, []).tables] == [
        ("floor.toml", "internal")
    ]
