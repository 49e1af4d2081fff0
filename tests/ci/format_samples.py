"""Reports with ordinary and with hostile commits, and how a format writes them."""

import io
from collections.abc import Sequence

from byline.model import CommitReport, Decision, FileChange, Outcome, Rule, Surface
from byline.reporters import make_reporter
from byline.reporters.interface import ChangeNote, Header, Output, PolicyNote
from byline.reporters.summary import Summary
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
