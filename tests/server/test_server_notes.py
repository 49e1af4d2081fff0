"""Notes that post-receive writes on the commits of a push where the policy asks for them."""

import json
from importlib.resources import files

import jsonschema
import pytest

from server.gate import EVIL

POLICY = '[policy]\nai = "disclose"\n[trailers]\ndisclose = { Assisted-by = "{tool}" }\n[notes]\nserver = true\n'
DISCLOSED = "Add a loop\n\nAssisted-by: Claude Code\n"
REF = "refs/notes/byline"
SCHEMA = json.loads(files("byline.actions").joinpath("schemas/record.schema.json").read_text())


@pytest.fixture
def noting(open_gate):
    """A server whose policy asks for a note on each commit."""
    open_gate.start(POLICY)
    return open_gate


def note(gate, sha: str) -> dict:
    record = json.loads(gate.server.git("notes", f"--ref={REF}", "show", sha))
    jsonschema.validate(record, SCHEMA)
    return record


def noted(gate) -> set[str]:
    return {line.split()[1] for line in gate.server.git("notes", f"--ref={REF}", "list").splitlines()}


def test_each_commit_of_a_push_gets_the_record_that_a_clone_writes(noting):
    clean = noting.client.commit("One\n", {"a": "1\n"})
    disclosed = noting.client.commit(DISCLOSED, {"a": "2\n"})
    assert noting.push("main").returncode == 0
    assert noted(noting) == {clean, disclosed}
    assert (note(noting, clean)["outcome"], note(noting, disclosed)["outcome"]) == ("ok", "annotated")
    assert note(noting, clean)["policy"]["file"] == "byline.toml"
    assert note(noting, clean)["policy"]["blob"] == noting.server.git("rev-parse", "main~2:byline.toml")
    assert noting.last("post-receive")["outcome"] == "accepted"


def test_who_does_not_ask_gets_none(gate):
    gate.client.commit("One\n")
    assert gate.push("main").returncode == 0
    assert gate.tip(REF) == ""


@pytest.mark.parametrize("where", ["setting", "floor"])
def test_the_server_s_own_policy_may_ask(gate, tmp_path, where):
    own = tmp_path / "server.toml"
    own.write_text('[policy]\nai = "allow"\n[notes]\nserver = true\n')
    gate.configure("byline.policy" if where == "setting" else "byline.floor", str(own))
    sha = gate.client.commit("One\n")
    assert gate.push("main").returncode == 0
    assert noted(gate) == {sha}


def test_the_administrator_has_the_last_word(noting):
    noting.configure("byline.notes", "none")
    noting.client.commit("One\n")
    assert noting.push("main").returncode == 0
    assert noting.tip(REF) == ""


def test_another_ref(noting):
    noting.configure("byline.notes", "refs/notes/ai")
    noting.client.commit("One\n")
    noting.push("main")
    assert (noting.tip(REF), bool(noting.tip("refs/notes/ai"))) == ("", True)


def test_a_policy_that_is_being_pushed_asks_for_nothing_yet(gate):
    gate.client.commit("Ask\n", {"byline.toml": '[policy]\nai = "deny"\n[notes]\nserver = true\n'})
    assert gate.push("main").returncode == 0
    assert gate.tip(REF) == ""
    second = gate.client.commit("Two\n")
    gate.push("main")
    assert noted(gate) == {second}


def test_what_a_pusher_noted_of_the_environment_stays(noting):
    sha = noting.client.commit(DISCLOSED, {"a": "1\n"})
    row = {"mark": "claude-code.in-session", "tool": "claude-code", "surface": "environment", "shows": "generated"}
    row |= {"confidence": "certain", "path": None, "line": None, "text": "CLAUDECODE=1"}
    head = {"byline": 1, "outcome": "ok", "reason": "all is well", "rule": None, "findings": [row]}
    text = json.dumps(head | {"policy": None, "by": "somebody"})
    noting.client.git("notes", f"--ref={REF}", "add", "-m", text, sha)
    assert noting.push("main", REF).returncode == 0
    record = note(noting, sha)
    assert (record["outcome"], record["reason"] == "all is well") == ("annotated", False)
    assert record["by"].startswith("byline ")
    assert row in record["findings"]


def test_a_word_by_somebody_else_is_not_touched(noting):
    sha = noting.client.commit("One\n")
    noting.client.git("notes", f"--ref={REF}", "add", "-m", "looked at by Bob", sha)
    assert noting.push("main", REF).returncode == 0
    assert noting.server.git("notes", f"--ref={REF}", "show", sha) == "looked at by Bob"


def test_what_was_refused_is_not_noted(noting):
    noting.client.commit(EVIL)
    assert noting.push("main").returncode != 0
    assert noting.tip(REF) == ""


def test_notes_that_cannot_be_written_lose_no_push_and_are_told_and_logged(noting):
    noting.server.git("update-ref", f"{REF}/in-the-way", "HEAD")
    sha = noting.client.commit("One\n")
    done = noting.push("main")
    assert done.returncode == 0
    assert noting.tip("refs/heads/main") == sha
    assert "the push is in, but not every note on its commits was written" in done.stderr
    event = noting.last("post-receive")
    assert event["outcome"] == "accepted"
    assert "refs/notes/byline" in event["record"]


def test_many_commits_are_noted_in_few_steps(noting):
    commits = "".join(f"commit refs/heads/many\ncommitter A <a@x> {n} +0000\ndata 2\nx\n\n" for n in range(2500))
    noting.client.git("fast-import", "--quiet", feed=commits.encode())
    assert noting.push("many").returncode == 0
    assert len(noted(noting)) == 2500
    assert noting.server.git("rev-list", "--count", REF) == "2"
