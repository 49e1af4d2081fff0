"""What a pusher meets: pushes that are fine, pushes that are not, and what is recorded of both."""

import pytest

from server.gate import EVIL, POLICY, TRAILER


def test_a_clean_push_passes_without_a_word(gate):
    sha = gate.client.commit("Fix the parser\n", {"a.py": "a = 1\n"})
    done = gate.push("main")
    assert done.returncode == 0
    assert "byline" not in done.stderr
    assert gate.tip("main") == sha


def test_a_violating_commit_refuses_the_push_and_says_why_and_what_to_do(gate):
    gate.client.commit("Fix the parser\n", {"a.py": "a = 1\n"})
    sha = gate.client.commit(EVIL, {"b.py": "b = 1\n"})
    done = gate.push("main")
    assert done.returncode != 0
    assert not gate.has(sha)
    assert f"remote: BLOCKED  {sha[:10]}  Add the retry loop" in done.stderr
    assert TRAILER in done.stderr
    assert 'byline.toml:2  [policy] ai = "deny"' in done.stderr
    assert "this push is refused: 1 of 2 commits does not meet the policy (byline.toml)" in done.stderr
    assert "git commit --amend" in done.stderr


def test_each_commit_is_judged_once_however_many_refs_carry_it(gate):
    gate.client.commit("One\n", {"a": "1\n"})
    gate.client.commit("Two\n", {"a": "2\n"})
    gate.client.git("branch", "other")
    gate.client.git("tag", "light")
    gate.client.git("tag", "-a", "-m", "Release", "heavy")
    assert gate.push("main", "other", "light", "heavy", "main:refs/heads/third").returncode == 0
    event = gate.last()
    assert event["counts"]["judged"] == 2
    assert {ref["ref"] for ref in event["refs"]} == {
        "refs/heads/main", "refs/heads/other", "refs/heads/third", "refs/tags/light", "refs/tags/heavy"
    }  # fmt: skip


def test_a_replayed_push_and_a_new_branch_at_an_old_commit_judge_nothing(gate):
    gate.client.commit("One\n", {"a": "1\n"})
    assert gate.push("main").returncode == 0
    assert gate.push("main").returncode == 0  # nothing to push: git starts no hook
    assert gate.push("main:refs/heads/second", "main~1:refs/heads/old").returncode == 0
    assert [event["counts"]["judged"] for event in gate.events()] == [1, 0]


def test_deleting_a_branch_judges_nothing_and_is_logged(gate):
    gate.client.commit("One\n", {"a": "1\n"})
    gate.push("main:refs/heads/second")
    assert gate.push(":second").returncode == 0
    assert gate.last()["refs"][0]["action"] == "delete"
    assert gate.last()["counts"]["judged"] == 0


def test_an_unrelated_history_is_judged_whole(gate):
    gate.client.git("checkout", "--quiet", "--orphan", "other")
    gate.client.commit("Root\n", {"a": "1\n"})
    evil = gate.client.commit(EVIL)
    assert gate.push("other").returncode != 0
    assert gate.last()["counts"] | {"ok": 0} == gate.last()["counts"] | {"judged": 2, "blocked": 1, "ok": 0}
    assert not gate.has(evil)


def test_one_bad_ref_refuses_the_whole_push(gate):
    good = gate.client.commit("One\n", {"a": "1\n"})
    gate.client.git("checkout", "--quiet", "-b", "bad")
    gate.client.commit(EVIL)
    assert gate.push("main", "bad").returncode != 0
    assert not gate.has(good)
    assert gate.push("main").returncode == 0


def test_the_update_hook_refuses_only_the_bad_ref(open_gate):
    open_gate.start(POLICY, "update")
    good = open_gate.client.commit("One\n", {"a": "1\n"})
    open_gate.client.git("checkout", "--quiet", "-b", "bad")
    bad = open_gate.client.commit(EVIL)
    assert open_gate.push("main", "bad").returncode != 0
    assert open_gate.has(good)
    assert not open_gate.has(bad)


def test_with_atomic_the_update_hook_refuses_all(open_gate):
    open_gate.start(POLICY, "update")
    good = open_gate.client.commit("One\n", {"a": "1\n"})
    open_gate.client.git("checkout", "--quiet", "-b", "bad")
    open_gate.client.commit(EVIL)
    assert open_gate.push("--atomic", "main", "bad").returncode != 0
    assert not open_gate.has(good)


def test_push_options_are_recorded_and_grant_nothing(gate):
    gate.configure("receive.advertisePushOptions", "true")
    gate.client.commit("One\n", {"a": "1\n"})
    assert gate.push("-o", "byline.reason=hot fix", "-o", "ci.skip", "main").returncode == 0
    assert gate.last()["push_options"] == ["byline.reason=hot fix", "ci.skip"]
    gate.client.commit(EVIL)
    done = gate.push("-o", "byline.override=please", "main", env={"REMOTE_USER": "mallory"})
    assert done.returncode != 0
    assert "byline: mallory may not overrule the policy: -o byline.override has no effect" in done.stderr
    assert gate.last()["push_options"] == ["byline.override=please"]


