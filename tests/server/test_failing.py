"""What a server does when it cannot check: it refuses, with one sentence for the pusher and all for the log."""

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from real_git import isolated_environment
from server.gate import EVIL, Gate

STUCK = """#!/bin/sh
for word in "$@"; do
  if [ "$word" = {command} ]; then sleep 60; fi
done
exec {git} "$@"
"""


def with_stuck_git(gate: Gate, command: str) -> None:
    """A git in the hook's PATH that hangs as soon as it is asked for this."""
    import shutil

    folder = gate.server.path.parent / "bin"
    folder.mkdir()
    program = folder / "git"
    program.write_text(STUCK.format(command=command, git=shutil.which("git")))
    program.chmod(0o755)
    gate.hook("pre-receive", environment={"PATH": f"{folder}:{os.environ['PATH']}"})


@pytest.mark.parametrize("command", ["config", "cat-file", "rev-list", "diff-tree"])
def test_a_git_that_hangs_refuses_the_push_within_the_deadline(gate, command):
    with_stuck_git(gate, command)
    gate.configure("byline.deadline", "1")
    sha = gate.client.commit("Fix the parser\n", {"a": "1\n"})
    started = time.monotonic()
    done = gate.push("main")
    assert done.returncode != 0
    assert time.monotonic() - started < 50
    assert not gate.has(sha)
    assert "could not be checked" in done.stderr


def test_the_deadline_is_told_with_advice_and_logged(gate):
    gate.configure("byline.deadline", "0.02")
    gate.client.commit("Fix the parser\n")
    done = gate.push("main")
    assert "this push was not accepted, because it could not be checked" in done.stderr
    assert "the 0.02 seconds for it were over after 0 commits" in done.stderr
    assert "Push it in parts" in done.stderr
    event = gate.last()
    assert (event["outcome"], event["exit"]) == ("unchecked", 3)


def test_no_setting_but_defer_lets_a_push_pass_that_takes_too_long(gate):
    gate.configure("byline.onError", "allow")
    gate.configure("byline.deadline", "0.02")
    sha = gate.client.commit("Fix the parser\n")
    assert gate.push("main").returncode != 0
    assert not gate.has(sha)


def test_a_missing_policy_file_of_the_server_refuses(gate):
    gate.configure("byline.policy", "/nonexistent/policy.toml")
    gate.client.commit("Fix the parser\n")
    done = gate.push("main")
    assert done.returncode != 0
    assert gate.last()["exit"] == 3
    assert "there is no file" in done.stderr or "cannot be read" in done.stderr


@pytest.mark.parametrize(
    ("name", "value"), [("byline.deadline", "soon"), ("byline.flor", "x"), ("byline.onError", "yes")]
)
def test_a_setting_that_makes_no_sense_refuses_and_is_named(gate, name, value):
    gate.configure(name, value)
    gate.client.commit("Fix the parser\n")
    done = gate.push("main")
    assert done.returncode != 0
    assert name.lower() in done.stderr.lower()


def test_no_other_setting_lets_pass_where_one_makes_no_sense(gate):
    gate.configure("byline.onError", "allow")
    gate.configure("byline.flor", "x")
    sha = gate.client.commit("Fix the parser\n")
    assert gate.push("main").returncode != 0
    assert not gate.has(sha)


def test_the_servers_setting_lets_pass_what_could_not_be_checked(gate):
    gate.configure("byline.onError", "allow")
    gate.configure("byline.floor", "/nonexistent/policy.toml")
    sha = gate.client.commit("Fix the parser\n")
    done = gate.push("main")
    assert done.returncode == 0
    assert gate.has(sha)
    assert "passes unchecked" in done.stderr or "pass unchecked" in done.stderr
    assert gate.last()["outcome"] == "unchecked"


def test_a_policy_cannot_loosen_the_server(open_gate):
    open_gate.start('[policy]\nai = "deny"\n\n[enforce]\non-error = "allow"\n')
    open_gate.configure("byline.floor", "/nonexistent/policy.toml")
    open_gate.client.commit("Fix the parser\n")
    assert open_gate.push("main").returncode != 0


