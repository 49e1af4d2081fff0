"""What a policy judges by beyond marks is found and counted: sizes, texts in the diff, dates, its own tools."""

import json

import pytest

CLAUDE = "Co-Authored-By: Claude <noreply@anthropic.com>"
LIMITS = '[policy]\nai = "allow"\n[limits]\nmax-lines = 3\n'
SMALL_IS_FREE = '[policy]\nai = "deny"\n[[scope]]\nmax-lines = 3\nai = "allow"\n'
MARKERS = '[markers]\ndiff = ["do NOT submit", "Größe"]\nmessage = ["canary"]\npaths = [".claude/**"]\n'


def outcomes(out: str) -> dict[str, str]:
    return {commit["subject"]: commit["outcome"] for commit in map(json.loads, out.splitlines())}


@pytest.mark.parametrize("policy", [LIMITS, SMALL_IS_FREE])
def test_size_of_commits_in_history(inside, byline, policy):
    inside.commit("Set a policy\n", {"byline.toml": policy})
    inside.commit(f"Small\n\n{CLAUDE}\n", {"a.txt": "1\n2\n3\n"})
    inside.commit(f"Large\n\n{CLAUDE}\n", {"a.txt": "1\n2\n3\n4\n5\n6\n7\n"})
    inside.commit(f"Large in text declared binary\n\n{CLAUDE}\n", {".gitattributes": "*.c -diff\n", "b.c": "x\n" * 4})
    inside.commit(f"Picture\n\n{CLAUDE}\n", {"c.png": b"\0\n\n\n\n\n\n"})
    inside.commit("Large by people\n", {"d.txt": "x\n" * 9})
    assert outcomes(byline("check", "--format", "jsonl")[1]) == {
        "Large by people": "ok",
        "Picture": "annotated",
        "Large in text declared binary": "blocked",
        "Large": "blocked",
        "Small": "annotated",
        "Set a policy": "ok",
    }


def test_renames_and_merges_add_what_was_edited_in_them(inside, byline):
    inside.commit("Set a policy\n", {"byline.toml": LIMITS, "long.txt": "".join(f"{n}\n" for n in range(50))})
    inside.git("mv", "long.txt", "renamed.txt")
    inside.commit(f"Rename\n\n{CLAUDE}\n")
    inside.git("checkout", "-q", "-b", "side")
    inside.commit("Side\n", {"side.txt": "x\n" * 40})
    inside.git("checkout", "-q", "main")
    inside.commit("Main\n", {"main.txt": "x\n" * 40})
    inside.git("merge", "-q", "--no-commit", "side")
    inside.commit(f"Merge\n\n{CLAUDE}\n")
    merged = outcomes(byline("check", "--format", "jsonl")[1])
    assert (merged["Rename"], merged["Merge"]) == ("annotated", "annotated")
    inside.git("checkout", "-q", "-b", "evil", "HEAD^1")
    inside.git("merge", "-q", "--no-commit", "side")
    inside.commit(f"Evil merge\n\n{CLAUDE}\n", {"side.txt": "x\n" * 40 + "y\n" * 9})
    assert outcomes(byline("check", "--format", "jsonl")[1])["Evil merge"] == "blocked"


@pytest.mark.parametrize("policy", [LIMITS, SMALL_IS_FREE])
def test_size_of_what_is_staged_and_of_a_patch(inside, byline, policy):
    inside.commit("Set a policy\n", {"byline.toml": policy})
    inside.write("message", f"Large\n\n{CLAUDE}\n")
    inside.write("a.txt", "x\n" * 3)
    inside.git("add", "a.txt")
    assert byline("check", "--staged", "--message", "message")[0] == 0
    inside.write("a.txt", "x\n" * 4)
    inside.git("add", "a.txt")
    assert byline("check", "--staged", "--message", "message")[0] == 1
    inside.git("commit", "-q", "-F", "message")
    inside.write("large.patch", inside.git_bytes("format-patch", "--stdout", "-1"))
    assert byline("check", "--patch", "large.patch")[0] == 1


def test_first_commit_has_a_size(inside, byline):
    inside.write("byline.toml", LIMITS)
    inside.write("message", f"First\n\n{CLAUDE}\n")
    inside.write("a.txt", "x\n" * 4)
    inside.git("add", "a.txt")
    assert byline("check", "--staged", "--message", "message")[0] == 1


