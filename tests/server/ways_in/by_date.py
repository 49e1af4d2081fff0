"""What a commit says of the day on which it was made."""

from server.gate import EVIL, POLICY, Gate

SINCE = "since = 2024-01-01\n"
BEFORE = "2020-05-17T12:00:00Z"


def _dated(gate: Gate, day: str) -> str:
    """A violating commit that claims to be of this day, as author and as committer."""
    gate.client.write("a", f"{day}\n")
    gate.client.git("add", ".")
    env = {"GIT_AUTHOR_DATE": day, "GIT_COMMITTER_DATE": day}
    gate.client.git("commit", "--quiet", "-F", "-", feed=EVIL.encode(), env=env)
    return gate.client.head


def _put_in_force(gate: Gate, policy: str) -> None:
    gate.client.commit("Say since when\n", {"byline.toml": policy})
    gate.push("main")


def with_dates_from_before_the_policy(gate):
    """What is older than the policy is not judged by it."""
    _put_in_force(gate, POLICY + SINCE)
    evil = _dated(gate, BEFORE)
    gate.push("main:feature")
    gate.push("main")
    return [evil]


def with_old_dates_through_a_laxer_branch(gate):
    """What the server holds already is not new to it, so that it might have been there for long."""
    _put_in_force(gate, f'{POLICY}{SINCE}[[scope]]\nbranches = ["scratch"]\nai = "allow"\n')
    evil = _dated(gate, BEFORE)
    assert gate.push("main:refs/heads/scratch").returncode == 0
    gate.push("main:refs/heads/feature")
    gate.push("main")
    gate.push(":scratch")
    return [evil]


def with_a_date_within_an_exemption_that_ended(gate):
    """An exemption holds for what was made while it held."""
    _put_in_force(gate, f'{POLICY}[[exempt]]\ntool = "claude-code"\nuntil = 2020-12-31\nreason = "pilot"\n')
    evil = _dated(gate, BEFORE)
    gate.push("main")
    return [evil]


def with_a_date_from_the_future(gate):
    """A scope that ends one day has ended for what is made later."""
    _put_in_force(gate, '[policy]\nai = "allow"\n[[scope]]\nuntil = 2090-12-31\nai = "deny"\n')
    evil = _dated(gate, "2095-01-01T12:00:00Z")
    gate.push("main")
    return [evil]
