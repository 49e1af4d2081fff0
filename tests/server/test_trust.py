"""Whose policy counts."""

import pytest

from server.gate import EVIL, POLICY

LAX = '[policy]\nai = "allow"\n'


@pytest.fixture
def policy_file(tmp_path):
    path = tmp_path / "policy.toml"
    path.write_text(POLICY)
    return path


def test_the_servers_policy_beats_the_repositorys(open_gate, policy_file):
    open_gate.start(LAX)
    open_gate.configure("byline.policy", str(policy_file))
    open_gate.client.commit(EVIL)
    assert open_gate.push("main").returncode != 0
    assert list(open_gate.last()["policies"]) == [str(policy_file)]


def test_the_policy_on_the_hooks_own_command_line_beats_all(open_gate, policy_file, tmp_path):
    lax = tmp_path / "lax.toml"
    lax.write_text(LAX)
    open_gate.start(LAX, option=f"--policy {policy_file}")
    open_gate.configure("byline.policy", str(lax))
    open_gate.client.commit(EVIL)
    assert open_gate.push("main").returncode != 0


def test_a_variable_counts_only_if_the_settings_name_it(open_gate, policy_file):
    open_gate.start(LAX)
    open_gate.hook("pre-receive", environment={"ACME_POLICY": str(policy_file)})
    evil = open_gate.client.commit(EVIL)
    assert open_gate.push("main:refs/heads/before").returncode == 0
    open_gate.configure("byline.policyVariable", "ACME_POLICY")
    assert open_gate.push("main").returncode != 0
    assert open_gate.tip("main") != evil


def test_a_floor_can_be_tightened_and_not_lowered(open_gate, policy_file):
    open_gate.start(LAX)
    open_gate.configure("byline.floor", str(policy_file))
    open_gate.client.commit(EVIL)
    assert open_gate.push("main").returncode != 0
    policy_file.write_text(LAX)
    open_gate.server.git("update-ref", "-d", "refs/heads/other")
    assert open_gate.push("main").returncode == 0
    open_gate.client.commit("Deny it\n", {"byline.toml": POLICY})
    open_gate.push("main")
    open_gate.client.commit(EVIL)
    assert open_gate.push("main").returncode != 0


def test_a_repository_without_a_policy_gets_the_servers_default(open_gate, policy_file):
    open_gate.start(None)
    open_gate.configure("byline.default", str(policy_file))
    open_gate.client.commit(EVIL)
    assert open_gate.push("main").returncode != 0


def test_the_default_gives_way_to_the_repositorys_own(open_gate, policy_file):
    open_gate.start(LAX)
    open_gate.configure("byline.default", str(policy_file))
    open_gate.client.commit(EVIL)
    assert open_gate.push("main").returncode == 0


def test_the_servers_policy_can_be_a_file_of_a_branch_as_it_is_before_the_push(open_gate):
    open_gate.start(POLICY)
    open_gate.configure("byline.policy", "main:byline.toml")
    open_gate.client.commit("Allow it\n", {"byline.toml": LAX})
    open_gate.client.commit(EVIL)
    assert open_gate.push("main").returncode != 0


def test_another_branch_can_tighten_the_default_branchs_policy(open_gate):
    open_gate.start(LAX)
    open_gate.client.git("checkout", "--quiet", "-b", "strict")
    open_gate.client.commit("Deny it here\n", {"byline.toml": POLICY})
    assert open_gate.push("strict").returncode == 0
    evil = open_gate.client.commit(EVIL)
    assert open_gate.push("strict").returncode != 0
    assert open_gate.push(f"{evil}:refs/heads/main").returncode == 0


def test_a_branch_goes_its_own_way_only_if_the_settings_say_so(gate):
    gate.client.git("checkout", "--quiet", "-b", "lab")
    gate.client.commit("Allow it here\n", {"byline.toml": LAX})
    gate.push("lab")
    evil = gate.client.commit(EVIL)
    assert gate.push("lab").returncode != 0
    gate.configure("byline.branchPolicies", "own")
    assert gate.push("lab").returncode == 0
    assert gate.push(f"{evil}:refs/heads/main").returncode != 0
    assert gate.push(f"{evil}:refs/heads/other").returncode != 0


def test_system_settings_count_and_the_repositorys_come_after(open_gate, policy_file, tmp_path):
    from byline.repository.server_settings import server_settings

    entries = [("policy", "/etc/byline.toml"), ("deadline", "3"), ("policy", str(policy_file)), ("exclude", "refs/x/*")]
    settings = server_settings(entries)
    assert (settings.policy, settings.deadline, settings.exclude) == (str(policy_file), 3.0, ("refs/x/*",))


def test_the_pusher_is_recorded_and_usable_in_a_scope(open_gate):
    scope = '\n[[exempt]]\npushers = ["bot"]\nreason = "imports"\n'
    open_gate.start(POLICY + scope)
    open_gate.client.commit(EVIL)
    assert open_gate.push("main", env={"REMOTE_USER": "mallory"}).returncode != 0
    assert (open_gate.last()["pusher"], open_gate.last()["pusher_from"]) == ("mallory", "REMOTE_USER")
    assert open_gate.push("main", env={"REMOTE_USER": "bot"}).returncode == 0


def test_excluded_refs_are_not_judged_and_count_for_nothing(gate):
    gate.configure("byline.exclude", "refs/heads/import/*")
    evil = gate.client.commit(EVIL)
    assert gate.push("main:refs/heads/import/x").returncode == 0
    assert gate.last()["refs"][0]["action"] == "skip"
    assert gate.push(f"{evil}:refs/heads/new").returncode != 0


def test_a_branch_that_merges_main_is_not_judged_again_on_what_main_has(gate):
    gate.push("main:refs/heads/feature")
    for number in range(3):
        gate.client.commit(f"Change {number}\n", {"a": f"{number}\n"})
    gate.push("main")
    assert gate.push("main:refs/heads/feature").returncode == 0
    assert gate.last()["counts"]["judged"] == 0


def test_a_branch_may_keep_the_tools_that_the_default_branch_defines(open_gate):
    """Both policies define the same tool: the branch's copy must not read as a second tool of that name."""
    define = (
        '\n[define.acme-bot]\nname = "Acme Bot"\nvendor = "acme"\nhosting = "internal"\nmodes = ["agent"]\n'
        '[[define.acme-bot.mark]]\nid = "acme-bot.trailer"\nsurface = "trailer"\nkey = "Acme-Bot"\nany-value = true\n'
        'confidence = "certain"\nshows = "generated"\nmatches = ["Acme-Bot: 3"]\nignores = ["Acme: 3"]\n'
    )
    open_gate.start(POLICY + define)
    open_gate.client.git("checkout", "--quiet", "-b", "strict")
    own = POLICY + '\n[trailers]\nrequire = ["Signed-off-by"]\n' + define
    open_gate.client.commit("Ask for more here\n\nSigned-off-by: Ada <ada@example.com>\n", {"byline.toml": own})
    done = open_gate.push("strict")
    assert done.returncode == 0, done.stderr
    open_gate.client.commit("Not signed off\n")
    assert open_gate.push("strict").returncode != 0
    assert open_gate.last()["outcome"] == "refused"
    open_gate.client.git("reset", "--quiet", "--hard", "HEAD~1")
    open_gate.client.commit("Made by it\n\nAcme-Bot: 3\nSigned-off-by: Ada <ada@example.com>\n")
    assert open_gate.push("strict").returncode != 0
    assert open_gate.last()["tools"] == {"acme-bot": 1}
