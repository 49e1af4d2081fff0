"""Every report format, with ordinary and with hostile commits, as its official schema or its real reader sees it."""

import json
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from junitparser import Error, Failure, JUnitXml

from byline.reporters import FORMATS, bitbucket
from ci import node_tools
from ci.format_samples import BLOCKED, REPORTS, written
from support.reports import blocked


def shape(name: str) -> Any:
    """What the documentation of a format asks for, as a JSON Schema."""
    return json.loads((Path(__file__).parent / "shapes" / f"{name}.json").read_text())


@pytest.mark.parametrize("name", FORMATS)
def test_holds_nothing_that_acts_on_a_terminal_and_can_be_encoded(name: str) -> None:
    text = written(name)
    text.encode()
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", text)


@pytest.mark.parametrize("name", FORMATS)
def test_is_complete_without_any_commit(name: str) -> None:
    text = written(name, ())
    if name in ("json", "sarif", "gitlab", "rdjson", "bitbucket"):
        json.loads(text)
    if name in ("junit", "checkstyle"):
        ElementTree.fromstring(text)


def test_code_quality_has_what_gitlab_needs() -> None:
    violations = json.loads(written("gitlab"))
    jsonschema.validate(violations, shape("code_quality"))
    assert len({violation["fingerprint"] for violation in violations}) == len(violations)
    assert sum(violation["severity"] == "critical" for violation in violations) >= BLOCKED


def test_junit_is_read_with_one_case_a_commit(tmp_path: Path) -> None:
    (tmp_path / "byline.xml").write_text(written("junit"), encoding="utf-8")
    suites = JUnitXml.fromfile(str(tmp_path / "byline.xml"))
    cases = [case for suite in suites for case in suite]
    assert len(cases) == len(REPORTS) == suites.tests
    kinds = [type(result) for case in cases for result in case.result]
    assert kinds.count(Failure) == suites.failures == BLOCKED
    assert kinds.count(Error) == suites.errors == 1


def test_checkstyle_is_xml_with_a_place_for_everything() -> None:
    root = ElementTree.fromstring(written("checkstyle"))
    assert root.tag == "checkstyle"
    errors = root.findall("file/error")
    assert len(errors) >= BLOCKED
    assert {error.get("severity") for error in errors} <= {"error", "warning", "info"}
    assert all(int(error.get("line", "0")) >= 1 for error in errors)
    assert all(element.get("name") for element in root.findall("file"))


@pytest.mark.slow
def test_rdjson_passes_the_validator_of_the_format(tmp_path: Path) -> None:
    (tmp_path / "good.json").write_text(written("rdjson"), encoding="utf-8")
    bad = json.loads(written("rdjson"))
    del bad["diagnostics"][0]["message"]
    (tmp_path / "bad.json").write_text(json.dumps(bad), encoding="utf-8")
    good = node_tools.node(node_tools.rdformat_validator(), "good.json", cwd=tmp_path)
    assert good.returncode == 0, good.stdout + good.stderr
    assert node_tools.node(node_tools.rdformat_validator(), "bad.json", cwd=tmp_path).returncode != 0


def test_code_insights_stay_within_the_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    document = json.loads(written("bitbucket"))
    jsonschema.validate(document, shape("code_insights"))
    ids = [annotation["external_id"] for annotation in document["annotations"]]
    assert len(set(ids)) == len(ids)
    assert document["report"]["result"] == "FAILED"


def test_the_limit_of_annotations_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    many = [blocked(sha=f"{number:040x}") for number in range(bitbucket.MOST_ANNOTATIONS + 5)]
    assert len(json.loads(written("bitbucket", many))["annotations"]) == bitbucket.MOST_ANNOTATIONS
