"""What a server makes of the dates of commits: claims, unless the default branch has held the commit."""

from server.gate import EVIL, POLICY, TRAILER, Gate

SINCE = POLICY + "since = 2024-01-01\n"  # commits of these tests say that they are older


def test_what_arrives_after_the_policy_is_judged_whatever_its_date(open_gate: Gate):
    open_gate.start(SINCE)
    evil = open_gate.client.commit(EVIL)
    done = open_gate.push("main")
    assert done.returncode != 0
    assert not open_gate.has(evil)
    told = " ".join(line.removeprefix("remote:").strip() for line in done.stderr.splitlines())
    assert "Its date is before [policy] since = 2024-01-01, but a server goes by the day of the push" in told


def test_what_the_default_branch_held_keeps_its_date_on_a_branch_with_other_rules(open_gate: Gate):
    open_gate.client.commit(EVIL)
    open_gate.start(SINCE + '[[scope]]\nbranches = ["release/*"]\nai = "deny"\n')
    assert open_gate.push("main:refs/heads/release/1").returncode == 0
    assert open_gate.last()["counts"]["annotated"] == 1
    open_gate.client.commit(f"Fix it\n\n{TRAILER}\n")
    assert open_gate.push("main:refs/heads/release/1").returncode != 0
    assert open_gate.push("main:refs/heads/release/2").returncode != 0


def test_the_history_of_a_project_can_be_brought_to_an_empty_server(open_gate: Gate):
    policy = open_gate.client.path.parent / "policy.toml"
    policy.write_text(SINCE)
    open_gate.configure("byline.policy", str(policy))
    open_gate.configure("byline.deadline", "120")
    open_gate.hook("pre-receive")
    old = open_gate.client.commit(EVIL)
    assert open_gate.push("main").returncode == 0
    assert open_gate.has(old)
    open_gate.client.commit(f"Fix it\n\n{TRAILER}\n")
    assert open_gate.push("main").returncode != 0


def test_the_policy_can_have_dates_believed(open_gate: Gate):
    open_gate.start(SINCE + '[evidence]\ndates = "claimed"\n')
    old = open_gate.client.commit(EVIL)
    assert open_gate.push("main").returncode == 0
    assert open_gate.has(old)


def test_old_work_can_be_let_in_by_a_baseline(open_gate: Gate):
    open_gate.start(SINCE)
    old = open_gate.client.commit(EVIL)
    assert open_gate.push("main:refs/heads/feature").returncode != 0
    open_gate.client.git("checkout", "--quiet", "--detach", "main~1")
    lets_in = open_gate.client.commit("Let it in\n", {"byline.toml": f'{SINCE}baseline = ["{old}"]\n'})
    assert open_gate.push(f"{lets_in}:refs/heads/main").returncode == 0
    assert open_gate.push("main:refs/heads/feature").returncode == 0


def test_a_check_that_was_put_off_goes_by_the_push_as_well(open_gate: Gate):
    open_gate.start(SINCE)
    open_gate.configure("byline.deadline", "0.001 defer")
    open_gate.client.commit(EVIL)
    open_gate.push("main")
    assert open_gate.last("post-receive")["counts"]["blocked"] == 1
