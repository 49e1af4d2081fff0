"""Every CI system in every situation of `situations/`: from its variables and a real clone to the right commits."""

import json
import os
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from byline.cli import main
from ci.topology import Remote, clone, event_text, named

FILES = sorted((Path(__file__).parent / "situations").glob("*.toml"))
KEPT = ("PATH", "HOME", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM", "TMPDIR", "SYSTEMROOT")
SYSTEMS_OF_THE_TASK = 17
FEWEST_SITUATIONS = 60


def situations() -> Iterator[tuple[str, dict[str, Any]]]:
    for file in FILES:
        document = tomllib.loads(file.read_text(encoding="utf-8"))
        assert document["source"].startswith("https://"), f"{file.name} does not say where its variables are documented"
        for situation in document["situation"]:
            yield f"{file.stem}: {situation['name']}", {**document.get("always", {}), **situation}


CASES = dict(situations())


@pytest.mark.parametrize("name", CASES)
def test_resolves(
    name: str, remote: Remote, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    case = CASES[name]
    work = tmp_path / "work"
    clone(remote, work, case["clone"])
    for variable in set(os.environ) - set(KEPT):
        monkeypatch.delenv(variable)
    for variable, value in {**case.get("variables", {}), **case.get("set", {})}.items():
        monkeypatch.setenv(variable, named(value, remote.names).replace("<files>", str(tmp_path)))
    if "event" in case:
        (tmp_path / "event.json").write_text(event_text(case["event"], remote.names), encoding="utf-8")
    for file, content in case.get("files", {}).items():
        (tmp_path / file).write_text(named(content, remote.names).replace("<files>", str(tmp_path)), encoding="utf-8")
    monkeypatch.chdir(work)

    arguments = [named(argument, remote.names) for argument in case.get("arguments", [])]
    code = main(["ci", "--format", "json", *arguments])

    shown = capsys.readouterr()
    expect = case["expect"]
    assert code == expect.get("code", 0), shown.err
    for words in expect.get("says", []):
        assert words in shown.err
    for words in expect.get("silent", []):
        assert words not in shown.err
    if "commits" not in expect:
        assert shown.out == ""
        return
    report = json.loads(shown.out)
    short = {sha: commit for commit, sha in remote.names.items()}
    shown_commits = [short.get(commit["sha"], commit["subject"]) for commit in report["commits"] if commit["sha"]]
    assert sorted(shown_commits) == sorted(expect["commits"]), shown.err
    for end in ("base", "head", "target"):
        if end in expect:
            value = report["change"][end]
            assert short.get(value, value) == (expect[end] or None), end
    assert "policy" not in expect or report["policy"]["file"] == (expect["policy"] or None)


def test_every_system_is_covered_and_there_are_enough_situations() -> None:
    assert len(CASES) >= FEWEST_SITUATIONS
    assert len(FILES) >= SYSTEMS_OF_THE_TASK
