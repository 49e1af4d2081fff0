"""Marks on touched paths."""

import pytest

from byline.model import FileChange
from support.examples import commit
from support.marks import detection_of

SETUP = {"surface": "path", "path": ["ACME.md", ".acme/**"], "shows": "setup"}
RESIDUE = {"surface": "path", "path": ".acme/cache/*", "shows": "assisted"}


@pytest.mark.parametrize(
    ("status", "marks"), [("A", ["acme.m0", "acme.m1"]), ("M", ["acme.m1"]), ("T", ["acme.m1"]), ("D", [])]
)
def test_setup_counts_when_it_is_added_and_residue_whenever_it_is_written(status: str, marks: list[str]) -> None:
    changes = (FileChange("src/a.py", status), FileChange(".acme/cache/x", status))
    findings = detection_of(SETUP, RESIDUE).detect(commit(changes=changes))
    assert [(finding.mark, finding.path, finding.text) for finding in findings] == [
        (mark, ".acme/cache/x", ".acme/cache/x") for mark in marks
    ]


def test_a_path_that_several_globs_of_a_mark_match_is_reported_once() -> None:
    row = {"surface": "path", "path": ["*.acme", "x/**"]}
    assert len(detection_of(row).detect(commit(changes=(FileChange("x/y.acme", "A"),)))) == 1


def test_findings_come_in_the_order_of_paths() -> None:
    changes = tuple(FileChange(path, "A") for path in ("z/ACME.md", "a/ACME.md"))
    findings = detection_of(SETUP).detect(commit(changes=changes))
    assert [finding.path for finding in findings] == ["a/ACME.md", "z/ACME.md"]
