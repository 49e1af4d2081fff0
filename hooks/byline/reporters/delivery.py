"""From the stream of judged commits to the finished report."""

from collections.abc import Iterable

from byline.model import CommitReport
from byline.reporters import make_reporter
from byline.reporters.interface import Header, Output
from byline.reporters.progress import Progress
from byline.reporters.summary import Summary


def deliver(reports: Iterable[CommitReport], format_name: str, output: Output, header: Header) -> Summary:
    """Write all reports in a format as they come, and hand back their counts."""
    reporter = make_reporter(format_name, output)
    summary = Summary(judged=header.policy is not None)
    progress = Progress()
    shared_terminal = output.stream.isatty()
    reporter.begin(header)
    try:
        for report in reports:
            summary.count(report)
            progress.show(summary.commits)
            if shared_terminal and reporter.writes(report):
                progress.clear()
            reporter.commit(report)
    finally:
        progress.clear()
    reporter.end(summary)
    output.stream.flush()
    return summary
