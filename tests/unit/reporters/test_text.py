import io

from byline.reporters import make_reporter
from byline.reporters.interface import Header, Output, PolicyNote
from byline.reporters.summary import Summary
from support.reports import TOOL_NAMES, blocked, clean, finding, noted, undisclosed, unread

JUDGED = Header(PolicyNote("byline.toml", "deny"), TOOL_NAMES)


def written(reports, header=JUDGED) -> str:
    stream = io.StringIO()
    reporter = make_reporter("text", Output(stream))
    summary = Summary(judged=header.policy is not None)
    reporter.begin(header)
    for report in reports:
        summary.count(report)
        reporter.commit(report)
    reporter.end(summary)
    return stream.getvalue()


def test_a_clean_commit_prints_nothing_but_the_totals():
    assert written([clean()]) == "1 commit checked: 0 blocked, 0 warned, 0 annotated, 0 could not be checked\n"


def test_the_totals_count_every_commit():
    text = written([blocked(), undisclosed(), noted(), noted(), clean(), unread()])
    assert "\n6 commits checked: 1 blocked, 1 warned, 2 annotated, 1 could not be checked\n" in text


def test_the_last_line_says_what_to_do_if_a_mark_that_blocks_is_wrong():
    reports = [noted(), blocked(finding(mark="acme.first")), blocked(finding(mark="acme.second"))]
    advice = "what a mark means, and what if it is wrong: byline explain acme.first"
    assert written(reports).splitlines()[-1] == advice
    assert "byline explain" not in written([noted(), undisclosed(), unread()])


def test_thousands_are_readable():
    assert written([clean()] * 1234).startswith("1,234 commits checked")


def test_a_scan_counts_tools_and_judges_nothing():
    reports = [report._replace(decision=None) for report in (blocked(), blocked(), noted(), clean())]
    text = written(reports, Header(None, TOOL_NAMES))
    assert text.endswith("\n4 commits searched, 3 carry marks: Claude Code (2), Cursor (1)\n")
    assert "BLOCKED" not in text
    assert "denied" not in text


def test_a_scan_says_what_it_could_not_read():
    report = unread()._replace(decision=None)
    text = written([report], Header(None, TOOL_NAMES))
    assert "blob 1234abcd is missing" in text
    assert "1 could not be read in full" in text


def test_an_empty_range_is_said_to_be_one():
    assert written([]).startswith("0 commits checked")
