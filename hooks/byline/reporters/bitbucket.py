"""A report and its annotations for Bitbucket's Code Insights, which a step uploads: docs/ci.md shows how.

https://support.atlassian.com/bitbucket-cloud/docs/code-insights/
"""

from byline.model import Outcome
from byline.reporters.interface import Output
from byline.reporters.issue_list import IssueListReporter
from byline.reporters.issues import Issue, Level
from byline.reporters.json_text import dumps, json_text
from byline.reporters.summary import Summary
from byline.reporters.uri import plain_path

MOST_ANNOTATIONS = 1000
"""Annotations that Bitbucket keeps of a report."""

_LONGEST_SUMMARY = 450
_SEVERITIES = {Level.ERROR: "HIGH", Level.WARNING: "MEDIUM", Level.NOTE: "LOW"}
_RESULTS = {Level.ERROR: "FAILED", Level.WARNING: "PASSED", Level.NOTE: "PASSED"}


def _annotation(issue: Issue) -> dict[str, object]:
    shown: dict[str, object] = {
        "external_id": issue.fingerprint,
        "title": json_text(issue.title),
        "annotation_type": "CODE_SMELL",
        "summary": json_text(issue.message)[:_LONGEST_SUMMARY],
        "details": json_text(f"{issue.rule}: {issue.says}"),
        "severity": _SEVERITIES[issue.level],
        "result": _RESULTS[issue.level],
    }
    if issue.path is not None:
        shown |= {"path": json_text(plain_path(issue.path)), "line": issue.line or 1}
    return shown


def _closing(summary: Summary) -> str:
    report = {
        "title": "byline",
        "details": "AI use, held against the policy of the target branch",
        "reporter": "byline",
        "report_type": "TEST",
        "result": "FAILED" if summary.exit_code else "PASSED",
        "data": [
            {"title": "Commits", "type": "NUMBER", "value": summary.commits},
            {"title": "Blocked", "type": "NUMBER", "value": summary.outcomes[Outcome.BLOCKED]},
            {"title": "Warned", "type": "NUMBER", "value": summary.outcomes[Outcome.WARNED]},
            {"title": "Not checked", "type": "NUMBER", "value": summary.outcomes[Outcome.SKIPPED]},
        ],
    }
    return f'], "report": {dumps(report)}}}'


def reporter(output: Output) -> IssueListReporter:
    """The report and its annotations, written to the output."""
    return IssueListReporter(output, '{"annotations": [', _annotation, _closing, MOST_ANNOTATIONS)
