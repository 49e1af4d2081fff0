"""Outcome, reason and findings of one note agree, whatever becomes of the commit and whoever writes next."""

import json

import pytest

from byline.actions.commit_record import over, parse_record, under, with_earlier
from integration.clone import Clone

REF = "refs/notes/byline"
POLICY = """[policy]
ai = "disclose"
[trailers]
disclose = { Assisted-by = "{tool}" }
human-only = ["Co-authored-by"]
[notes]
commit = true
"""
ALLOW = POLICY.replace('"disclose"', '"allow"')
AGENT = {"CLAUDECODE": "1", "GIT_EDITOR": "true"}
UNDISCLOSED = "use of Claude Code is not disclosed"


@pytest.fixture
def clone(make_clone) -> Clone:
    made = make_clone(POLICY)
    made.stage({"x.txt": "x\n"})
    assert made.attempt("git", "commit", "--no-verify", "-m", "Add x", env=AGENT).code == 0
    assert note(made)["outcome"] == "blocked"
    return made


def note(clone: Clone, revision: str = "HEAD") -> dict:
    found = json.loads(clone.git("notes", f"--ref={REF}", "show", revision))
    assert isinstance(found, dict)
    return found


def marks(record: dict) -> set[str]:
    return {finding["mark"] for finding in record["findings"]}


@pytest.mark.parametrize("options", [("--no-verify",), ()])
def test_amending_from_a_plain_terminal_answers_nothing(clone, options):
    before = note(clone)
    assert clone.attempt("git", "commit", "--amend", "-m", "Add x again", *options).code == 0
    assert note(clone) == before
    assert UNDISCLOSED in before["reason"]
    assert marks(before) == {"claude-code.in-session", "byline.stamp-missing"}


def test_a_disclosure_does(clone):
    message = "Add x\n\nAssisted-by: Claude Code"
    assert clone.attempt("git", "commit", "--amend", "-m", message).code == 0
    record = note(clone)
    assert (record["outcome"], record["reason"]) == ("annotated", "use of Claude Code is disclosed")
    assert {"claude-code.in-session", "claude-code.declared"} <= marks(record)


def test_the_reason_is_one_that_the_commit_still_gives(make_clone):
    clone = make_clone(POLICY)
    clone.stage({"x.txt": "x\n"})
    stamped = "Add x\n\nCo-Authored-By: Claude <noreply@anthropic.com>"
    clone.attempt("git", "commit", "--no-verify", "-m", stamped, env=AGENT)
    clone.attempt("git", "commit", "--amend", "--no-verify", "-m", "Add x")
    record = note(clone)
    assert record["outcome"] == "blocked"
    assert UNDISCLOSED in record["reason"]
    assert "claude-code.co-author" not in marks(record)


def test_a_squash_with_a_commit_of_a_person(clone):
    clone.stage({"y.txt": "y\n"})
    assert clone.attempt("git", "commit", "-m", "Add y").code == 0
    env = {"GIT_SEQUENCE_EDITOR": "sed -i.old 2s/^pick/squash/", "GIT_EDITOR": "true"}
    assert clone.attempt("git", "rebase", "--interactive", "HEAD~2", env=env).code == 0
    assert (note(clone)["outcome"], "claude-code.in-session" in marks(note(clone))) == ("blocked", True)
    assert UNDISCLOSED in note(clone)["reason"]


def test_a_rebase_keeps_it(clone):
    clone.git("checkout", "--quiet", "-b", "side", "HEAD~")
    clone.commit("Go on\n", {"main.txt": "m\n"})
    assert clone.attempt("git", "rebase", "side", "main").code == 0
    assert (note(clone)["outcome"], UNDISCLOSED in note(clone)["reason"]) == ("blocked", True)


def test_annotating_judges_with_what_the_note_knows(clone):
    before = note(clone)
    assert clone.attempt("byline", "annotate", "HEAD").code == 0
    assert note(clone) == before
    clone.write("byline.toml", ALLOW)
    assert clone.attempt("byline", "annotate", "HEAD").code == 0
    record = note(clone)
    assert record["outcome"] != "blocked"
    assert record["policy"]["blob"] == clone.git("hash-object", "byline.toml")
    assert marks(record) == marks(before)


def test_where_strangers_write_notes_a_judgement_without_them_does_not_stand_beside_their_findings(clone):
    before = note(clone)
    assert clone.attempt("byline", "annotate", "--place", "ci", "HEAD").code == 0
    assert note(clone) == before


def row(mark: str, tool: str, surface: str = "environment") -> dict:
    place = {"path": None, "line": None, "text": "x"}
    return {"mark": mark, "tool": tool, "surface": surface, "shows": "generated", "confidence": "likely"} | place


def record(outcome: str | None, *findings: dict) -> str:
    head = {"byline": 1, "outcome": outcome, "reason": f"reason for {outcome}", "rule": f"rule for {outcome}"}
    return json.dumps(head | {"findings": list(findings), "policy": None, "by": f"by {outcome}"})


PLAIN = record("ok")
CLAUDE = row("claude-code.in-session", "claude-code")
CODEX = row("codex.runs-command", "codex")
BLOCKED = record("blocked", CLAUDE)
DECLARED = record("annotated", row("claude-code.declared", "claude-code", "trailer"))


@pytest.mark.parametrize(
    ("own", "earlier", "outcome", "count"),
    [
        (PLAIN, BLOCKED, "blocked", 1),
        (record(None), BLOCKED, "blocked", 1),
        (DECLARED, BLOCKED, "annotated", 2),
        (record("warned", CODEX), BLOCKED, "blocked", 2),
        (record("blocked", CODEX), record("ok", CLAUDE), "blocked", 2),
        (record("evil", CODEX), record("worse", CLAUDE), "evil", 2),
    ],
)
def test_the_graver_judgement_stands_unless_its_findings_were_judged_already(own, earlier, outcome, count):
    merged = json.loads(with_earlier(own, earlier.encode()) or own)
    said = (merged["outcome"], merged["reason"], merged["rule"], merged["by"], len(merged["findings"]))
    assert said == (outcome, f"reason for {outcome}", f"rule for {outcome}", f"by {outcome}", count)
    both = parse_record(f"{own}\n\n{earlier}")
    assert both is not None
    assert (both.outcome, both.reason, len(both.findings)) == (outcome, f"reason for {outcome}", count)


def test_two_clones_that_send_in_either_order_end_with_the_same_knowledge():
    one, two = record("blocked", CLAUDE), record("warned", CODEX)
    ends = [json.loads(under(new, there.encode()) or there) for new, there in ((one, two), (two, one), (one, one))]
    assert [end["outcome"] for end in ends] == ["blocked"] * 3
    assert marks(ends[0]) == marks(ends[1]) == {"claude-code.in-session", "codex.runs-command"}
    assert json.loads(over(PLAIN, one.encode()) or "")["outcome"] == "blocked"