def test_the_servers_settings_let_a_named_pusher_overrule_a_refusal(gate):
    gate.configure("receive.advertisePushOptions", "true")
    gate.configure("byline.override", "grace")
    evil = gate.client.commit(EVIL)
    option = ("-o", "byline.override=incident 7")
    assert gate.push(*option, "main", env={"REMOTE_USER": "mallory"}).returncode != 0
    without_reason = gate.push("-o", "byline.override=", "main", env={"REMOTE_USER": "grace"})
    assert "to overrule the policy a reason is needed: -o byline.override=REASON" in without_reason.stderr
    assert gate.push("main", env={"REMOTE_USER": "grace"}).returncode != 0
    assert gate.push(*option, "main", env={"REMOTE_USER": "grace"}).returncode == 0
    assert gate.has(evil)
    assert gate.last()["outcome"] == "overridden"
    assert gate.last()["reason"] == "overruled: incident 7"
    assert gate.last()["counts"]["blocked"] == 1


def test_a_push_that_changes_the_policy_is_judged_by_the_old_one_and_reported(gate):
    gate.client.commit("Allow it\n", {"byline.toml": '[policy]\nai = "allow"\n'})
    gate.client.commit(EVIL)
    done = gate.push("main")
    assert done.returncode != 0
    assert "changes the policy (byline.toml of refs/heads/main)" in done.stderr
    assert gate.push("main~1:main").returncode == 0
    assert gate.last()["policy_changes"] == [{"ref": "refs/heads/main", "file": "byline.toml"}]
    assert gate.push("main").returncode == 0  # the new policy holds from the next push on


def test_the_first_policy_is_told_as_such(open_gate):
    open_gate.start(None)
    open_gate.client.commit("Ban it\n", {"byline.toml": POLICY})
    done = open_gate.push("main")
    assert "this push brings a policy (byline.toml of refs/heads/main) and was judged without one" in done.stderr
    assert "the new one holds from the next push on" in done.stderr
    open_gate.client.commit(EVIL)
    assert open_gate.push("main").returncode != 0


def test_a_policy_that_counts_for_nothing_is_told_as_such(gate, tmp_path):
    (tmp_path / "policy.toml").write_text(POLICY)
    gate.configure("byline.policy", str(tmp_path / "policy.toml"))
    gate.client.commit("Allow it\n", {"byline.toml": '[policy]\nai = "allow"\n'})
    done = gate.push("main")
    said = "this push changes byline.toml of refs/heads/main, and this server judges by a policy of its own"
    assert said in done.stderr
    gate.client.commit(EVIL)
    assert gate.push("main").returncode != 0


def removed(gate, *what):
    """Take the policy file away, and push."""
    gate.client.git("rm", "--quiet", "byline.toml")
    gate.client.git("commit", "--quiet", "-m", "Let it go")
    return gate.push(*what or ("main",)).stderr


REMOVED = "this push removes the policy (byline.toml of refs/heads/main) and was judged by it"


def test_a_policy_that_goes_is_told_as_such(gate):
    assert f"{REMOVED}; marks in later pushes are only noted" in removed(gate)
    assert gate.last()["policy_changes"] == [{"ref": "refs/heads/main", "file": "byline.toml", "removed": True}]
    gate.client.commit(EVIL)
    assert gate.push("main").returncode == 0


def test_a_policy_that_goes_leaves_the_one_of_the_server(gate, tmp_path):
    (tmp_path / "policy.toml").write_text(POLICY)
    gate.configure("byline.default", str(tmp_path / "policy.toml"))
    assert f"{REMOVED}; the server's default policy holds from the next push on" in removed(gate)
    gate.client.commit(EVIL)
    assert gate.push("main").returncode != 0


def test_a_policy_that_goes_leaves_the_floor(gate, tmp_path):
    (tmp_path / "policy.toml").write_text(POLICY)
    gate.configure("byline.floor", str(tmp_path / "policy.toml"))
    assert f"{REMOVED}; only the server's floor holds from the next push on" in removed(gate)
    gate.client.commit(EVIL)
    assert gate.push("main").returncode != 0


def test_a_policy_that_must_be_cannot_go(gate):
    gate.configure("byline.missingPolicy", "refuse")
    said = removed(gate)
    assert "this push is refused: it removes the policy (byline.toml of refs/heads/main)" in said
    assert gate.last()["exit"] == 3
    gate.client.git("reset", "--quiet", "--hard", "HEAD^")
    gate.client.commit("Change\n", {"a": "1\n"})
    assert gate.push("main").returncode == 0  # nobody is locked out


def test_a_branch_whose_own_policy_goes_has_that_of_the_default_branch(gate):
    gate.client.git("checkout", "--quiet", "-b", "feature")
    gate.push("feature")
    said = removed(gate, "feature")
    assert "removes the policy (byline.toml of refs/heads/feature) and was judged by it" in said
    assert "from the next push on that of refs/heads/main holds there" in said
    gate.client.commit(EVIL)
    assert gate.push("feature").returncode != 0


