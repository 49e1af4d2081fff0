"""Marks on added lines."""

import pytest

from byline.detectors.lines import MOST_PER_FILE
from byline.model import AddedLine, Finding
from support.examples import commit
from support.marks import detection_of

ROW = {"surface": "line", "pattern": r"^\s*// \.\.\. existing code \.\.\.$", "needle": "existing code"}
LOOSE = {"surface": "line", "pattern": r"acme\[\d+\]", "needle": "acme["}
LIMITED = {**LOOSE, "paths": ["*.py", "docs/**"]}


def found(row: dict[str, object], *lines: AddedLine) -> tuple[Finding, ...]:
    return detection_of(row).detect(commit(added_lines=lines))


def test_a_line_is_found_with_its_place() -> None:
    lines = (AddedLine("a.js", 3, "existing code"), AddedLine("a.js", 9, "  // ... Existing code ...  ".rstrip()))
    (finding,) = found(ROW, *lines)
    assert (finding.path, finding.line, finding.text) == ("a.js", 9, "// ... Existing code ...")


@pytest.mark.parametrize(("path", "fires"), [("x/a.py", True), ("docs/x/a.md", True), ("a.md", False)])
def test_paths_limit_a_mark(path: str, fires: bool) -> None:
    assert bool(found(LIMITED, AddedLine(path, 1, "see acme[12]"))) == fires


def test_the_first_lines_of_each_file_are_enough() -> None:
    lines = [AddedLine(path, number, "acme[1]") for path in ("a", "b") for number in range(1, 100)]
    findings = found(LOOSE, *lines)
    assert [(finding.path, finding.line) for finding in findings] == [
        (path, number) for path in ("a", "b") for number in range(1, MOST_PER_FILE + 1)
    ]


def test_a_long_text_is_cut_around_the_match() -> None:
    (finding,) = found(LOOSE, AddedLine("a", 1, "x" * 5000 + " acme[7] " + "y" * 5000))
    assert len(finding.text) <= 400
    assert "acme[7]" in finding.text


def test_later_places_of_a_long_line_are_searched() -> None:
    assert found(LOOSE, AddedLine("a", 1, "acme[x] " + "x" * 20_000 + " acme[7]"))


def test_several_needles_of_one_mark_report_a_line_once() -> None:
    row = {"surface": "line", "pattern": "acme.*coder", "needle": ["acme-", "coder"]}
    assert len(found(row, AddedLine("a", 1, "acme-x coder"))) == 1


@pytest.mark.parametrize(
    "text", ["", "\x00", "acme[" * 100_000, "\udcff\ud800 acme[", "a\nb", "\u200b" * 50, "İ" * 5000 + "acme["]
)
def test_odd_lines_do_no_harm(text: str) -> None:
    assert found(LOOSE, AddedLine("a", 1, text)) == ()


def test_lines_are_told_apart_even_when_one_holds_a_line_end() -> None:
    lines = (AddedLine("a", 1, "x\ny"), AddedLine("b", 2, "acme[1]"))
    assert [(finding.path, finding.line) for finding in found(LOOSE, *lines)] == [("b", 2)]
