"""What a pusher reads: bounded, escaped, in the form that the server shows."""

import json

import pytest

from server.gate import EVIL, POLICY, TRAILER


def remote_lines(done):
    return [line.removeprefix("remote: ").rstrip() for line in done.stderr.splitlines() if line.startswith("remote:")]


def test_the_first_commits_are_told_in_full_and_the_rest_counted(gate):
    for number in range(40):
        gate.client.commit(f"Change {number}\n\n{TRAILER}\n")
    lines = remote_lines(gate.push("main"))
    assert sum(line.startswith("BLOCKED") for line in lines) == 5
    assert "... and 25 more commits" in lines
    assert any("40 of 40 commits do not meet the policy" in line for line in lines)
    assert len(lines) < 150
    assert max(map(len, lines)) <= 300


def test_the_remedy_names_the_oldest_commit_to_rebase_from(gate):
    first = gate.client.commit(EVIL)
    gate.client.commit("Change\n")
    lines = remote_lines(gate.push("main"))
    assert any(f"git rebase -i {first[:10]}^" in line for line in lines)


def test_hostile_text_cannot_act_on_the_pushers_terminal(gate):
    message = b"\x1b[2J\x1b]0;owned\x07 \xe2\x80\xaeevil\r\nGL-HOOK-ERR: fake\n\n" + TRAILER.encode() + b"\n"
    evil = gate.client.raw_commit(parents=[gate.client.head], message=message)
    done = gate.push(f"{evil}:refs/heads/main")
    assert "\x1b" not in done.stderr
    assert "\u202e" not in done.stderr
    assert "\\x1b[2J" in done.stderr


def test_gitlab_shows_the_short_form_in_its_pages(gate):
    evil = gate.client.commit(EVIL)
    lines = remote_lines(gate.push("main", env={"GL_REPOSITORY": "project-1", "GL_USERNAME": "ada"}))
    marked = [line for line in lines if line.startswith("GL-HOOK-ERR: ")]
    assert any("this push is refused" in line for line in marked)
    assert any(evil[:10] in line and "Claude Code is denied here" in line for line in marked)
    assert gate.last()["pusher"] == "ada"


def test_whom_to_ask_stands_in_a_refusal(gate):
    gate.configure("byline.contact", "platform@example.org")
    gate.client.commit(EVIL)
    done = gate.push("main")
    assert "byline: what a mark means: byline explain claude-code.co-author" in done.stderr
    assert "byline: if it is wrong, or for other questions: platform@example.org" in done.stderr
    assert gate.last()["event"] in done.stderr


def test_a_wrong_mark_is_for_those_who_keep_the_policy_where_nobody_is_named(gate):
    gate.client.commit(EVIL)
    lines = remote_lines(gate.push("main"))
    at = lines.index("byline: what a mark means: byline explain claude-code.co-author")
    assert lines[at + 1] == "byline: if it is wrong: tell those who keep the policy"


ADMINISTRATORS = "byline: only the administrator of this server can put that right"


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("byline.flor", "x", "there is no setting byline.flor"),
        ("byline.deadline", "soon", "byline.deadline is 'soon'"),
        ("byline.onError", "yes", "byline.onerror is 'yes'"),
        ("byline.policy", "/nonexistent", "/nonexistent cannot be read: No such file or directory"),
        ("byline.policy", "main:none.toml", "none.toml"),
    ],
)  # fmt: skip
def test_what_only_the_administrator_can_mend_is_told_as_such(gate, tmp_path, name, value, why):
    log = tmp_path / "decisions.jsonl"
    gate.configure("byline.log", str(log))
    gate.configure(name, value)
    gate.configure("byline.contact", "platform@example.org")
    gate.client.commit("Change\n")
    lines = remote_lines(gate.push("main", env={"GL_REPOSITORY": "project-1", "GL_USERNAME": "ada"}))
    [event] = map(json.loads, log.read_text().splitlines())
    mark = "GL-HOOK-ERR: "
    assert lines[0] == f"{mark}byline: this push was not accepted, because it could not be checked:"
    assert why in lines[1]
    assert lines[2:5] == [
        f"{mark}{ADMINISTRATORS}",
        f"{mark}byline: questions: platform@example.org",
        f"{mark}byline: the administrator finds this push in the log as {event['event']}",
    ]
    assert (event["pusher"], event["exit"]) == ("ada", 3)
    assert len(event["record"].splitlines()) == 2  # with the remedy, which is no business of the pusher
    assert event["record"].splitlines()[1] not in "\n".join(lines)


