"""The decision log: whole lines whatever happens, and `byline log` that reads them."""

import json
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from byline.actions.decision_log import Destination, LogError, append, destination
from byline.cli import main
from server.gate import EVIL, TRAILER

APPEND = """
import json, sys
from byline.actions.decision_log import Destination, append
for number in range({number}):
    event = dict(worker=int(sys.argv[1]), number=number, pad="x" * 9000)
    append(Destination("file", {path!r}), json.dumps(event))
"""


def test_many_processes_append_whole_lines_while_the_log_is_rotated(tmp_path, server_python):
    path = tmp_path / "decisions.jsonl"
    script = APPEND.format(number=400, path=str(path))
    workers = [subprocess.Popen([str(server_python), "-I", "-c", script, str(worker)]) for worker in range(6)]
    rotated = []
    while any(worker.poll() is None for worker in workers):
        time.sleep(0.02)
        if path.exists() and len(rotated) < 20:
            rotated.append(tmp_path / f"decisions.{len(rotated)}")
            path.rename(rotated[-1])
    assert all(worker.returncode == 0 for worker in workers)
    events = [json.loads(line) for file in [*rotated, path] if file.exists() for line in file.read_text().splitlines()]
    assert len(rotated) > 2
    assert {(event["worker"], event["number"]) for event in events} == {(w, n) for w in range(6) for n in range(400)}
    assert len(events) == 2400


def test_fifty_pushes_at_once_lose_no_line_and_no_verdict(gate):
    gate.configure("byline.deadline", "600")
    base = gate.client.head
    tree = gate.client.git("rev-parse", "HEAD^{tree}")
    tips = [gate.client.raw_commit(tree, [base], (EVIL if at % 3 == 0 else f"Change {at}\n").encode() + b"\n%d" % at)
            for at in range(50)]  # fmt: skip
    with ThreadPoolExecutor(50) as pool:
        done = list(pool.map(lambda at: gate.push(f"{tips[at]}:refs/heads/b{at}"), range(50)))
    assert [one.returncode != 0 for one in done] == [at % 3 == 0 for at in range(50)]
    logged = {event["refs"][0]["ref"]: event["outcome"] for event in gate.events()}
    assert logged == {f"refs/heads/b{at}": "refused" if at % 3 == 0 else "accepted" for at in range(50)}
    assert len(gate.events()) == 50
    assert len(gate.events("post-receive")) == 33


def test_a_lock_that_is_held_delays_and_does_not_stop(tmp_path):
    import fcntl

    path = tmp_path / "decisions.jsonl"
    path.touch()
    with open(path) as holder:
        fcntl.flock(holder, fcntl.LOCK_EX)
        append(Destination("file", str(path)), "{}")
    assert path.read_text() == "{}\n"


def test_a_relative_log_file_is_refused():
    with pytest.raises(LogError):
        destination("log.jsonl", "/srv/git")


def test_what_the_settings_mean():
    assert destination("", "/srv/git/x.git").path == "/srv/git/x.git/byline/decisions.jsonl"
    assert destination("/var/log/b.jsonl", "/srv").path == "/var/log/b.jsonl"
    assert destination("syslog", "/srv").kind == "syslog"
    assert destination("none", "/srv").kind == "none"


def test_an_event_says_who_pushed_what_and_what_became_of_it(gate):
    gate.configure("receive.advertisePushOptions", "true")
    evil = gate.client.commit(EVIL)
    gate.push("-o", "byline.reason=x", "main", env={"REMOTE_USER": "ada"})
    event = gate.last()
    assert event["version"] == 1
    assert event["pusher"] == "ada"
    assert event["refs"] == [{"ref": "refs/heads/main", "old": gate.tip("main"), "new": evil, "action": "update"}]
    assert (event["outcome"], event["exit"]) == ("refused", 1)
    assert event["commits"][0]["findings"][0]["text"] == TRAILER
    assert event["tools"] == {"claude-code": 1}
    assert len(event["policies"]["byline.toml"]) == 64
    assert 0 < event["seconds"] < 60


def test_an_event_is_bounded_whatever_is_pushed(gate):
    tree = gate.client.git("rev-parse", "HEAD^{tree}")
    tip = gate.client.head
    for number in range(120):
        tip = gate.client.raw_commit(tree, [tip], f"{'x' * 5000} {number}\n\n{TRAILER}\n".encode())
    gate.push(f"{tip}:refs/heads/main")
    event = gate.last()
    assert event["counts"]["blocked"] == 120
    assert len(event["commits"]) + event["commits_left_out"] == 120
    assert len(gate.log.read_bytes().splitlines()[-1]) < 200_000


def test_hostile_text_stays_one_line_of_json(gate):
    message = b"Add \x1b[31m\xff\xe2\x80\xae\n\n" + TRAILER.encode() + b"\n"
    evil = gate.client.raw_commit(parents=[gate.client.head], message=message)
    gate.push(f"{evil}:refs/heads/main")
    raw = gate.log.read_bytes()
    assert b"\x1b" not in raw
    assert gate.last()["commits"][0]["sha"] == evil


