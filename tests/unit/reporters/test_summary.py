import pytest

from byline.reporters.summary import Summary
from support.reports import blocked, clean, noted, undisclosed, unread


@pytest.mark.parametrize(
    ("reports", "code"),
    [
        pytest.param([], 0, id="nothing"),
        pytest.param([clean(), noted(), undisclosed()], 0, id="nothing forbidden"),
        pytest.param([clean(), blocked()], 1, id="blocked"),
        pytest.param([clean(), unread()], 3, id="not checked"),
        pytest.param([unread(), blocked()], 1, id="blocked whatever else"),
    ],
)
def test_exit_code_of_a_check(reports, code):
    summary = Summary(judged=True)
    for report in reports:
        summary.count(report)
    assert summary.exit_code == code


@pytest.mark.parametrize(("report", "code"), [(blocked(), 0), (clean(), 0), (unread(), 3)])
def test_exit_code_of_a_scan(report, code):
    summary = Summary(judged=False)
    summary.count(report._replace(decision=None))
    assert summary.exit_code == code


def test_a_commit_counts_once_for_a_tool_however_many_marks_it_carries():
    summary = Summary(judged=True)
    report = blocked()
    summary.count(report._replace(findings=report.findings * 3))
    assert summary.tools == {"claude-code": 1}
    assert summary.findings == 3
