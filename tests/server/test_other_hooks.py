"""The hooks beside pre-receive: update, Gerrit's, git's net below all of them."""

import subprocess

import pytest

from server.gate import EVIL, POLICY, Gate, hook_environment

ZERO = "0" * 40


def call(gate: Gate, stage: str, *arguments: str, data: bytes = b"", env=None) -> subprocess.CompletedProcess[str]:
    """Start a hook by hand, as a server does that brings objects in before it asks."""
    command = [str(gate.python), "-I", "-m", "byline", "hook", stage, *arguments]
    return subprocess.run(
        command, input=data.decode(), cwd=gate.server.path, env=hook_environment(gate.server) | (env or {}),
        capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture
def arrived(gate: Gate) -> tuple[Gate, str, str, str]:
    """A server that has the objects of a clean and of a violating commit, and no ref to them."""
    old = gate.tip("main")
    clean = gate.client.commit("Fix the parser\n", {"a": "1\n"})
    evil = gate.client.commit(EVIL)
    pack = gate.client.git_bytes("pack-objects", "--revs", "--stdout", "-q", feed=b"main\n")
    gate.server.git_bytes("index-pack", "--stdin", feed=pack)
    return gate, old, clean, evil


def gerrit(ref: str, old: str, new: str) -> list[str]:
    return [
        "--project", "demo", "--refname", ref, "--uploader", "Ada <ada@example.com>",
        "--uploader-username", "ada", "--oldrev", old, "--newrev", new,
    ]  # fmt: skip


def test_gerrits_ref_update_judges_the_ref(arrived):
    gate, old, clean, evil = arrived
    assert call(gate, "ref-update", *gerrit("refs/heads/main", old, clean)).returncode == 0
    done = call(gate, "ref-update", *gerrit("refs/heads/main", old, evil))
    assert done.returncode == 1
    assert "this push is refused" in done.stderr
    assert gate.last("ref-update")["pusher"] == "ada"
    assert gate.last("ref-update")["pusher_from"] == "--uploader-username"


def test_gerrits_reviews_are_judged_as_their_branch(arrived):
    gate, _, clean, evil = arrived
    options = [*gerrit("refs/for/main%topic=x", ZERO, evil), "--cmdref", "refs/for/main%topic=x"]
    assert call(gate, "ref-update", *options).returncode == 1
    assert call(gate, "ref-update", *gerrit("refs/for/main", ZERO, clean)).returncode == 0


def test_gerrits_short_ref_names_are_branches(arrived):
    gate, old, _, evil = arrived
    assert call(gate, "ref-update", *gerrit("main", old, evil)).returncode == 1


@pytest.mark.parametrize("arguments", [[], ["--refname", "refs/heads/main"], ["--oldrev", "x", "--newrev", "y"]])
def test_gerrit_without_its_options_is_refused(gate, arguments):
    assert call(gate, "ref-update", *arguments).returncode == 3


def test_gitolites_vref_hands_further_words_to_update(arrived):
    gate, old, clean, evil = arrived
    further = (old, clean, "W", "VREF/byline")
    assert call(gate, "update", "refs/heads/main", old, clean, *further).returncode == 0
    assert (
        call(gate, "update", "refs/heads/main", old, evil, *further, env={"GL_USER": "ada", "GL_REPO": "d"}).returncode
        == 1
    )
    assert gate.last("update")["pusher"] == "ada"


def test_update_without_its_words_is_refused(gate):
    assert call(gate, "update", "refs/heads/main").returncode == 3


def test_the_transaction_hook_judges_what_is_no_push(open_gate):
    open_gate.start(POLICY, "reference-transaction")
    old = open_gate.tip("main")
    clean = open_gate.client.commit("Fix the parser\n", {"a": "1\n"})
    evil = open_gate.client.commit(EVIL)
    fetch = open_gate.server.run("fetch", "--quiet", str(open_gate.client.path), f"{evil}:refs/heads/fetched")
    assert fetch.returncode != 0
    assert open_gate.server.run("update-ref", "refs/heads/main", evil).returncode != 0
    assert open_gate.tip("main") == old
    assert open_gate.server.run("update-ref", "refs/heads/main", clean).returncode == 0
    assert open_gate.server.run("update-ref", "refs/keep/x", evil).returncode == 0
    assert open_gate.server.run("update-ref", "-d", "refs/heads/none").returncode == 0


def test_the_transaction_hook_takes_the_refs_own_value_where_git_tells_none(open_gate):
    """`update-ref REF NEW` tells zeros for the old value; what the ref had is not judged again."""
    open_gate.start(POLICY)
    (open_gate.server.path / "hooks" / "pre-receive").unlink()
    open_gate.client.commit(EVIL)
    open_gate.push("main")
    open_gate.hook("reference-transaction")
    clean = open_gate.client.commit("Fix the parser\n", {"a": "1\n"})
    assert open_gate.server.run("fetch", "-q", str(open_gate.client.path), f"{clean}:refs/heads/main").returncode == 0


@pytest.mark.parametrize("state", ["committed", "aborted", "preparing"])
def test_the_transaction_hook_only_speaks_when_it_can_refuse(gate, state):
    assert call(gate, "reference-transaction", state, data=b"whatever\n").returncode == 0


def test_the_post_receive_hook_logs_what_came_in(gate):
    sha = gate.client.commit("One\n")
    gate.push("main", "main:refs/heads/second")
    event = gate.last("post-receive")
    assert event["outcome"] == "accepted"
    assert {(ref["ref"], ref["new"]) for ref in event["refs"]} == {("refs/heads/main", sha), ("refs/heads/second", sha)}
