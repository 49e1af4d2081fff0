"""Pushes that take longer than the deadline, where the server lets them in and checks them afterwards."""

import json

from server.gate import EVIL


def deferring(gate):
    gate.configure("byline.deadline", "0.02 defer")
    return gate


def test_the_push_is_let_in_and_checked_completely_afterwards(gate):
    deferring(gate)
    sha = gate.client.commit("One\n", {"a": "1\n"})
    done = gate.push("main")
    assert done.returncode == 0
    assert "it is checked completely once it is in" in done.stderr
    before, after = gate.last(), gate.last("post-receive")
    assert before["outcome"] == "deferred"
    assert (after["outcome"], after["checks"], after["counts"]["judged"]) == ("accepted", [before["event"]], 1)
    assert gate.has(sha)


def test_a_violation_found_afterwards_is_told_logged_and_noted(gate):
    deferring(gate)
    evil = gate.client.commit(EVIL)
    done = gate.push("main")
    assert done.returncode == 0
    assert f"BLOCKED  {evil[:10]}" in done.stderr
    assert "byline: this push is in, but its commit does not meet the policy (byline.toml)" in done.stderr
    assert "refused" not in done.stderr
    after = gate.last("post-receive")
    assert (after["outcome"], after["exit"]) == ("refused", 1)
    assert json.loads(gate.server.git("notes", "--ref=byline", "show", evil))["outcome"] == "blocked"


def test_without_notes_the_check_is_made_all_the_same(gate):
    deferring(gate)
    gate.configure("byline.notes", "none")
    gate.client.commit(EVIL)
    gate.push("main")
    assert gate.last("post-receive")["outcome"] == "refused"
    assert gate.tip("refs/notes/byline") == ""


def test_the_policy_is_the_one_from_before_the_push(gate):
    deferring(gate)
    gate.client.commit("Allow it\n", {"byline.toml": '[policy]\nai = "allow"\n'})
    evil = gate.client.commit(EVIL)
    gate.push("main")
    commits = gate.last("post-receive")["commits"]
    assert [(one["sha"], one["outcome"]) for one in commits] == [(evil, "blocked")]


def test_a_check_that_never_ended_stays_on_record(gate):
    deferring(gate)
    (gate.server.path / "hooks" / "post-receive").unlink()
    gate.client.commit("One\n")
    gate.push("main")
    assert [path.name for path in (gate.server.path / "byline" / "deferred").iterdir()] == [gate.last()["event"]]


def test_a_record_that_a_power_cut_emptied_stops_no_check(gate):
    deferring(gate)
    folder = gate.server.path / "byline" / "deferred"
    folder.mkdir(parents=True)
    (folder / "1125e870d5c1").touch()
    gate.client.commit(EVIL)
    gate.push("main")
    assert gate.last("post-receive")["outcome"] == "refused"
    assert [path.name for path in folder.iterdir()] == ["1125e870d5c1"]


def test_what_was_let_in_unchecked_does_not_count_as_known_elsewhere(gate):
    deferring(gate)
    (gate.server.path / "hooks" / "post-receive").unlink()
    gate.client.git("checkout", "--quiet", "-b", "large")
    evil = gate.client.commit(EVIL)
    assert gate.push("large").returncode == 0
    gate.server.git("config", "byline.deadline", "30 defer")
    assert gate.push(f"{evil}:refs/heads/other").returncode != 0
    assert gate.push(f"{evil}:refs/heads/main").returncode != 0


def test_a_push_that_is_clean_in_time_is_not_deferred(gate):
    gate.configure("byline.deadline", "30 defer")
    gate.client.commit("One\n")
    gate.push("main")
    assert gate.last()["outcome"] == "accepted"
    assert not (gate.server.path / "byline" / "deferred").exists()
