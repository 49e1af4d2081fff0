"""GitLab's Code Quality report, shown in merge requests.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from byline.reporters.interface import Output
from byline.reporters.issue_list import IssueListReporter
from byline.reporters.issues import Issue, Level
from byline.reporters.json_text import json_text
from byline.reporters.uri import plain_path

_SEVERITIES = {Level.ERROR: "critical", Level.WARNING: "minor", Level.NOTE: "info"}


def _violation(issue: Issue) -> dict[str, object]:
    """GitLab shows nothing without a file: what is in a message is placed on a file of its commit."""
    return {
        "description": json_text(f"{issue.title}: {issue.message}"),
        "check_name": json_text(issue.rule),
        "fingerprint": issue.fingerprint,
        "severity": _SEVERITIES[issue.level],
        "location": {"path": json_text(plain_path(issue.anchor)), "lines": {"begin": issue.line or 1}},
    }


def reporter(output: Output) -> IssueListReporter:
    """The Code Quality report, written to the output."""
    return IssueListReporter(output, "[", _violation, lambda _: "]")
