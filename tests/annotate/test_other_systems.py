"""The chain of programs on macOS and Windows, where psutil tells it: by a stand-in with psutil's own behaviour.

https://psutil.readthedocs.io/en/latest/#psutil.Process.parents
"""

import os
import sys
from types import ModuleType, SimpleNamespace

import pytest

from byline.catalogue.load import load_catalogue
from byline.detectors import prepare
from byline.model import Confidence, Finding, Shows
from byline.repository import surroundings
from byline.repository.surroundings import read_environment
from support.examples import commit

NODE = "C:\\Program Files\\nodejs\\node.exe"
CLI = "C:\\Users\\ada\\AppData\\Roaming\\npm\\node_modules\\@anthropic-ai\\claude-code\\cli.js"
DETECTION = prepare(load_catalogue())


class Error(Exception):
    """What all failures of psutil are."""


class AccessDenied(Error):
    """The process is another user's."""


class NoSuchProcess(Error):
    """The process has ended."""


class StandIn:
    """A program above the hook; an Error in the place of what it says is raised."""

    def __init__(self, name: str | Error, command: list[str] | Error | None = None) -> None:
        self._name = name
        self._command = [] if command is None else command

    def name(self) -> str:
        return _told(self._name)

    def cmdline(self) -> list[str]:
        return _told(self._command)


def _told(what):
    if isinstance(what, Error):
        raise what
    return what


@pytest.fixture
def above(monkeypatch):
    """Takes a system and the programs above the hook, the nearest first; psutil then tells of them."""

    def set_up(platform: str, *programs: StandIn | Error) -> None:
        psutil = ModuleType("psutil")
        failure = next((one for one in programs if isinstance(one, Error)), None)
        parents = failure if failure is not None else list(programs)
        psutil.Process = lambda: SimpleNamespace(parents=lambda: _told(parents))
        psutil.Error, psutil.AccessDenied, psutil.NoSuchProcess = Error, AccessDenied, NoSuchProcess
        monkeypatch.setitem(sys.modules, "psutil", psutil)
        monkeypatch.setattr(surroundings, "sys", SimpleNamespace(platform=platform))

    return set_up


@pytest.fixture(autouse=True)
def variables(monkeypatch) -> None:
    """No variables of whoever runs the tests."""
    kept = {"PATH": os.environ["PATH"]}
    monkeypatch.setattr(os, "environ", kept)


def seen(tmp_path) -> list[Finding]:
    environment = read_environment(str(tmp_path))
    return list(DETECTION.detect(commit(sha=None, message=None, environment=environment)))


WINDOWS = ("win32", StandIn("git.exe", ["git.exe", "commit"]), StandIn("sh.exe", ["sh.exe", "-c", "git commit"]))
MACOS = ("darwin", StandIn("git", ["git", "commit"]), StandIn("zsh", ["/bin/zsh", "-c", "git commit"]))


@pytest.mark.parametrize(
    ("chain", "tool"),
    [
        ((*WINDOWS, StandIn("claude.exe", ["claude.exe"]), StandIn("WindowsTerminal.exe")), "claude-code"),
        ((*WINDOWS, StandIn("node.exe", [NODE, CLI]), StandIn("pwsh.exe"), StandIn("Code.exe")), "claude-code"),
        ((*WINDOWS, StandIn("codex.exe", ["codex.exe", "exec"]), StandIn("explorer.exe")), "codex"),
        (
            (*MACOS, StandIn("claude", ["claude"]), StandIn("-zsh"), StandIn("iTerm2"), StandIn("launchd")),
            "claude-code",
        ),
        ((*MACOS, StandIn("codex", ["codex"]), StandIn("Cursor Helper (Plugin)"), StandIn("Cursor")), "codex"),
        ((*MACOS, StandIn("node", ["node", "/opt/homebrew/bin/gemini"]), StandIn("Terminal")), "gemini-cli"),
    ],
)
def test_an_agent_above_the_hook_is_seen_by_its_program(above, tmp_path, chain, tool):
    above(*chain)
    found = seen(tmp_path)
    assert {one.tool for one in found} == {tool}
    assert {one.shows for one in found} == {Shows.GENERATED}


@pytest.mark.parametrize(
    "chain",
    [
        (*WINDOWS, StandIn("bash.exe"), StandIn("mintty.exe"), StandIn("explorer.exe")),
        (*WINDOWS, StandIn("pwsh.exe"), StandIn("Cursor.exe"), StandIn("explorer.exe")),
        (*MACOS, StandIn("-zsh"), StandIn("Code Helper (Plugin)"), StandIn("Electron"), StandIn("launchd")),
        (*MACOS, StandIn("-zsh"), StandIn("login", AccessDenied()), StandIn("Terminal"), StandIn("launchd")),
    ],
)
def test_a_person_in_a_terminal_is_not_taken_for_an_agent(above, tmp_path, chain):
    above(*chain)
    assert seen(tmp_path) == []


@pytest.mark.parametrize(
    ("chain", "confidence"),
    [
        ((*WINDOWS, StandIn("bash.exe"), StandIn("Code.exe"), StandIn("explorer.exe")), Confidence.HINT),
        ((*MACOS, StandIn("-zsh"), StandIn("login", AccessDenied()), StandIn("iTerm2")), Confidence.HINT),
        ((*WINDOWS, StandIn("bash.exe"), StandIn("Code.exe"), StandIn(NoSuchProcess())), Confidence.CERTAIN),
        ((*MACOS, StandIn("iTerm2"), StandIn(AccessDenied())), Confidence.CERTAIN),
        ((*MACOS, NoSuchProcess()), Confidence.CERTAIN),
    ],
    ids=["windows", "macos", "cut off by an ended program", "cut off by another user's", "nothing is told"],
)
def test_a_variable_is_left_over_only_where_the_whole_chain_is_known(above, tmp_path, chain, confidence, monkeypatch):
    above(*chain)
    monkeypatch.setitem(os.environ, "CODEX_CI", "1")
    assert {(one.tool, one.confidence) for one in seen(tmp_path)} == {("codex", confidence)}


def test_without_psutil_the_variables_speak_alone(above, tmp_path, monkeypatch):
    above(*MACOS)
    monkeypatch.setitem(sys.modules, "psutil", None)
    monkeypatch.setitem(os.environ, "CODEX_CI", "1")
    environment = read_environment(str(tmp_path))
    assert environment is not None
    assert (environment.processes, environment.complete) == ((), False)
    assert {one.tool for one in seen(tmp_path)} == {"codex"}


def test_no_more_is_looked_at_than_a_real_chain_has(above, tmp_path):
    above("darwin", *[StandIn(f"program{number}", ["x"] * 50) for number in range(1000)])
    environment = read_environment(str(tmp_path))
    assert environment is not None
    assert (len(environment.processes), environment.complete) == (64, False)
    assert max(len(process.command) for process in environment.processes) == 4