def test_a_policy_that_moves_to_another_file_is_a_change(gate):
    gate.client.git("mv", "byline.toml", ".byline.toml")
    gate.client.git("commit", "--quiet", "-m", "Move it")
    done = gate.push("main")
    assert "changes the policy (byline.toml and .byline.toml of refs/heads/main)" in done.stderr
    assert "the new one holds from the next push on" in done.stderr
    gate.client.commit(EVIL)
    assert gate.push("main").returncode != 0


def test_a_policy_file_that_counted_for_nothing_goes_as_such(gate, tmp_path):
    (tmp_path / "policy.toml").write_text(POLICY)
    gate.configure("byline.policy", str(tmp_path / "policy.toml"))
    said = "this push removes byline.toml of refs/heads/main, and this server judges by a policy of its own"
    assert said in removed(gate)


def test_a_branch_with_any_name_keeps_nobody_out(gate):
    gate.client.commit("One\n")
    for name in ("one\u2028two", "three\x85four", "five"):
        assert gate.push(f"HEAD:refs/heads/{name}").returncode == 0
    assert gate.push("HEAD:refs/heads/six").returncode == 0


def test_a_faulty_policy_does_not_get_in(gate):
    gate.client.commit("Break it\n", {"byline.toml": '[policy]\nai = "denyy"\n'})
    done = gate.push("main")
    assert done.returncode != 0
    said = "remote: byline: this push is refused: the policy that it brings to refs/heads/main has 1 fault:"
    assert said in done.stderr
    assert "remote: byline:   byline.toml:2: " in done.stderr
    assert "byline: Correct it (`byline policy check` finds the same faults)" in done.stderr
    assert gate.last()["exit"] == 3


def test_the_branch_that_holds_the_policy_cannot_be_deleted(gate):
    gate.configure("receive.denyDeleteCurrent", "ignore")
    done = gate.push(":main")
    assert done.returncode != 0
    assert "this push is refused: it deletes refs/heads/main, the branch that holds the policy" in done.stderr
    assert "to put it right: keep it, or have the administrator make another branch the default one" in done.stderr
    assert gate.last()["exit"] == 1


def test_a_repository_without_a_policy_is_told_so(open_gate):
    open_gate.start(None)
    open_gate.client.commit(EVIL)
    done = open_gate.push("main")
    assert done.returncode == 0
    assert "noted marks of Claude Code in 1 commit; there is no policy here, so nothing is judged" in done.stderr
    assert open_gate.last()["policies"] == {}


def test_where_a_policy_must_be_its_absence_refuses(open_gate):
    open_gate.start(None)
    open_gate.configure("byline.missingPolicy", "refuse")
    open_gate.client.commit("One\n")
    assert open_gate.push("main").returncode != 0
    assert open_gate.last()["exit"] == 3


def test_notes_are_not_judged_as_commits_and_other_commits_under_refs_notes_are(gate):
    gate.client.commit("One\n", {"a": "1\n"})
    gate.client.git("notes", "add", "-m", f"Made so\n\n{TRAILER}")
    assert gate.push("main", "refs/notes/*").returncode == 0
    evil = gate.client.commit(EVIL, {"b": "1\n"})
    assert gate.push("HEAD:refs/notes/evil").returncode != 0
    assert not gate.has(evil)


def test_a_shallow_clone_may_push_what_it_made_itself(gate, tmp_path):
    for number in range(3):
        gate.client.commit(f"Change {number}\n")
    gate.push("main")
    shallow = tmp_path / "shallow"
    gate.client.git("clone", "--quiet", "--depth=1", f"file://{gate.server.path}", str(shallow))
    gate.client.path = shallow
    sha = gate.client.commit("On top\n", {"a": "1\n"})
    assert gate.push("main").returncode == 0
    assert gate.tip("main") == sha
    assert gate.last()["counts"]["judged"] == 1
    gate.client.commit(EVIL)
    assert gate.push("main").returncode != 0


@pytest.mark.parametrize("taken", ["true", "false"])
def test_a_shallow_clone_may_not_push_history_without_its_beginning(gate, tmp_path, taken):
    for number in range(3):
        gate.client.commit(f"Change {number}\n")
    gate.configure("receive.shallowUpdate", taken)
    shallow = tmp_path / "shallow"
    gate.client.git("clone", "--quiet", "--depth=1", f"file://{gate.client.path}", str(shallow))
    gate.client.path = shallow
    gate.client.git("remote", "set-url", "origin", gate.url)
    done = gate.push("main:refs/heads/cut")
    assert done.returncode != 0
    assert "comes from a shallow clone" in done.stderr
    assert "git fetch --unshallow" in done.stderr
    assert "git fsck" not in done.stderr


def test_a_sha256_repository_is_judged_alike(tmp_path, server_python):
    from server.gate import Gate

    gate = Gate(tmp_path, server_python, "--object-format=sha256")
    gate.start()
    gate.client.commit("One\n", {"a": "1\n"})
    assert gate.push("main", "main:refs/heads/new").returncode == 0
    assert gate.push(":new").returncode == 0
    gate.client.commit(EVIL)
    assert gate.push("main").returncode != 0
