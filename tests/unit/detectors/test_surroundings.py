"""What the environment of a commit says: agents, helpers and people, nested, left over, on every system."""

import pytest

from byline.catalogue.load import load_catalogue
from byline.detectors import Detection, prepare
from byline.model import Confidence, Environment, Finding, Mode, Process, Shows
from support.examples import commit

CERTAIN, LIKELY, HINT = Confidence.CERTAIN, Confidence.LIKELY, Confidence.HINT
CLAUDE = {"CLAUDECODE": "1", "CLAUDE_CODE_CHILD_SESSION": "1", "AI_AGENT": "claude-code_2-1-328_agent"}
INIT = Process("systemd", ("/sbin/init",))


@pytest.fixture(scope="module")
def detection() -> Detection:
    return prepare(load_catalogue())


def chain(*names: str) -> tuple[Process, ...]:
    """Programs by name, the nearest first, back to the first of the machine."""
    return (Process("git", ("git", "commit")), *(Process(name[:15], (name,)) for name in names), INIT)


def seen(detection: Detection, variables: dict[str, str], *names: str, complete: bool = True) -> list[Finding]:
    environment = Environment(variables, chain(*names), complete)
    return list(detection.detect(commit(sha=None, message=None, environment=environment)))


def tools(findings: list[Finding]) -> dict[str, Confidence]:
    """Each tool with the surest of what was seen of it."""
    order = (HINT, LIKELY, CERTAIN)
    surest: dict[str, Confidence] = {}
    for finding in findings:
        surest[finding.tool] = max(finding.confidence, surest.get(finding.tool, HINT), key=order.index)
    return surest


def test_a_person_in_a_terminal_is_nobody_s_agent(detection):
    variables = {"TERM_PROGRAM": "cursor", "CURSOR_TRACE_ID": "5b0f", "AIDER_MODEL": "x", "CODEX_HOME": "/home/ada"}
    assert seen(detection, variables, "bash", "cursor") == []
    assert seen(detection, {"TERM_PROGRAM": "WarpTerminal", "AGENT": "1", "AGENT_NAME": "azure"}, "zsh", "warp") == []


def test_an_agent_in_the_terminal_of_an_editor(detection):
    findings = seen(detection, CLAUDE | {"TERM_PROGRAM": "cursor"}, "bash", "claude", "zsh", "cursor")
    assert tools(findings) == {"claude-code": CERTAIN}
    assert {finding.shows for finding in findings} == {Shows.GENERATED}


@pytest.mark.parametrize("above", [("tmux: server",), ("sshd",), ("containerd-shim",), ()])
def test_an_agent_in_tmux_over_ssh_and_in_a_container(detection, above):
    assert tools(seen(detection, CLAUDE, "bash", "claude", "bash", *above)) == {"claude-code": CERTAIN}


def test_variables_in_a_container_count_without_the_agent_s_process(detection):
    assert tools(seen(detection, CLAUDE, "bash")) == {"claude-code": CERTAIN}


def test_what_is_left_over_in_a_terminal_is_a_hint(detection):
    assert tools(seen(detection, CLAUDE, "bash", "tmux: server")) == {"claude-code": HINT}
    assert tools(seen(detection, CLAUDE, "zsh", "Code.exe")) == {"claude-code": HINT}


def test_a_chain_that_is_cut_off_proves_nothing_against_the_variables(detection):
    assert tools(seen(detection, CLAUDE, "bash", "tmux: server", complete=False)) == {"claude-code": CERTAIN}


def test_of_nested_agents_the_nearest_decides_and_all_are_told(detection):
    findings = seen(detection, CLAUDE | {"CODEX_CI": "1"}, "bash", "claude", "bash", "codex")
    assert tools(findings) == {"claude-code": CERTAIN, "codex": HINT}
    findings = seen(detection, {"CLAUDECODE": "1", "CODEX_CI": "1"}, "bash", "codex", "bash", "claude")
    assert tools(findings) == {"claude-code": HINT, "codex": CERTAIN}


def test_nested_agents_of_which_no_process_is_seen_all_count(detection):
    assert tools(seen(detection, CLAUDE | {"CURSOR_AGENT": "1"})) == {"claude-code": CERTAIN, "cursor": CERTAIN}


def test_a_hook_of_the_agent_is_told_from_its_model(detection):
    variables = CLAUDE | {"AI_AGENT": "claude-code_2-1-328_harness"}
    findings = seen(detection, variables, "sh", "claude")
    assert {finding.shows for finding in findings} == {Shows.ASSISTED}
    assert "claude-code.helper" in {finding.mark for finding in findings}


@pytest.mark.parametrize(("value", "mode"), [("0", Mode.UNATTENDED), ("1", Mode.AGENT)])
def test_attended_and_unattended_are_told_apart(detection, value, mode):
    marks = load_catalogue().marks
    (finding,) = seen(detection, {"CLAUDE_CODE_SESSION_ATTENDED": value})
    assert marks[finding.mark].mode is mode


def test_the_editor_that_git_sets_for_its_hooks_says_nothing(detection):
    assert seen(detection, {"GIT_EDITOR": ":"}, "bash") == []
    assert tools(seen(detection, CLAUDE | {"GIT_EDITOR": ":"}, "bash", "claude")) == {"claude-code": CERTAIN}


@pytest.mark.parametrize(
    ("command", "tool"),
    [
        (("claude",), "claude-code"),
        (("C:\\Users\\ada\\AppData\\Local\\claude.exe", "-p"), "claude-code"),
        (("node", "/usr/lib/node_modules/@anthropic-ai/claude-code/cli.js"), "claude-code"),
        (("/usr/bin/node", "--no-warnings", "/opt/npm/bin/codex"), "codex"),
        (("C:\\nodejs\\node.exe", "C:\\npm\\@openai\\codex\\bin\\codex.js"), "codex"),
        (("/Users/ada/.local/bin/cursor-agent",), "cursor"),
        (("python3.12", "/home/ada/.venv/bin/aider"), "aider"),
        (("-claude",), "claude-code"),
    ],
)
def test_programs_on_every_system(detection, command, tool):
    name = command[0].replace("\\", "/").rpartition("/")[2]
    environment = Environment({}, (Process(name, command),), True)
    assert tools(list(detection.detect(commit(sha=None, message=None, environment=environment)))) == {tool: LIKELY}


@pytest.mark.parametrize(
    "command",
    [("/home/ada/claude-notes/run",), ("vim", "claude"), ("grep", "codex"), ("python3", "serve.py", "gemini"), ("",)],
)
def test_other_programs(detection, command):
    environment = Environment({}, (Process(command[0][:15], command),), True)
    assert detection.detect(commit(sha=None, environment=environment)) == ()


def test_only_values_that_the_catalogue_names_are_shown(detection):
    (finding,) = seen(detection, {"CODEX_THREAD_ID": "019edfd5-private"})
    assert finding.text == "CODEX_THREAD_ID is set"


def test_commits_that_are_made_already_have_no_environment(detection, monkeypatch):
    monkeypatch.setenv("CLAUDECODE", "1")
    assert detection.detect(commit()) == ()
