"""Formats whose lines are orders to the CI system, and logs in which no line may be one."""

import io
import json
import re

import pytest

from byline.reporters.ci_log import LogStream, harmless
from ci.format_samples import BLOCKED, written
from support.reports import blocked, clean, undisclosed


def github_command(line: str) -> tuple[str, dict[str, str], str]:
    """A workflow command as the runner reads it: ActionCommand of actions/runner."""
    match = re.fullmatch(r"::([a-z-]+)(?: ([^:]*(?:%3A[^:]*)*))?::(.*)", line)
    assert match, line
    unescaped = {}
    for part in filter(None, (match[2] or "").split(",")):
        name, _, value = part.partition("=")
        for code, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
            value = value.replace(code, character)
        unescaped[name] = value
    return match[1], unescaped, match[3].replace("%25", "%")


def test_github_gets_ten_annotations_of_a_level_and_no_other_command() -> None:
    commands = [github_command(line) for line in written("github").splitlines()]
    levels = [name for name, _, _ in commands]
    assert set(levels) <= {"error", "warning", "notice"}
    assert all(levels.count(level) <= 10 for level in levels)
    assert any(properties.get("file") == "::error::.py" for _, properties, _ in commands)
    assert all(set(properties) <= {"file", "line", "title"} for _, properties, _ in commands)


def test_github_says_how_many_annotations_are_left_out() -> None:
    many = [blocked(sha=f"{number:040x}") for number in range(1, 26)]
    lines = written("github", many).splitlines()
    assert len(lines) == 10
    assert lines[-1].endswith("::16 more of these are in the job summary and in the log")


def test_azure_gets_errors_and_warnings_and_no_other_command() -> None:
    lines = written("azure").splitlines()
    for line in lines:
        match = re.fullmatch(r"##vso\[task\.logissue type=(error|warning);([^\]]*)\](.*)", line)
        assert match, line
        assert "##" not in line[2:]
        properties = match[2].removesuffix(";").split(";")
        assert all(re.fullmatch(r"(code|sourcepath|linenumber)=[^;]+", one) for one in properties), line
    assert len(lines) >= BLOCKED
    assert any("sourcepath=c:/x%3By,z%5D.py;linenumber=3;" in line for line in lines)
    warned = written("azure", (undisclosed(), clean()))
    assert "##vso[task.complete result=SucceededWithIssues;]" in warned


def test_teamcity_reads_back_what_was_meant() -> None:
    lines = written("teamcity").splitlines()
    attribute = re.compile(r"([A-Za-z]+)='((?:[^|'\[\]\n]|\|['|nr\[\]]|\|0x[0-9a-f]{4})*)'")
    for line in lines:
        match = re.fullmatch(r"##teamcity\[(inspectionType|inspection|buildProblem) (.*)\]", line)
        assert match, line
        assert re.fullmatch(rf"(?:{attribute.pattern} ?)+", match[2]), line
        assert line.isascii()
    assert sum("inspection " in line for line in lines) >= BLOCKED
    files_named = {value for line in lines for name, value in attribute.findall(line) if name == "file"}
    assert "na|0x00efve/|0x6587.py" in files_named


@pytest.mark.parametrize("line", ["::error::x", "  ::add-mask::x", "\u3000::x", "a ##vso[x]y", "##[error]x", "####x"])
def test_orders_in_a_line_are_broken_up(line: str) -> None:
    shown = harmless(line)
    assert "##" not in shown
    assert not shown.strip().startswith("::")
    assert harmless("a::b # c") == "a::b # c"


@pytest.mark.parametrize(("second", "name"), [(" #", "text"), ("\\u0023", "json")])
def test_nothing_in_the_log_of_a_job_is_an_order(second: str, name: str) -> None:
    stream = io.StringIO()
    log = LogStream(stream, second)
    text = written(name)
    for start in range(0, len(text), 7):
        log.write(text[start : start + 7])
    log.flush()
    shown = stream.getvalue()
    assert "##" not in shown
    assert not any(line.lstrip().startswith("::") for line in shown.split("\n"))
    if name == "json":
        assert json.loads(shown) == json.loads(text)