@pytest.fixture
def logged(gate):
    """Three pushes: accepted, refused, accepted."""
    gate.client.commit("One\n")
    gate.push("main", env={"REMOTE_USER": "ada"})
    gate.client.commit(EVIL)
    gate.push("main:refs/heads/feature", env={"REMOTE_USER": "bob"})
    gate.push("main~1:refs/heads/old", env={"REMOTE_USER": "ada"})
    return gate


def ask(gate, capsys, *arguments, errors=""):
    code = main(["log", "--repo", str(gate.server.path), "--format", "jsonl", *arguments])
    out, err = capsys.readouterr()
    assert errors in err
    return code, [json.loads(line) for line in out.splitlines()]


@pytest.mark.parametrize(
    ("arguments", "refs"),
    [
        (["--refused"], ["refs/heads/feature"]),
        (["--outcome", "accepted", "--stage", "pre-receive"], ["refs/heads/main", "refs/heads/old"]),
        (["--pusher", "bob"], ["refs/heads/feature"]),
        (["--ref", "old", "--stage", "pre-receive"], ["refs/heads/old"]),
        (["--ref", "refs/heads/main", "--stage", "pre-receive"], ["refs/heads/main"]),
        (["--tool", "claude-code"], ["refs/heads/feature"]),
        (["--since", "2999-01-01"], []),
        (["--until", "2000-01-01"], []),
    ],
    ids=lambda value: " ".join(value) if value and value[0].startswith("--") else None,
)  # fmt: skip
def test_byline_log_filters(logged, capsys, arguments, refs):
    code, events = ask(logged, capsys, *arguments)
    assert code == 0
    assert [event["refs"][0]["ref"] for event in events] == refs


def test_byline_log_finds_a_push_by_commit_and_by_event(logged, capsys):
    refused = next(event for event in logged.events() if event["exit"])
    evil = refused["commits"][0]["sha"]
    assert ask(logged, capsys, "--commit", evil[:12])[1] == [refused]
    assert ask(logged, capsys, "--event", refused["event"])[1] == [refused]


def test_byline_log_tells_people(logged, capsys):
    assert main(["log", "--repo", str(logged.server.path), "--refused"]) == 0
    out = capsys.readouterr().out
    assert "REFUSED" in out
    assert "by bob" in out
    assert "Add the retry loop: Claude Code is denied here" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--since", "2026-13-45"], "2026-13-45 is no day and no moment: month must be in 1..12"),
        (["--until", "2026-11-01T25:00Z"], "2026-11-01T25:00Z is no day and no moment"),
        (["--outcome", "nope"], "overridden"),
        (["--stage", "foo"], "reference-transaction"),
        (["--tool", "claude-cod"], "did you mean claude-code?"),
        (["--commit", "HEAD"], "HEAD is no commit id"),
        (["--event", "last"], "last is no event id"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)  # fmt: skip
def test_byline_log_refuses_conditions_that_make_no_sense(logged, capsys, arguments, said):
    assert ask(logged, capsys, *arguments, errors=said) == (2, [])


def test_byline_log_says_that_nothing_matches(logged, capsys):
    assert ask(logged, capsys, "--tool", "aider", errors="byline: no event matches\n") == (0, [])


def test_a_moment_without_seconds_means_its_beginning(logged, capsys):
    minute = logged.last()["time"][:16] + "Z"
    assert logged.last() in ask(logged, capsys, "--since", minute)[1]
    assert logged.last() not in ask(logged, capsys, "--until", minute)[1]


def test_byline_log_tells_a_reason_of_several_lines_once(gate, capsys):
    gate.client.commit("Break it\n", {"byline.toml": '[policy]\nai = "denyy"\n'})
    gate.push("main")
    assert main(["log", "--repo", str(gate.server.path)]) == 0
    out = capsys.readouterr().out
    assert "\n  the policy that it brings to refs/heads/main has 1 fault:\n    byline.toml:2: " in out
    assert out.count("has 1 fault:") == 1
    assert "\n  | Correct it (" in out
    assert "\\n" not in out


def test_byline_log_reads_on_where_a_setting_makes_no_sense(gate, capsys):
    gate.configure("byline.flor", "x")
    gate.client.commit("One\n")
    gate.push("main")
    code, [event] = ask(gate, capsys, "--refused", errors="there is no setting byline.flor")
    assert (code, event["reason"]) == (0, "there is no setting byline.flor")


def test_byline_log_counts_lines_that_are_no_events(logged, capsys):
    with logged.log.open("a") as log:
        log.write("torn\n")
    code, _ = main(["log", "--repo", str(logged.server.path)]), capsys.readouterr()
    assert code == 3


def test_syslog_takes_the_event(gate):
    gate.configure("byline.log", "syslog")
    gate.client.commit("One\n")
    assert gate.push("main").returncode == 0
    assert not gate.log.exists()
