"""What `byline policy` shows, tests, lists and compares."""

import json
import tomllib

import jsonschema
import pytest

POLICY = """\
extends = ["fedora@2025-10"]

[policy]
ai = "deny"

[tools]
codex = "disclose"

[[example]]
name = "denied"
tools = ["claude-code"]
expect = "blocked"

[[example]]
name = "found as in a commit"
trailers = ["Co-Authored-By: Claude <noreply@anthropic.com>"]
expect = "blocked"
"""


@pytest.fixture
def extended(inside):
    inside.commit("Set a policy\n", {"byline.toml": POLICY})
    return inside


def test_help_names_all_of_them(byline):
    out = byline("policy")[1]
    for name in ("check", "show", "test", "presets", "schema", "diff"):
        assert f"\n  {name} " in out
        assert byline("policy", name, "--help")[0] == 0


def test_unknown_subcommand_is_wrong_use(byline):
    assert byline("policy", "chek")[0] == 2


def test_show_gives_each_line_its_origin_and_is_a_policy_again(extended, byline):
    code, out, _ = byline("policy", "show")
    assert code == 0
    rows = {row.partition("#")[0].strip(): row.partition("#")[2].strip() for row in out.splitlines()}
    assert rows['ai = "deny"'] == "byline.toml:4"
    assert rows["since = 2025-10-22"] == "preset fedora@2025-10:9"
    assert rows['default = "block"'] == "default"
    assert tomllib.loads(out)["policy"]["ai"] == "deny"


def test_show_tells_of_the_floor(extended, byline):
    extended.write("floor.toml", '[trailers]\nrequire = ["Signed-off-by"]\n')
    _, out, _ = byline("policy", "show", "--floor", "floor.toml")
    assert '# require = ["Signed-off-by"]' in out
    assert "# floor.toml:2\n" in out
    assert "require" not in tomllib.loads(out)["trailers"]
    extended.git("config", "byline.floor", "floor.toml")
    assert byline("policy", "show")[1] == out


def test_show_escapes_what_a_policy_says(inside, byline):
    inside.write("byline.toml", '[policy]\nname = "\\u001b[2J\\u202e"\n')
    out = byline("policy", "show")[1]
    assert "\x1b" not in out
    assert "\u202e" not in out


def test_examples_that_hold(extended, byline):
    code, out, _ = byline("policy", "test")
    assert code == 0
    assert out.splitlines() == [
        "holds  byline.toml:9  denied: blocked",
        "holds  byline.toml:14  found as in a commit: blocked",
        "2 examples in byline.toml: all hold",
    ]


def test_an_example_that_fails_ends_with_1_and_says_why(extended, byline):
    extended.write("byline.toml", POLICY.replace('claude-code"]\nexpect = "blocked"', 'codex"]\nexpect = "annotated"'))
    code, out, _ = byline("policy", "test")
    assert code == 1
    assert "FAILS  byline.toml:9  denied: expected annotated, was blocked\n" in out
    assert "use of OpenAI Codex is not disclosed" in out
    assert 'byline.toml:7  [tools] codex = "disclose"' in out
    assert "2 examples in byline.toml: 1 failed" in out


def test_a_policy_without_examples_is_told_how_one_looks(inside, byline):
    inside.write("byline.toml", '[policy]\nai = "deny"\n')
    code, out, _ = byline("policy", "test")
    assert code == 0
    tomllib.loads(out.partition("\n\n")[2])


def test_presets_are_listed(byline):
    code, out, _ = byline("policy", "presets")
    assert code == 0
    rows = out.splitlines()
    assert rows[0].split() == ["preset", "as", "of", "grade", "status", "description"]
    assert len([row for row in rows if "@" in row.split("  ")[0]]) == 47
    assert any(row.startswith("qemu-proposed@2026-09 ") and " proposed " in row for row in rows)
    assert any(row.startswith("asf@2026-08 ") and " warns " in row for row in rows)


@pytest.mark.parametrize(("name", "file"), [("linux-kernel", "2026-08"), ("linux-kernel@2026-01", "2025-12")])
def test_a_preset_is_shown_as_it_is_written(byline, name, file):
    code, out, _ = byline("policy", "presets", name)
    assert code == 0
    assert f'extends = ["linux-kernel@{file}"]' in out.splitlines()[2]
    tomllib.loads(out)


def test_an_unknown_preset_is_wrong_use(byline):
    code, _, err = byline("policy", "presets", "linux-kernal")
    assert code == 2
    assert "linux-kernel" in err


@pytest.mark.parametrize("command", ["check", "show", "test"])
def test_a_preset_can_be_looked_at_like_a_file(inside, byline, command):
    code, out, _ = byline("policy", command, "gentoo")
    assert code == 0
    assert "preset gentoo@2024-04" in out
    code, _, err = byline("policy", command, "gentooo")
    assert code == 3
    assert "there is no file gentooo" in err


def test_schema_is_printed_for_editors(byline):
    schema = json.loads(byline("policy", "schema")[1])
    jsonschema.Draft7Validator.check_schema(schema)
    jsonschema.Draft7Validator(schema).validate({"policy": {"ai": "deny"}})


def test_diff_tells_what_would_be_decided_otherwise(judged, byline):
    judged.write("next.toml", '[policy]\nai = "allow"\n[tools]\naider = "deny"\n')
    code, out, _ = byline("policy", "diff", "HEAD:byline.toml", "next.toml")
    assert code == 0
    assert "Add the retry loop\n  HEAD:byline.toml  blocked: Claude Code is denied here\n" in out
    assert "  next.toml         annotated: use of Claude Code is allowed here\n" in out
    assert "Rename" not in out
    assert "1 commit of 3 would be decided otherwise by next.toml than by HEAD:byline.toml\n" in out
    assert "blocked -> annotated" in out


def test_diff_knows_revisions_baselines_and_presets(judged, byline):
    judged.write("next.toml", f'[policy]\nai = "deny"\nbaseline = "{judged.git("rev-parse", "HEAD~1")}"\n')
    out = byline("policy", "diff", "byline.toml", "next.toml")[1]
    assert "blocked -> not judged" in out
    assert "1 commit of 1 " in byline("policy", "diff", "byline.toml", "curl", "HEAD")[1]


def test_diff_of_drafts_tells_what_they_would_come_to(judged, byline):
    for name, ai in (("before", "disclose"), ("after", "allow")):
        judged.write(f"{name}.toml", f'[policy]\nai = "{ai}"\nstatus = "proposed"\n')
    out = byline("policy", "diff", "before.toml", "after.toml")[1]
    assert "warned (blocked if enforced) -> annotated" in out
