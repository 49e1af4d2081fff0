"""The compiled catalogue is the same catalogue."""

import sys
from pathlib import Path
from types import ModuleType

import pytest

from byline.catalogue.compile import compiled_source
from byline.catalogue.load import (
    TOOLS_FOLDER,
    Catalogue,
    bundled_tools,
    load_catalogue,
    texts_in_commits,
    tools_in_folder,
)
from byline.catalogue.needles import commit_needles
from byline.catalogue.packed import unpack_tool

EVERY_SURFACE = """
id = "acme"
name = "Acme \U0001f916"
vendor = "acme"
hosting = "local"
modes = ["agent", "review"]
url = "https://acme.example"
""" + "".join(
    f"""
[[mark]]
id = "acme.m{number}"
confidence = "likely"
shows = "assisted"
source = "https://acme.example"
matches = "a"
ignores = '''b "c"'''
{fields}
"""
    for number, fields in enumerate(
        [
            'surface = "trailer"\nemail = "a@b.example"\nname = "A"\nmode = "agent"',
            'surface = "trailer"\ngithub-id = [1, 2]\ngithub-login = "x"',
            'surface = "trailer"\nkey = ["Assisted-by", "Generated-by"]\nnames = ["Acme Coder"]',
            'surface = "trailer"\nvalue = "acme/.*"\nuntil = 2026-01-31',
            'surface = "trailer"\nkey = "Acme-Id"\nany-value = true',
            'surface = "identity"\npattern = "acme bot"\nrole = "author"',
            'surface = "message"\nfooter = "Acme"',
            'surface = "message"\npattern = "acme"\nneedle = "acmes"',
            'surface = "line"\npattern = "acme"\nneedle = "acmes"\npaths = "*.py"',
            'surface = "path"\npath = ".acme/**"',
            'surface = "config"\npath = "a.json"\npointer = "a.*"\nvalue = [true, 1, "x"]',
        ]
    )
)


def test_compiled_tools_equal_those_of_the_files(tmp_path: Path) -> None:
    (tmp_path / "acme.toml").write_text(EVERY_SURFACE, encoding="utf-8")
    namespace: dict[str, tuple[tuple[object, ...], ...]] = {}
    exec(compiled_source(str(tmp_path)), namespace)
    unpacked = [unpack_tool(packed) for packed in namespace["TOOLS"]]
    assert unpacked == list(tools_in_folder(str(tmp_path)))
    assert [type(mark.match) for mark in unpacked[0].marks] == [
        type(mark.match) for mark in tools_in_folder(str(tmp_path))[0].marks
    ]


def test_compiled_texts_are_those_of_the_marks(tmp_path: Path) -> None:
    (tmp_path / "acme.toml").write_text(EVERY_SURFACE, encoding="utf-8")
    namespace: dict[str, tuple[str, ...]] = {}
    exec(compiled_source(str(tmp_path)), namespace)
    (tool,) = tools_in_folder(str(tmp_path))
    assert set(namespace["TEXTS_IN_COMMITS"]) == set(commit_needles(tool.marks))


def test_texts_are_looked_for_where_a_policy_defines_a_tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "acme.toml").write_text(EVERY_SURFACE, encoding="utf-8")
    compiled = ModuleType("byline.catalogue.compiled")
    exec(compiled_source(str(tmp_path)), compiled.__dict__)
    monkeypatch.setitem(sys.modules, "byline.catalogue.compiled", compiled)
    row = {
        "id": "other.session",
        "confidence": "likely",
        "surface": "trailer",
        "key": "Other-Session",
        "any-value": True,
        "shows": "generated",
    }
    own = {"id": "other", "name": "Other", "vendor": "x", "hosting": "internal", "mark": [row]}
    catalogue = load_catalogue([("byline.toml", 1, own)])
    marks = [mark for tool in catalogue.tools.values() for mark in tool.marks]
    assert {mark.tool for mark in marks} == {"acme", "other"}
    assert set(texts_in_commits(catalogue)) == set(commit_needles(marks))
    assert set(texts_in_commits(Catalogue({"other": catalogue.tools["other"]}, {}, {}))) == set(
        commit_needles(catalogue.tools["other"].marks)
    )


def test_the_bundled_catalogue_is_that_of_the_files() -> None:
    assert list(bundled_tools()) == list(tools_in_folder(TOOLS_FOLDER))
