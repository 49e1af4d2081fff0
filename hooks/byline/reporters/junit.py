"""JUnit's XML, which every CI system shows as test results: one test case a commit.

There is no official schema; the elements are those that Jenkins and GitLab read:
https://docs.gitlab.com/ci/testing/unit_test_reports/
"""

from byline.model import CommitReport, Outcome
from byline.reporters.commit_text import commit_text
from byline.reporters.interface import Header, Output
from byline.reporters.summary import Summary
from byline.reporters.xml_text import attributes, xml_text

_SHORT_SHA = 10


class JunitReporter:
    """Holds the test cases back, because their counts stand before them."""

    def __init__(self, output: Output) -> None:
        self._stream = output.stream
        self._header = Header(None, {})
        self._cases: list[str] = []
        self._failures = 0
        self._errors = 0

    def begin(self, header: Header) -> None:
        """Remember what the commits will be described with."""
        self._header = header

    def writes(self, report: CommitReport) -> bool:  # noqa: ARG002
        """Nothing is written before the end."""
        return False

    def commit(self, report: CommitReport) -> None:
        """Keep one test case. What could not be checked is an error: a skipped test would pass."""
        outcome = report.decision.outcome if report.decision is not None else Outcome.OK
        name = report.about or (report.commit.sha or "commit")[:_SHORT_SHA]
        case = attributes(classname="byline", name=f"{name} {report.commit.subject}".rstrip(), time="0")
        if outcome is Outcome.OK and not report.findings:
            self._cases.append(f"    <testcase{case}/>\n")
            return
        reason = report.decision.reason if report.decision is not None else ""
        story = "\n".join(xml_text(line) for line in commit_text(report, self._header.tool_names).split("\n"))
        element = {Outcome.BLOCKED: "failure", Outcome.SKIPPED: "error"}.get(outcome, "system-out")
        self._failures += outcome is Outcome.BLOCKED
        self._errors += outcome is Outcome.SKIPPED
        about = "" if element == "system-out" else attributes(message=reason, type=outcome.value)
        self._cases.append(f"    <testcase{case}>\n      <{element}{about}>{story}</{element}>\n    </testcase>\n")

    def end(self, summary: Summary) -> None:  # noqa: ARG002
        """Write the document."""
        counts = attributes(tests=len(self._cases), failures=self._failures, errors=self._errors, skipped=0, time="0")
        self._stream.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        self._stream.write(f'<testsuites name="byline"{counts}>\n  <testsuite name="byline"{counts}>\n')
        for case in self._cases:
            self._stream.write(case)
        self._stream.write("  </testsuite>\n</testsuites>\n")
        self._stream.flush()


def reporter(output: Output) -> JunitReporter:
    """The JUnit document, written to the output."""
    return JunitReporter(output)