def test_marker_texts_are_found_wherever_lines_are_added(inside, byline):
    inside.commit("Set a policy\n", {"byline.toml": MARKERS, "old.txt": "DO NOT SUBMIT\n"})
    inside.commit("Text\n", {"a.txt": "one\n  Do not submit!\n"})
    inside.commit("Umlaut\n", {"b.txt": "GRÖSSE is not it\nGRÖßE neither, größe is\n"})
    inside.commit("Moved\n", {"old.txt": None, "new.txt": "DO NOT SUBMIT\n"})
    inside.commit("Add a Canary\n")
    inside.commit("Setup\n", {".claude/x": "{}"})
    assert outcomes(byline("check", "HEAD~5..", "--format", "jsonl")[1]) == {
        "Setup": "blocked",
        "Add a Canary": "blocked",
        "Moved": "ok",
        "Umlaut": "blocked",
        "Text": "blocked",
    }
    assert '"do NOT submit" is added in a.txt, line 2' in byline("check", "HEAD~4")[1]
    inside.write("text.patch", inside.git_bytes("format-patch", "--stdout", "-1", "HEAD~4"))
    assert byline("check", "--patch", "text.patch")[0] == 1


def test_a_floor_s_limits_and_markers_are_looked_for(inside, byline):
    from byline.commands.judge import judge_by
    from byline.commands.policy_source import PolicyText

    own = PolicyText("byline.toml", b'[policy]\nai = "allow"\n', lambda _name: None)
    floor = PolicyText("floor.toml", (LIMITS + MARKERS).encode(), lambda _name: None)
    search = judge_by(own, floor).detection.search
    assert search.sizes
    assert search.lines(b"please do not submit")
    assert not judge_by(own).detection.search.sizes


DATED = '[policy]\nai = "allow"\n[[scope]]\nfrom = 2020-01-01\nuntil = {}\nai = "deny"\n'


@pytest.mark.parametrize(("until", "code"), [("2021-01-01", 0), ("2999-01-01", 1)])
def test_what_is_not_committed_yet_is_judged_as_made_now(inside, byline, until, code):
    inside.commit("Set a policy\n", {"byline.toml": DATED.format(until)})
    inside.write("message", f"Add x\n\n{CLAUDE}\n")
    assert byline("check", "--message", "message")[0] == code
    assert byline("check", "--staged", "--message", "message")[0] == code
    inside.write("x.diff", "--- a/x\n+++ b/x\n@@ -0,0 +1 @@\n+:contentReference[oaicite:0]{index=0}\n")
    assert byline("check", "--patch", "x.diff")[0] == code


DEFINES = """\
[policy]
ai = "deny"
[define.house-bot]
name = "House Bot"
hosting = "internal"
match = ["Assisted-by: house-bot*", "author: *@bots.example"]
"""


def test_own_tools_are_found_by_the_short_form(inside, byline):
    inside.commit("Set a policy\n", {"byline.toml": DEFINES})
    inside.commit("Add x\n\nAssisted-by: house-bot 7b\n")
    assert "House Bot is denied here" in byline("check", "HEAD")[1]
    assert "house-bot.match-1" in byline("scan")[1]


def test_faults_of_own_tools_and_of_the_policy_are_told_together(inside, byline):
    faulty = (
        DEFINES.replace("internal", "moon").replace("deny", "denny").replace('"author: *@bots.example"', '"author"')
    )
    inside.commit("Set a policy\n", {"byline.toml": faulty})
    code, _, err = byline("check")
    assert code == 3
    for place in ("byline.toml:2: ", "byline.toml:5: ", "byline.toml:6: "):
        assert place in err


def test_the_policy_s_own_dates_are_told_once(inside, byline):
    inside.commit("Set a policy\n", {"byline.toml": '[policy]\nai = "deny"\nreview-by = 2020-01-01\n'})
    inside.commit(f"Add x\n\n{CLAUDE}\n")
    _, out, err = byline("check")
    assert err == "byline: the policy was to be reviewed by now (byline.toml:3)\n"
    assert "reviewed" not in out
    inside.write("message", f"Add y\n\n{CLAUDE}\n")
    assert byline("hook", "commit-msg", "message")[2].count("to be reviewed by now (byline.toml:3)") == 1
    inside.write("message", "Add y\n")
    assert byline("hook", "commit-msg", "message")[2] == ""
