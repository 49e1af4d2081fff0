import pytest

from byline.commands.policy_source import find_policy_text
from byline.errors import UnknownRevision, UnreadableInput

LENIENT = b'[policy]\nai = "allow"\n'
STRICT = b'[policy]\nai = "deny"\n'


def test_the_working_tree_s_own_policy_counts(inside):
    inside.write("byline.toml", STRICT)
    found = find_policy_text(inside.opened, None)
    assert (found.file, found.data) == ("byline.toml", STRICT)


def test_a_bare_repository_s_policy_is_that_of_head(inside, tmp_path):
    inside.commit("Set a policy", {".byline.toml": STRICT})
    inside.git("clone", "-q", "--bare", ".", str(tmp_path / "bare.git"))
    bare = type(inside)(tmp_path / "bare.git")
    found = find_policy_text(bare.opened, None)
    assert (found.file, found.data) == (".byline.toml", STRICT)


def test_no_policy_is_none(inside):
    assert find_policy_text(inside.opened, None) is None
    assert find_policy_text(None, None) is None


def test_a_policy_of_a_revision_is_read_from_the_object_store(inside):
    inside.commit("Set a policy", {"byline.toml": STRICT})
    inside.write("byline.toml", LENIENT)
    assert find_policy_text(inside.opened, "HEAD:byline.toml").data == STRICT


def test_a_file_that_poses_as_a_revision_is_never_read(inside):
    inside.commit("Set a policy", {"byline.toml": STRICT, "main:byline.toml": LENIENT, "refs/x:byline.toml": LENIENT})
    assert find_policy_text(inside.opened, "main:byline.toml").data == STRICT
    with pytest.raises(UnknownRevision):
        find_policy_text(inside.opened, "refs/x:byline.toml")


@pytest.mark.parametrize("spelling", ["./a:b.toml", "{}/a:b.toml"])
def test_a_file_with_a_colon_can_still_be_named_as_a_path(inside, spelling):
    inside.write("a:b.toml", LENIENT)
    assert find_policy_text(inside.opened, spelling.format(inside.path)).data == LENIENT


def test_a_revision_without_a_repository_is_one_sentence():
    with pytest.raises(UnreadableInput, match="there is no repository here"):
        find_policy_text(None, "main:byline.toml")


def test_what_a_policy_extends_is_read_beside_it(inside):
    inside.commit("Set a policy", {"base.toml": STRICT})
    inside.write("other/policy.toml", LENIENT)
    inside.write("other/base.toml", LENIENT)
    assert find_policy_text(inside.opened, "HEAD:base.toml").read("base.toml") == STRICT
    assert find_policy_text(inside.opened, "other/policy.toml").read("base.toml") == LENIENT
    assert find_policy_text(inside.opened, "other/policy.toml").read("missing.toml") is None
