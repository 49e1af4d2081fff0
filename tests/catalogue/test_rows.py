"""Every row of the catalogue proves itself: its examples fire it, its counterexamples do not."""

import os

import pytest

from byline.catalogue.files import read_tool_file
from byline.catalogue.load import TOOLS_FOLDER, Catalogue, load_catalogue
from byline.catalogue.schema import EnvironmentMatch, LineMatch, Mark, Tool
from byline.catalogue.toml_lines import TomlLines
from byline.detectors import Detection, prepare
from byline.errors import Fault
from byline.model import Commit, Finding, Runner, Surface
from support.examples import commits_for

FILES = sorted(name for name in os.listdir(TOOLS_FOLDER) if name.endswith(".toml"))


def tools() -> list[Tool]:
    """The tools whose files are without fault; faults are the business of `test_file_is_without_fault`."""
    faults: list[Fault] = []
    read = (read_tool_file(TOOLS_FOLDER, name, faults) for name in FILES)
    return [tool for tool in read if tool is not None]


TOOLS = tools()
MARKS = [mark for tool in TOOLS for mark in tool.marks]
OWNERS = {mark.id: mark.tool for mark in MARKS}


def example_path(mark: Mark) -> str:
    """A path on which an example line of this mark may stand."""
    if isinstance(mark.match, LineMatch) and mark.match.paths:
        folders = mark.match.paths[0].replace("**/", "").removeprefix("/")
        return folders.replace("/**", "/example").replace("*", "example")
    return "src/example.py"


def examples(kind: str) -> list[object]:
    return [
        pytest.param(mark, example, id=f"{mark.id}-{number}")
        for mark in MARKS
        for number, example in enumerate(getattr(mark, kind))
    ]


@pytest.fixture(scope="module")
def detection() -> Detection:
    return prepare(Catalogue({tool.id: tool for tool in TOOLS}, {mark.id: mark for mark in MARKS}, {}))


def found(detection: Detection, commits: list[Commit]) -> list[Finding]:
    return [finding for commit in commits for finding in detection.detect(commit)]


@pytest.mark.parametrize("name", FILES)
def test_file_is_without_fault(name: str) -> None:
    faults: list[Fault] = []
    read_tool_file(TOOLS_FOLDER, name, faults)
    assert not faults, "\n".join(map(str, faults))


def test_the_files_make_one_catalogue() -> None:
    assert set(load_catalogue().tools) == {tool.id for tool in TOOLS}


@pytest.mark.parametrize(("mark", "example"), examples("matches"))
def test_example_fires_its_mark(detection: Detection, mark: Mark, example: str) -> None:
    findings = found(detection, commits_for(mark.surface, example, example_path(mark)))
    if isinstance(mark.match, EnvironmentMatch) and mark.match.runner is Runner.PERSON:
        assert findings == []  # whoever types there is a person, which such a row is there to say
        return
    assert (mark.id, mark.surface) in {(finding.mark, finding.surface) for finding in findings}


@pytest.mark.parametrize(("mark", "example"), examples("matches"))
def test_example_fires_no_other_tool(detection: Detection, mark: Mark, example: str) -> None:
    findings = found(detection, commits_for(mark.surface, example, example_path(mark)))
    others = {finding.mark for finding in findings if OWNERS.get(finding.mark) != mark.tool}
    assert not others


@pytest.mark.parametrize(("mark", "example"), examples("matches"))
def test_example_holds_a_literal_that_is_searched_for(detection: Detection, mark: Mark, example: str) -> None:
    if mark.surface in (Surface.TRAILER, Surface.IDENTITY, Surface.MESSAGE):
        assert detection.search.commits([example.encode()])
    elif mark.surface is Surface.LINE:
        assert detection.search.lines(example.encode())
    elif mark.surface is Surface.CONFIG:
        assert detection.search.is_config(example.partition("\n")[0])


@pytest.mark.parametrize(("mark", "example"), examples("ignores"))
def test_counterexample_does_not_fire_the_mark(detection: Detection, mark: Mark, example: str) -> None:
    findings = found(detection, commits_for(mark.surface, example, example_path(mark)))
    assert mark.id not in {finding.mark for finding in findings}


def test_every_row_of_every_file_has_a_line() -> None:
    for name in FILES:
        with open(os.path.join(TOOLS_FOLDER, name), encoding="utf-8") as stream:
            text = stream.read()
        index = TomlLines(text)
        headers = [number for number, line in enumerate(text.split("\n"), 1) if line.strip() == "[[mark]]"]
        assert [index.line(("mark", row)) for row in range(len(headers))] == headers
