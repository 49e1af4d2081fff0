"""Of a large push with much to say, what matters is kept."""

import pytest

from byline.model import CommitReport, Decision, Outcome
from byline.reporters.push_report import MOST_KEPT, PushReport
from byline.reporters.push_text import push_lines
from support.examples import commit


def judged(number: int, outcome: Outcome) -> CommitReport:
    return CommitReport(commit(sha=f"{number:040x}"), (), Decision(outcome, "because"))


@pytest.mark.parametrize("outcome", [Outcome.BLOCKED, Outcome.SKIPPED, Outcome.WARNED])
def test_commits_that_matter_are_told_after_any_number_of_others(outcome: Outcome) -> None:
    report = PushReport("pre-receive")
    for number in range(3 * MOST_KEPT):
        report.count(judged(number, Outcome.ANNOTATED))
    report.count(judged(0xABCDEF, outcome))
    assert [one.commit.sha for one in report.with_outcome(outcome)] == [f"{0xABCDEF:040x}"]
    assert any(f"{0xABCDEF:040x}"[:10] in line for line in push_lines(report))
    assert len(report.kept) == MOST_KEPT + 1


def test_of_many_commits_with_one_outcome_the_first_are_kept() -> None:
    report = PushReport("pre-receive")
    for number in range(3 * MOST_KEPT):
        report.count(judged(number, Outcome.BLOCKED))
    assert [one.commit.sha for one in report.kept] == [f"{number:040x}" for number in range(MOST_KEPT)]
    assert report.summary.outcomes[Outcome.BLOCKED] == 3 * MOST_KEPT