def test_a_fault_in_byline_is_one_line_to_the_pusher_and_a_traceback_in_the_log(gate):
    code = "import sys, byline.commands.stages.server as s; s.judge_push = lambda *a: 1 / 0; "
    code += "from byline.cli import main; sys.exit(main(['hook', 'pre-receive']))"
    hook = gate.server.path / "hooks" / "pre-receive"
    hook.write_text(f'#!/bin/sh\nexec {gate.python} -I -c "{code}"\n')
    gate.client.commit("Fix the parser\n")
    done = gate.push("main")
    assert done.returncode != 0
    assert "a fault in byline (ZeroDivisionError)" in done.stderr
    assert "Traceback" not in done.stderr
    assert "Traceback" in gate.last()["record"]
    assert gate.last()["event"] in done.stderr


def test_a_log_that_cannot_be_written_refuses_unless_the_settings_allow_it(gate):
    gate.configure("byline.log", "/proc/decisions.jsonl")
    gate.client.commit("Fix the parser\n")
    done = gate.push("main")
    assert done.returncode != 0
    assert "cannot be written" in done.stderr
    gate.configure("byline.logError", "allow")
    assert gate.push("main").returncode == 0


def test_input_that_is_no_push_is_refused(gate):
    command = [str(gate.python), "-I", "-m", "byline", "hook", "pre-receive"]
    for data in (b"hello\n", b"0 1 refs/heads/main\n", b"\n", b"a" * 200_000):
        done = subprocess.run(
            command, input=data, cwd=gate.server.path, capture_output=True, check=False,
            env=isolated_environment(gate.server.path) | {"GIT_DIR": "."},
        )  # fmt: skip
        assert done.returncode == 3


def test_the_last_line_may_lack_its_newline_and_an_empty_push_passes(gate):
    command = [str(gate.python), "-I", "-m", "byline", "hook", "pre-receive"]
    tip = gate.tip("main")
    for data in (f"{tip} {tip} refs/heads/main".encode(), b""):
        done = subprocess.run(
            command, input=data, cwd=gate.server.path, capture_output=True, check=False,
            env=isolated_environment(gate.server.path) | {"GIT_DIR": "."},
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, b"")


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc to find the processes")
@pytest.mark.parametrize("victim", ["hook", "its git"])
def test_kill_9_at_any_moment_never_lets_a_push_through(gate, victim):
    evil = gate.client.commit(EVIL, {"a.py": "a = 1\n"})
    told = gate.server.path.parent / "pid"
    hook = gate.server.path / "hooks" / "pre-receive"
    hook.write_text(hook.read_text().replace("exec ", f"echo $$ > {told}\nexec ", 1))
    environment = isolated_environment(gate.client.path.parent)
    for moment in range(24):
        told.unlink(missing_ok=True)
        push = subprocess.Popen(
            ["git", "push", "--quiet", "origin", "main"], cwd=gate.client.path, env=environment,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        until = time.monotonic() + 20
        while not (told.exists() and told.read_text().strip()) and time.monotonic() < until:
            time.sleep(0.001)
        pid = int(told.read_text())
        time.sleep(moment * 0.008)
        targets = [pid] if victim == "hook" else _children(pid)
        for target in targets:
            try:
                os.kill(target, signal.SIGKILL)
            except ProcessLookupError:
                continue
        assert push.wait(timeout=60) != 0
        assert not gate.has(evil)
    assert gate.push("main").returncode != 0


def test_a_hook_that_is_killed_costs_at_most_its_own_log_line(gate):
    gate.client.commit("One\n")
    gate.push("main")
    with gate.log.open("a") as log:
        log.write('{"version": 1, "torn')
    gate.client.commit("Two\n")
    assert gate.push("main").returncode == 0
    lines = gate.log.read_text().splitlines()
    assert [line for line in lines if line.endswith("torn")]
    assert sum('"stage": "pre-receive"' in line and line.endswith("}") for line in lines) == 2
