import io
import json
from importlib.resources import files

import jsonschema
import pytest

from byline.model import Confidence, Outcome, Shows, Surface
from byline.reporters import make_reporter
from byline.reporters.interface import Header, Output, PolicyNote
from byline.reporters.summary import Summary
from support.reports import CO_AUTHOR, TOOL_NAMES, blocked, clean, finding, noted, undisclosed, unread


def let_off(report):
    return report._replace(decision=report.decision._replace(if_enforced=Outcome.BLOCKED))


SCHEMA = json.loads(files("byline.reporters").joinpath("schemas/report.schema.json").read_text())
JUDGED = Header(PolicyNote("byline.toml", "deny", url="https://example.org/ai"), TOOL_NAMES)
UNJUDGED = Header(None, TOOL_NAMES)
HOSTILE = blocked(finding(text="\x1b\udcff\n", path="a\udce9\u202e.py"), message="\udc80subject")
ALL = [blocked(), let_off(undisclosed()), noted(), clean(), unread(), HOSTILE, blocked(sha=None)]


def written(format_name, reports, header) -> str:
    stream = io.StringIO()
    reporter = make_reporter(format_name, Output(stream))
    summary = Summary(judged=header.policy is not None)
    reporter.begin(header)
    for report in reports:
        summary.count(report)
        reporter.commit(report)
    reporter.end(summary)
    return stream.getvalue().encode().decode()


def without_decisions(reports):
    return [report._replace(decision=None) for report in reports]


def refuse(constant):
    raise AssertionError(f"{constant} is not JSON")


@pytest.mark.parametrize(
    ("reports", "header"),
    [
        pytest.param(ALL, JUDGED, id="check"),
        pytest.param(without_decisions(ALL), UNJUDGED, id="scan"),
        pytest.param([], JUDGED, id="nothing"),
        pytest.param([clean()], Header(PolicyNote("", "allow"), {}), id="no policy"),
    ],
)
def test_documents_keep_to_the_schema_that_ships(reports, header):
    document = json.loads(written("json", reports, header), parse_constant=refuse)
    jsonschema.Draft202012Validator(SCHEMA).validate(document)
    assert len(document["commits"]) == document["summary"]["commits"] == len(reports)


@pytest.mark.parametrize("reports", [ALL, without_decisions(ALL)])
def test_every_line_is_a_commit_of_the_schema(reports):
    lines = written("jsonl", reports, JUDGED).splitlines()
    validator = jsonschema.Draft202012Validator({"$ref": "#/$defs/commit", "$defs": SCHEMA["$defs"]})
    assert len(lines) == len(reports)
    for line in lines:
        validator.validate(json.loads(line))


def test_the_schema_refuses_what_is_not_promised():
    validator = jsonschema.Draft202012Validator(SCHEMA)
    document = json.loads(written("json", [blocked()], JUDGED))
    document["commits"][0]["colour"] = "red"
    assert not validator.is_valid(document)


def test_the_shape_of_a_judged_commit_is_the_promised_one():
    (line,) = written("jsonl", [blocked()], JUDGED).splitlines()
    assert json.loads(line) == {
        "sha": "3f1c2a9b04" * 4,
        "subject": "Add the retry loop",
        "outcome": "blocked",
        "reason": "Claude Code is denied here",
        "rule": 'byline.toml:4  ai = "deny"',
        "findings": [
            {
                "mark": "claude-code.co-author",
                "tool": "claude-code",
                "surface": "trailer",
                "shows": "generated",
                "confidence": "certain",
                "path": None,
                "line": 3,
                "text": CO_AUTHOR,
                "verdict": "deny",
            }
        ],
    }


def test_a_scan_leaves_out_what_only_a_policy_can_say():
    (line,) = written("jsonl", without_decisions([blocked()]), UNJUDGED).splitlines()
    commit = json.loads(line)
    assert list(commit) == ["sha", "subject", "findings"]
    assert "verdict" not in commit["findings"][0]


def test_a_finding_that_does_not_count_has_no_verdict():
    (line,) = written("jsonl", [noted()], JUDGED).splitlines()
    assert json.loads(line)["findings"][0]["verdict"] is None


def test_the_summary_counts():
    summary = json.loads(written("json", ALL, JUDGED))["summary"]
    assert summary["outcomes"] == {"ok": 1, "annotated": 1, "warned": 1, "blocked": 3, "skipped": 1}
    assert summary["tools"] == {"aider": 1, "claude-code": 3, "cursor": 1}
    assert (summary["commits"], summary["marked"], summary["findings"], summary["unread"]) == (7, 5, 5, 1)


def test_the_schema_knows_every_word_of_the_model():
    definitions = SCHEMA["$defs"]
    found = definitions["finding"]["properties"]
    assert set(found["surface"]["enum"]) == {word.value for word in Surface}
    assert set(found["shows"]["enum"]) == {word.value for word in Shows}
    assert set(found["confidence"]["enum"]) == {word.value for word in Confidence}
    assert set(definitions["commit"]["properties"]["outcome"]["enum"]) == {word.value for word in Outcome}
    assert set(definitions["summary"]["properties"]["outcomes"]["required"]) == {word.value for word in Outcome}


def test_what_a_commit_is_let_off_stands_only_where_there_is_something():
    first, second = map(json.loads, written("jsonl", [let_off(undisclosed()), undisclosed()], JUDGED).splitlines())
    assert (first["outcome"], first["if_enforced"]) == ("warned", "blocked")
    assert "if_enforced" not in second
