import io
import sys

import pytest

from byline.reporters import progress
from byline.reporters.delivery import deliver
from byline.reporters.interface import Header, Output, PolicyNote
from support.reports import TOOL_NAMES, blocked, clean

JUDGED = Header(PolicyNote("byline.toml", "deny"), TOOL_NAMES)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def at_once(monkeypatch):
    monkeypatch.setattr(progress, "_FIRST_AFTER", 0.0)
    monkeypatch.setattr(progress, "_EVERY", 0.0)


def screen(monkeypatch) -> Terminal:
    """Make standard error a terminal; not as a fixture, since pytest sets its own stream between set-up and test."""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    return terminal


def test_progress_counts_on_a_terminal_and_is_gone_at_the_end(at_once, monkeypatch):
    terminal = screen(monkeypatch)
    out = io.StringIO()
    deliver([clean()] * 3, "text", Output(out), JUDGED)
    assert "3 commits ..." in terminal.getvalue()
    assert terminal.getvalue().endswith("\r\x1b[K")
    assert out.getvalue().startswith("3 commits checked")


def test_progress_makes_way_for_the_report_on_the_same_terminal(at_once, monkeypatch):
    terminal = screen(monkeypatch)
    deliver([clean(), blocked()], "text", Output(terminal), JUDGED)
    before_report = terminal.getvalue().partition("BLOCKED")[0]
    assert before_report.endswith("\r\x1b[K")


def test_no_progress_without_a_terminal(at_once, capsys):
    deliver([clean()] * 3, "text", Output(io.StringIO()), JUDGED)
    assert capsys.readouterr().err == ""


def test_short_work_shows_no_progress(monkeypatch):
    terminal = screen(monkeypatch)
    deliver([clean()] * 3, "text", Output(io.StringIO()), JUDGED)
    assert terminal.getvalue() == ""


def test_progress_is_taken_away_when_reading_fails(at_once, monkeypatch):
    terminal = screen(monkeypatch)

    def reports():
        yield clean()
        raise ValueError("git went away")

    with pytest.raises(ValueError, match="git went away"):
        deliver(reports(), "text", Output(io.StringIO()), JUDGED)
    assert terminal.getvalue().endswith("\r\x1b[K")


def test_commits_are_written_as_they_come():
    out = io.StringIO()
    seen = []

    def reports():
        for _ in range(3):
            yield clean()
            seen.append(out.getvalue().count("\n"))

    deliver(reports(), "jsonl", Output(out), JUDGED)
    assert seen == [1, 2, 3]
