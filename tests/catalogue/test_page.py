"""docs/catalogue.md lists the catalogue as it is. To bring it up to date:

byline tools --format markdown > docs/catalogue.md
"""

from pathlib import Path

import pytest

from byline.catalogue.load import load_catalogue
from byline.catalogue.schema import Tool
from byline.reporters.catalogue_page import catalogue_page
from support.marks import catalogue_of

PAGE = Path(__file__).resolve().parents[2] / "docs" / "catalogue.md"


def tools() -> list[Tool]:
    return sorted(load_catalogue().tools.values(), key=lambda tool: tool.id)


def test_the_page_is_fresh() -> None:
    assert PAGE.read_text(encoding="utf-8") == catalogue_page(tools()) + "\n", __doc__


def test_every_mark_has_a_row_with_its_sources() -> None:
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    marks = [mark for tool in tools() for mark in tool.marks]
    assert [row.split("`")[1] for row in rows] == [mark.id for mark in marks]
    assert all(source in row for row, mark in zip(rows, marks, strict=True) for source in mark.sources)


@pytest.mark.parametrize(
    ("example", "cell"),
    [
        ("a | b", "`a \\| b`"),
        ("`quoted` text", "`` `quoted` text ``"),
        ("<b>bold</b>", "`<b>bold</b>`"),
        ("one\ntwo", "`one ⏎ two`"),
        ("x" * 500, "`" + "x" * 116 + " ...`"),
    ],
)
def test_an_example_breaks_out_of_nothing(example: str, cell: str) -> None:
    row = {"surface": "line", "pattern": "acme-coder", "needle": "acme-coder", "matches": [example]}
    page = catalogue_page(list(catalogue_of(row).tools.values()))
    assert f" | {cell} | " in page