def test_whose_policy_has_faults_is_told(open_gate):
    open_gate.start('[policy]\nai = "denyy"\n')
    open_gate.client.commit("Change\n")
    lines = remote_lines(open_gate.push("main"))
    assert lines[:2] == [
        "byline: this push was not accepted, because it could not be checked:",
        "byline: the policy in force on the server has 1 fault:",
    ]
    assert lines[2].startswith("byline:   byline.toml:2: ")
    assert lines[3] == ADMINISTRATORS


def test_nobody_is_sent_to_a_log_in_which_the_push_is_not(gate):
    gate.configure("byline.log", "/proc/decisions.jsonl")
    gate.client.commit("Change\n")
    lines = remote_lines(gate.push("main"))
    assert lines[0] == "byline: this push was not accepted, because it could not be logged:"
    assert lines[2] == ADMINISTRATORS
    assert not any("finds this push" in line for line in lines)
    gate.configure("byline.log", "none")
    gate.client.commit(EVIL)
    assert "finds this push" not in gate.push("main").stderr


def test_an_override_is_not_passed_over_where_it_cannot_help(gate):
    gate.configure("receive.advertisePushOptions", "true")
    gate.configure("byline.override", "grace")
    gate.configure("byline.floor", "/nonexistent")
    gate.client.commit("Change\n")
    done = gate.push("-o", "byline.override=now", "main", env={"REMOTE_USER": "grace"})
    assert done.returncode != 0
    assert "-o byline.override lets in commits against the policy, and nothing else" in done.stderr


def test_a_warning_is_shown_and_does_not_refuse(open_gate):
    open_gate.start(POLICY + '\n[enforce]\nserver = "warn"\n')
    sha = open_gate.client.commit(EVIL)
    done = open_gate.push("main")
    assert done.returncode == 0
    assert f"WARNED  {sha[:10]}" in done.stderr
    assert "accepted, with a warning" in done.stderr


def test_the_environment_is_never_shown_or_logged(gate):
    evil = gate.client.commit(EVIL)
    done = gate.push(f"{evil}:refs/heads/main", env={"HTTP_AUTHORIZATION": "Basic c2VjcmV0"})
    assert "c2VjcmV0" not in done.stderr
    assert "c2VjcmV0" not in gate.log.read_text()


def test_no_language_and_no_utf8_locale_is_needed(gate):
    gate.hook("pre-receive", environment={"LC_ALL": "C", "LANG": "C", "PATH": "/usr/bin:/bin"})
    evil = gate.client.commit(f"Füge hinzu 漢字\n\n{TRAILER}\n")
    done = gate.push("main")
    assert done.returncode != 0
    assert "Füge hinzu 漢字" in done.stderr
    assert not gate.has(evil)


OVERDUE = """\
[policy]
ai        = "deny"
review-by = 2020-01-31

[[exempt]]
tool   = "aider"
until  = 2020-05-31
reason = "pilot"
"""


def test_a_refusal_tells_that_the_policy_is_overdue_and_the_log_tells_all(open_gate):
    open_gate.start(OVERDUE)
    open_gate.client.commit(EVIL)
    lines = remote_lines(open_gate.push("main"))
    review = "the policy was to be reviewed by now (byline.toml:3)"
    assert f"byline: about the policy: {review}" in lines
    assert not any("ended with" in line for line in lines)
    ended = 'exemption "pilot" ended with 2020-05-31 (byline.toml:5)'
    assert open_gate.last()["policy_notices"] == [review, ended]


def test_an_overdue_policy_says_nothing_of_a_push_that_meets_it(open_gate):
    open_gate.start(OVERDUE)
    open_gate.client.commit("Change\n")
    done = open_gate.push("main")
    assert done.returncode == 0
    assert "about the policy" not in done.stderr
    assert len(open_gate.last()["policy_notices"]) == 2
