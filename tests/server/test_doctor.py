"""`byline doctor`, run as an administrator would."""

import pytest

from server.administration import byline
from server.gate import POLICY


def test_doctor_finds_nothing_wrong_with_a_good_server(bare):
    byline(bare, "install", "server", "--kind", "plain", "--to", bare.url)
    bare.configure("byline.server", "plain")
    done = byline(bare, "doctor", "--repo", bare.url)
    assert done.returncode == 0, done.stdout
    assert "0 to put right, 0 to think about" in done.stdout


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("byline.floor", "/nonexistent.toml", "/nonexistent.toml cannot be read"),
        ("byline.deadline", "soon", "byline.deadline is 'soon'"),
        ("byline.onError", "allow", "what cannot be checked passes"),
        ("byline.log", "relative.jsonl", "is no absolute path"),
        ("byline.override", "ada", "push options are off"),
    ],
)
def test_doctor_names_a_bad_setting(bare, name, value, words):
    byline(bare, "install", "server", "--kind", "plain", "--to", bare.url)
    bare.configure(name, value)
    done = byline(bare, "doctor", "--repo", bare.url)
    assert words in done.stdout


def test_doctor_misses_a_hook(bare):
    done = byline(bare, "doctor", "--repo", bare.url)
    assert done.returncode == 3
    assert "no hook of this repository starts byline" in done.stdout


def test_doctor_sees_a_hook_that_git_leaves_out(bare):
    byline(bare, "install", "server", "--kind", "plain", "--to", bare.url)
    (bare.server.path / "hooks" / "pre-receive").chmod(0o644)
    done = byline(bare, "doctor", "--repo", bare.url)
    assert done.returncode == 3
    assert "cannot be executed, so git leaves it out" in done.stdout


def test_doctor_sees_a_head_that_leads_nowhere(bare):
    byline(bare, "install", "server", "--kind", "plain", "--to", bare.url)
    bare.server.git("symbolic-ref", "HEAD", "refs/heads/trunk")
    done = byline(bare, "doctor", "--repo", bare.url)
    assert "HEAD names refs/heads/trunk, which does not exist" in done.stdout
    assert "Push trunk, or point HEAD to the default branch: git symbolic-ref HEAD refs/heads/main" in done.stdout


def test_doctor_points_head_to_a_branch_that_is_there(bare):
    bare.server.git("branch", "-m", "main", "devel")
    bare.server.git("symbolic-ref", "HEAD", "refs/heads/trunk")
    assert "git symbolic-ref HEAD refs/heads/devel" in byline(bare, "doctor", "--repo", bare.url).stdout


def test_doctor_of_an_empty_repository_waits_for_the_first_push(open_gate):
    byline(open_gate, "install", "server", "--kind", "plain", "--to", open_gate.url)
    done = byline(open_gate, "doctor", "--repo", open_gate.url)
    assert done.returncode == 0
    assert "there is no commit yet; the default branch is main once it is pushed" in done.stdout
    assert "there is no policy yet: it is read from main once that is pushed" in done.stdout
    assert "symbolic-ref" not in done.stdout


def install_with(gate, policy, *options):
    byline(gate, "install", "server", "--kind", "plain", "--to", gate.url, "--policy", str(policy), *options)
    return policy


@pytest.fixture
def policy(tmp_path):
    """A file outside the repository that holds a policy."""
    file = tmp_path / "policy.toml"
    file.write_text(POLICY)
    file.chmod(0o644)
    return file


def test_doctor_reports_on_the_policy_that_the_hook_names(bare, policy):
    install_with(bare, policy)
    done = byline(bare, "doctor", "--repo", bare.url)
    assert f"good     the policy {policy} can be read (--policy in post-receive, pre-receive)" in done.stdout
    assert "byline.toml" not in done.stdout


def test_doctor_sees_that_the_policy_of_the_hook_is_gone(bare, policy):
    install_with(bare, policy).unlink()
    done = byline(bare, "doctor", "--repo", bare.url)
    assert done.returncode == 3
    assert f"{policy} cannot be read" in done.stdout


def test_doctor_sees_that_others_can_write_the_policy_of_the_hook(bare, policy):
    install_with(bare, policy).chmod(0o666)
    assert f"{policy} can be written by others" in byline(bare, "doctor", "--repo", bare.url).stdout


def test_doctor_sees_hooks_that_judge_by_different_policies(bare, policy):
    byline(bare, "install", "server", "--kind", "plain", "--to", bare.url)
    install_with(bare, policy, "--stage", "pre-receive")
    done = byline(bare, "doctor", "--repo", bare.url)
    assert "the hooks do not judge by the same policy" in done.stdout
    assert f"the policy {policy} can be read (--policy in pre-receive)" in done.stdout
    assert "the policy byline.toml can be read (from main)" in done.stdout


def test_doctor_reads_the_command_line_of_a_hook_that_somebody_wrote(bare, policy):
    bare.hook("pre-receive", f"--policy={policy}")
    assert f"{policy} can be read (--policy in pre-receive)" in byline(bare, "doctor", "--repo", bare.url).stdout
    bare.hook("pre-receive", '--policy "$POLICY"')
    done = byline(bare, "doctor", "--repo", bare.url)
    assert "names a policy that only its shell knows: $POLICY" in done.stdout
    assert "byline.toml can be read" not in done.stdout


def test_doctor_takes_a_file_that_a_setting_names_from_where_the_hook_does(bare):
    byline(bare, "install", "server", "--kind", "plain", "--to", bare.url)
    (bare.server.path / "own.toml").write_text(POLICY)
    bare.configure("byline.policy", "own.toml")
    done = byline(bare, "doctor", "--repo", f"../{bare.server.path.name}")
    assert "the policy own.toml can be read (byline.policy)" in done.stdout
