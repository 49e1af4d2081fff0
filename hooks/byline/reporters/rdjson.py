"""reviewdog's diagnostic format, which carries findings into reviews on many hosts.

https://github.com/reviewdog/reviewdog/tree/master/proto/rdf
"""

from byline.reporters.interface import Output
from byline.reporters.issue_list import IssueListReporter
from byline.reporters.issues import Issue, Level
from byline.reporters.json_text import json_text
from byline.reporters.uri import plain_path

_SEVERITIES = {Level.ERROR: "ERROR", Level.WARNING: "WARNING", Level.NOTE: "INFO"}


def _diagnostic(issue: Issue) -> dict[str, object]:
    return {
        "message": json_text(f"{issue.title}: {issue.message}"),
        "location": {"path": json_text(plain_path(issue.anchor)), "range": {"start": {"line": issue.line or 1}}},
        "severity": _SEVERITIES[issue.level],
        "code": {"value": json_text(issue.rule)},
    }


def reporter(output: Output) -> IssueListReporter:
    """The diagnostics, written to the output."""
    return IssueListReporter(output, '{"source": {"name": "byline"}, "diagnostics": [', _diagnostic, lambda _: "]}")
