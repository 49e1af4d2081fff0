import io
import json
import sys
from types import SimpleNamespace

import pytest

from real_git import RealRepository

from .conftest import AIDER, CLAUDE


def subjects(jsonl: str) -> list[str]:
    return [json.loads(line)["subject"] for line in jsonl.splitlines()]


def outcomes(jsonl: str) -> list[str]:
    return [json.loads(line)["outcome"] for line in jsonl.splitlines()]


def test_check_judges_the_whole_history_of_head_newest_first(judged, byline):
    code, out, err = byline("check", "--format", "jsonl")
    assert code == 1
    assert subjects(out) == ["Rename a variable", "Add the retry loop", "Set a policy"]
    assert outcomes(out) == ["blocked", "blocked", "ok"]
    assert err == ""


def test_scan_finds_the_same_marks_and_forbids_nothing(judged, byline):
    code, out, _ = byline("scan", "--format", "jsonl")
    assert code == 0
    found = [json.loads(line)["findings"] for line in out.splitlines()]
    assert [[item["tool"] for item in items] for items in found] == [["aider"], ["claude-code"], []]


@pytest.mark.parametrize(
    ("revisions", "expected"),
    [
        (["HEAD"], ["Rename a variable"]),
        (["HEAD~2..HEAD~1"], ["Add the retry loop"]),
        (["HEAD", "HEAD~2"], ["Rename a variable", "Set a policy"]),
        (["--all"], ["Aside", "Rename a variable", "Add the retry loop", "Set a policy"]),
    ],
)
def test_revisions(judged, byline, revisions, expected):
    judged.git("checkout", "-q", "-b", "aside")
    judged.commit("Aside\n")
    judged.git("checkout", "-q", "main")
    assert subjects(byline("scan", *revisions, "--format", "jsonl")[1]) == expected


def test_ids_on_standard_input_are_taken_one_by_one(judged, byline, monkeypatch):
    ids = [judged.head, judged.git("rev-parse", "HEAD~2")]
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO("\n".join(ids).upper().encode() + b"\n\n")))
    code, out, _ = byline("check", "--stdin", "--format", "jsonl")
    assert code == 1
    assert [json.loads(line)["sha"] for line in out.splitlines()] == ids


def test_standard_input_takes_full_ids_only(judged, byline, monkeypatch):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(f"{judged.head}\n--all\n".encode())))
    code, _, err = byline("check", "--stdin")
    assert code == 3
    assert "line 2 of standard input is not a full commit id: --all" in err


def test_staged_changes_are_judged_without_a_message_or_with_one(judged, byline):
    judged.write("new.py", "x = 1\n")
    judged.git("add", "new.py")
    assert byline("check", "--staged")[0] == 0
    judged.write("draft", f"Add x\n\n{CLAUDE}\n")
    code, out, _ = byline("check", "--staged", "--message", "draft")
    assert code == 1
    assert out.startswith("BLOCKED  this commit  Add x\n")


def test_a_message_alone_needs_no_repository(byline, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "message").write_text(f"Add x\n\n{CLAUDE}\n")
    code, out, _ = byline("scan", "--message", "message")
    assert code == 0
    assert f"message line 3: {CLAUDE}" in out


def test_a_patch_is_judged_by_the_policy_that_is_named(judged, byline, tmp_path, monkeypatch):
    mails = judged.git_bytes("format-patch", "--stdout", "-2")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    (elsewhere / "series.mbox").write_bytes(mails)
    policy = str(judged.path / "byline.toml")
    code, out, _ = byline("check", "--patch", "series.mbox", "--policy", policy, "--format", "jsonl")
    assert code == 1
    assert outcomes(out) == ["blocked", "blocked"]


def test_a_patch_on_standard_input(judged, byline, monkeypatch):
    mails = judged.git_bytes("format-patch", "--stdout", "-1")
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(mails)))
    assert AIDER.split(": ")[1] in byline("scan", "--patch", "-")[1]


@pytest.mark.parametrize("option", ["--patch", "--message", "--policy"])
def test_a_file_that_is_not_there_is_named(judged, byline, option):
    code, _, err = byline("check", option, "missing.txt")
    assert code == 3
    assert "missing.txt" in err
    assert len(err.splitlines()) == 2


@pytest.mark.parametrize(("place", "code"), [(None, 1), ("push", 1), ("server", 1), ("ci", 0)])
def test_the_place_decides_how_far_the_policy_goes(judged, byline, place, code):
    assert byline("check", *(["--place", place] if place else []))[0] == code


