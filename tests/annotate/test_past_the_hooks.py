"""What post-commit says of a commit that an agent made past the other hooks, and where it has no business to."""

import pytest

from integration.clone import Clone, editor

POLICY = '[policy]\nai = "disclose"\n[trailers]\ndisclose = { Assisted-by = "{tool}" }\n'
NOTES = POLICY + "[notes]\ncommit = true\n"
AGENT = {"CLAUDECODE": "1", "GIT_EDITOR": "true"}
PASSED_BY = "byline: this commit got past the hooks; it would have been blocked by the policy in byline.toml"
OUTCOME = '"outcome": "blocked"'


@pytest.fixture(params=[POLICY, NOTES], ids=["plain", "notes"])
def clone(make_clone, request: pytest.FixtureRequest) -> Clone:
    return make_clone(request.param)


def staged(clone: Clone, content: str = "x\n") -> Clone:
    clone.stage({"x.txt": content})
    return clone


def test_an_agent_s_commit_past_the_hooks_is_told(clone):
    ended = staged(clone).attempt("git", "commit", "--quiet", "--no-verify", "-m", "Add x", env=AGENT)
    assert ended.code == 0
    assert PASSED_BY in ended.said
    assert "    seen  environment: CLAUDECODE=1" in ended.said
    assert clone.message == "Add x\n"


def test_amending_it_as_it_is_said_puts_it_right(clone):
    staged(clone).attempt("git", "commit", "--no-verify", "-m", "Add x", env=AGENT)
    ended = clone.attempt("git", "commit", "--quiet", "--amend", "--no-edit", env=AGENT)
    assert (ended.code, PASSED_BY in ended.said) == (0, False)
    assert clone.message == "Add x\n\nAssisted-by: Claude-Code\n"


def test_who_amends_it_past_the_hooks_again_is_told_again(clone):
    staged(clone).attempt("git", "commit", "--no-verify", "-m", "Add x", env=AGENT)
    ended = clone.attempt("git", "commit", "--amend", "--no-verify", "-m", "Add x!", env=AGENT)
    assert PASSED_BY in ended.said


def test_a_person_s_commit_and_a_disclosed_one_are_silent(clone):
    person = staged(clone).attempt("git", "commit", "--quiet", "--no-verify", "-m", "Add x")
    assert person == (0, "", "")
    disclosed = "Add more\n\nAssisted-by: Claude Code"
    staged(clone, "y\n")
    assert clone.attempt("git", "commit", "--quiet", "--no-verify", "-m", disclosed, env=AGENT) == (0, "", "")
    ended = staged(clone, "z\n").attempt("git", "commit", "--quiet", "-m", "Add most", env=AGENT)
    assert (ended.code, PASSED_BY in ended.said) == (0, False)


@pytest.mark.parametrize("conclude", [("git", "commit", "--no-edit"), ("git", "cherry-pick", "--continue")])
def test_whoever_settles_the_conflict_of_a_pick_did_not_make_the_commit(clone, conclude):
    clone.git("checkout", "--quiet", "-b", "side")
    clone.commit("By a person\n", {"x.txt": "s\n"})
    clone.git("checkout", "--quiet", "main")
    clone.commit("Go on\n", {"x.txt": "m\n"})
    assert clone.attempt("git", "cherry-pick", "side", env=AGENT).code == 1
    ended = staged(clone, "both\n").attempt(*conclude, env=AGENT)
    assert (ended.code, PASSED_BY in ended.said) == (0, False)
    assert "Assisted-by" not in clone.message
    assert OUTCOME not in clone.attempt("git", "log", "-1", "--notes=byline").out


def test_a_policy_that_does_not_look_at_the_environment_does_not_do_so_afterwards(make_clone):
    clone = make_clone(POLICY + "[evidence]\nenvironment = false\n")
    assert staged(clone).attempt("git", "commit", "--quiet", "--no-verify", "-m", "Add x", env=AGENT) == (0, "", "")


def test_in_an_editor_too(clone, tmp_path):
    env = AGENT | editor(tmp_path, "Add x\n")
    ended = staged(clone).attempt("git", "commit", "--quiet", "--no-verify", env=env)
    assert ended.code == 0
    assert (PASSED_BY in ended.said) == ("Assisted-by" not in clone.message)
