"""What the policy says, or would say."""

from server.gate import EVIL

LAX = '[policy]\nai = "allow"\n'


def with_a_laxer_policy_in_the_same_push(gate):
    """The policy that comes along must not judge what comes along."""
    gate.client.commit("Allow it\n", {"byline.toml": LAX})
    evil = gate.client.commit(EVIL)
    gate.push("main")
    return [evil]


def with_a_laxer_policy_on_another_ref_of_the_push(gate):
    """One ref brings the policy, the other one what it would allow."""
    gate.client.commit("Allow it\n", {"byline.toml": LAX})
    gate.client.git("branch", "policy")
    evil = gate.client.commit(EVIL)
    gate.push("policy:refs/heads/a", "main:refs/heads/b")
    return [evil]


def with_the_policy_deleted_in_the_same_push(gate):
    """Without a policy nothing would be forbidden."""
    gate.client.commit("Away with it\n", {"byline.toml": None})
    evil = gate.client.commit(EVIL)
    gate.push("main")
    return [evil]


def with_a_second_policy_file(gate):
    """Two policies: if the laxer one won, it would be enough to add it."""
    gate.client.commit("Add one\n", {".byline.toml": LAX, "pyproject.toml": '[tool.byline.policy]\nai = "allow"\n'})
    evil = gate.client.commit(EVIL)
    gate.push("main")
    return [evil]


def onto_a_branch_whose_policy_was_loosened_before(gate):
    """First a branch gets a laxer policy, which is no violation; the next push is judged by that branch's tip."""
    gate.client.git("checkout", "--quiet", "-b", "feature")
    gate.client.commit("Allow it\n", {"byline.toml": LAX})
    assert gate.push("feature").returncode == 0
    evil = gate.client.commit(EVIL)
    gate.push("feature")
    return [evil]


def with_a_faulty_policy(gate):
    """A policy that cannot be read must not mean none."""
    gate.client.commit("Break it\n", {"byline.toml": "[policy\n"})
    evil = gate.client.commit(EVIL)
    gate.push("main")
    return [evil]