def test_another_repository_is_checked_by_its_own_policy(judged, byline, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, out, _ = byline("check", "--repo", str(judged.path))
    assert code == 1
    assert "byline.toml:2" in out


def test_without_a_policy_marks_are_noted_and_that_is_said_once(inside, byline):
    inside.commit(f"Add the retry loop\n\n{CLAUDE}\n")
    code, out, err = byline("check")
    assert code == 0
    assert "1 annotated" in out
    assert err.count("there is no policy file") == 1


def test_a_policy_that_only_head_has_is_told_of_and_how_to_judge_by_it(judged, byline):
    (judged.path / "byline.toml").unlink()
    code, _, err = byline("check")
    assert code == 0
    assert "no policy file in the work tree" in err
    assert "HEAD has one: byline check --policy HEAD:byline.toml" in err
    assert byline("check", "--policy", "HEAD:byline.toml")[0] == 1


@pytest.mark.parametrize(("leaves_out", "lost"), [("blob:none", "is missing or damaged"), ("tree:0", "cannot be read")])
def test_a_partial_clone_is_told_of_where_something_is_not_there(
    judged, byline, tmp_path, monkeypatch, leaves_out, lost
):
    judged.git("config", "uploadpack.allowFilter", "true")
    options = ("--quiet", "--no-checkout", f"--filter={leaves_out}")
    judged.git("clone", *options, f"file://{judged.path}", str(tmp_path / "partial"))
    partial = RealRepository(tmp_path / "partial")
    url = partial.git("remote", "get-url", "origin").strip()
    partial.git("remote", "set-url", "origin", "nowhere")
    monkeypatch.chdir(partial.path)
    code, out, err = byline("check", "HEAD", "--format", "jsonl")
    unread = json.loads(out)["unread"]
    assert code == 3
    assert lost in unread[0]
    assert unread[1:] == ["git fetch --refetch --no-filter brings what this partial clone lacks"]
    if leaves_out == "tree:0":
        assert "whether HEAD has one is not known: this partial clone lacks" in err
    partial.git("remote", "set-url", "origin", url)
    partial.git("fetch", "--quiet", "--refetch", "--no-filter")
    code, out, err = byline("check", "HEAD", "--policy", "HEAD:byline.toml")
    assert (code, "partial" in out) == (1, False)


def test_damage_is_told_of_alone_in_a_whole_clone(judged, byline):
    blob = judged.git("rev-parse", "HEAD:names.py").strip()
    (judged.git_dir / "objects" / blob[:2] / blob[2:]).unlink()
    unread = json.loads(byline("check", "HEAD", "--format", "jsonl")[1])["unread"]
    assert unread == [f"names.py: object {blob[:12]} is missing or damaged"]


def test_a_report_file_is_whole_and_standard_output_silent(judged, byline):
    code, out, _ = byline("check", "--format", "json", "--output", "report.json")
    assert code == 1
    assert out == ""
    document = json.loads((judged.path / "report.json").read_text())
    assert document["policy"] == {"file": "byline.toml", "ai": "deny", "name": None, "url": "https://example.org/ai"}
    assert document["summary"]["outcomes"]["blocked"] == 2


def test_a_failure_writes_no_report(judged, byline):
    code, _, err = byline("check", "no-such-branch", "--output", "report.txt")
    assert code == 3
    assert "no-such-branch" in err
    assert not (judged.path / "report.txt").exists()


def test_a_repository_without_commits_is_said_to_be_one(inside, byline):
    code, _, err = byline("scan")
    assert code == 3
    assert "no commit" in err


def test_history_before_the_baseline_is_not_judged(judged, byline):
    baseline = judged.git("rev-parse", "HEAD~1")
    policy = (judged.path / "byline.toml").read_text().replace("[policy]", f'[policy]\nbaseline = "{baseline}"')
    judged.write("byline.toml", policy)
    assert subjects(byline("check", "--format", "jsonl")[1]) == ["Rename a variable"]


def test_scan_knows_the_tools_that_the_policy_defines(inside, byline):
    inside.write("byline.toml", DEFINES)
    inside.commit("Add x\n\nCo-authored-by: Bot <bot@house.example>\n")
    assert "House Bot" in byline("scan")[1]
    assert "house-bot" in byline("tools")[1]


def test_a_definition_with_faults_stops_a_scan_with_all_of_them(inside, byline):
    inside.commit("Start\n", {"byline.toml": DEFINES.replace("certain", "sure").replace("generated", "made")})
    code, _, err = byline("scan")
    assert code == 3
    assert "sure" in err
    assert "made" in err
    assert "byline.toml:" in err


DEFINES = """\
[define.house-bot]
name = "House Bot"
hosting = "internal"
[[define.house-bot.mark]]
id = "house-bot.co-author"
surface = "trailer"
confidence = "certain"
shows = "generated"
email = "bot@house.example"
"""
