"""Every key and table of a TOML document is found on its line."""

import tomllib
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from byline.catalogue.toml_lines import Key, TomlLines, lazy_lines

DOCUMENT = '''\
# a comment with [brackets] and key = 1
title = "x"   # [not.a.table]
"quoted key" = 'literal # no comment'
a.b . "c.d" = 1
text = """
[fake]
key = "value"
\\""" still inside
"""
path = \'\'\'
[[fake.too]]
\'\'\'
numbers = [ # one
  1,
  [2, 3], # ]
  { x = 1, y.z = "}" },
]

[table]
key = 2025-02-24T10:00:00Z
inline = { one = 1, two = [1, 2] }
[table."sub.table"]
key = true

[[row]]
id = "first"
  [[row.part]]
  id = 1
  [[row.part]]
  id = 2
[[row]]
id = "second"
[row.more]
deep = """a""""
last = 1
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title",), 2),
        (("quoted key",), 3),
        (("a",), 4),
        (("a", "b", "c.d"), 4),
        (("text",), 5),
        (("path",), 10),
        (("numbers", 0), 14),
        (("numbers", 1, 1), 15),
        (("numbers", 2, "y", "z"), 16),
        (("table",), 19),
        (("table", "key"), 20),
        (("table", "inline", "two"), 21),
        (("table", "sub.table"), 22),
        (("table", "sub.table", "key"), 23),
        (("row",), 25),
        (("row", 0), 25),
        (("row", 0, "id"), 26),
        (("row", 0, "part", 0, "id"), 28),
        (("row", 0, "part", 1), 29),
        (("row", 1), 31),
        (("row", 1, "more", "deep"), 34),
        (("row", 1, "more", "last"), 35),
        (("row", 1, "absent"), 31),
        (("absent",), 0),
    ],
)
def test_line(path: tuple[Key, ...], line: int) -> None:
    tomllib.loads(DOCUMENT)
    assert TomlLines(DOCUMENT).line(path) == line


def test_lines_of_windows_files_are_the_same() -> None:
    assert TomlLines(DOCUMENT.replace("\n", "\r\n")).line(("row", 1, "more", "last")) == 35


def test_lazy_lines_answer_the_same() -> None:
    line = lazy_lines(DOCUMENT)
    assert (line(("row", 1)), line(("title",))) == (31, 2)


KEYS = st.one_of(st.text("ab_-1", min_size=1, max_size=3), st.text("a.b \"\\'#[]=\n", max_size=4))
TEXTS = st.text("ab[]{}#='\"\\\n,.", max_size=8)
VALUES = st.recursive(
    st.one_of(st.integers(0, 9), st.booleans(), TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=3)),
    max_leaves=6,
)


def quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def written(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"""\n{value.replace(chr(92), chr(92) * 2).replace(chr(34), chr(92) + chr(34))}"""'
    if isinstance(value, list):
        return "[ # [\n" + ",\n".join(map(written, value)) + "\n]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{quoted(key)} = {written(item)}" for key, item in value.items()) + "}"
    return str(value)


@given(st.dictionaries(KEYS, st.lists(st.dictionaries(KEYS, VALUES, max_size=3), min_size=1, max_size=3), max_size=3))
def test_generated_rows_and_their_keys_are_found(document: dict[str, list[dict[str, object]]]) -> None:
    text, expected = "", {}
    for name, rows in document.items():
        for number, row in enumerate(rows):
            expected[(name, number)] = text.count("\n") + 1
            text += f"[[{quoted(name)}]] # ]]\n"
            for key, value in row.items():
                expected[(name, number, key)] = text.count("\n") + 1
                text += f"{quoted(key)} = {written(value)}\n\n"
    assert tomllib.loads(text) == document
    index = TomlLines(text)
    assert {path: index.line(path) for path in expected} == expected


def paths_of(value: object, path: tuple[Key, ...] = ()) -> Iterator[tuple[Key, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield (*path, key)
        yield from paths_of(item, (*path, key))


def test_everything_in_the_document_has_a_line() -> None:
    index = TomlLines(DOCUMENT)
    assert all(index.line(path) for path in paths_of(tomllib.loads(DOCUMENT)))
