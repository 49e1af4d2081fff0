"""What notes say of the environment, in checks: shown or counted as the policy says, and to nobody's advantage."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from byline.actions.commit_record import parse_record
from byline.check import examine
from byline.commands.judge import judge_by
from byline.commands.noted_evidence import with_notes
from byline.commands.policy_source import PolicyText
from byline.model import Commit, Identity, Outcome, Place
from byline.repository.note_writer import write_notes
from integration.clone import CLAUDE, Clone
from real_git import RealRepository

REF = "refs/notes/byline"
COUNT = """[policy]
ai = "disclose"
[trailers]
disclose = { Assisted-by = "{tool}" }
[notes]
commit = true
read = "count"
"""
SHOW = COUNT.replace('"count"', '"show"')
OFF = COUNT.replace('"count"', '"off"')
PERSON = Identity("Ada Example", "ada@example.com", 1_800_000_000)
MILDEST_FIRST = (Outcome.OK, Outcome.ANNOTATED, Outcome.WARNED, Outcome.SKIPPED, Outcome.BLOCKED)


def finding(mark: str = "claude-code.in-session", **other: object) -> dict[str, object]:
    """A row of a record, as a note may hold it."""
    row = {"mark": mark, "tool": "claude-code", "surface": "environment", "shows": "generated", "confidence": "certain"}
    return row | {"path": None, "line": None, "text": "CLAUDECODE=1"} | other


def record(*findings: dict[str, object], outcome: str = "ok") -> str:
    head = {"byline": 1, "outcome": outcome, "reason": "", "rule": None}
    return json.dumps(head | {"findings": list(findings), "policy": None, "by": "byline 0.1.0"})


@pytest.fixture
def past_the_hooks(make_clone):
    """Takes a policy; gives a clone whose last commit an agent made past commit-msg, so that only its note says so."""

    def make(policy: str) -> Clone:
        clone = make_clone(policy)
        clone.stage({"x.txt": "x\n"})
        done = clone.attempt("git", "commit", "--no-verify", "-m", "Add x", env={"CLAUDECODE": "1"})
        assert done.code == 0
        return clone

    return make


def checked(clone: Clone, *options: str) -> dict:
    ended = clone.attempt("byline", "check", "HEAD", "--format", "json", *options)
    return json.loads(ended.out)["commits"][0]


def test_where_it_counts_an_undisclosed_commit_is_blocked(past_the_hooks):
    clone = past_the_hooks(COUNT)
    ended = clone.attempt("byline", "check", "HEAD~..")
    assert ended.code == 1
    said = " ".join(ended.out.split())
    assert "in its note: CLAUDECODE=1" in said
    assert "use of Claude Code is not disclosed" in said


def test_a_push_is_held_up_likewise(past_the_hooks, tmp_path):
    clone = past_the_hooks(COUNT)
    clone.git("init", "--quiet", "--bare", str(tmp_path / "up.git"))
    ended = clone.attempt("git", "push", str(tmp_path / "up.git"), "main")
    assert ended.code == 1
    assert "in its note: CLAUDECODE=1" in " ".join(ended.err.split())


@pytest.mark.parametrize(("policy", "options"), [(SHOW, ()), (OFF, ("--notes",)), (COUNT, ("--place", "ci"))])
def test_shown_it_is_a_hint_and_no_more(past_the_hooks, policy, options):
    found = checked(past_the_hooks(policy), *options)
    assert found["outcome"] == "annotated"
    assert {one["confidence"] for one in found["findings"]} == {"hint"}
    assert "in its note: CLAUDECODE=1" in {one["text"] for one in found["findings"]}


def test_it_is_left_alone_unless_somebody_asks(past_the_hooks):
    assert checked(past_the_hooks(OFF))["findings"] == []


def test_a_policy_that_does_not_look_at_the_environment_does_not_do_so_by_notes(past_the_hooks):
    clone = past_the_hooks(COUNT)
    clone.write("byline.toml", COUNT + "[evidence]\nenvironment = false\n")
    assert checked(clone, "--notes")["findings"] == []


def test_a_disclosure_is_all_that_is_asked_for(past_the_hooks):
    clone = past_the_hooks(COUNT)
    message = "Add x\n\nAssisted-by: Claude Code\n"
    assert clone.attempt("git", "commit", "--quiet", "--amend", "--no-verify", "-m", message).code == 0
    assert checked(clone)["outcome"] == "annotated"


def test_several_processes_find_the_same(make_clone):
    clone = make_clone(COUNT)
    commits = "".join(f"commit refs/heads/main\ncommitter A <a@x> {n} +0000\ndata 2\nx\n" for n in range(650))
    clone.git("fast-import", "--quiet", "--force", feed=commits.encode())
    write_notes(clone.opened, REF, {clone.head: record(finding())})
    one, two = (clone.attempt("byline", "check", "--format", "json", "--jobs", jobs).out for jobs in "12")
    assert json.loads(one)["commits"] == json.loads(two)["commits"]
    assert json.loads(one)["commits"][0]["outcome"] == "blocked"


def test_notes_that_were_fetched_are_read_too(make_clone):
    clone = make_clone(SHOW)
    write_notes(clone.opened, "refs/notes/remotes/origin/byline", {clone.head: record(finding())})
    write_notes(clone.opened, "refs/notes/remotes/a/fork/byline", {clone.head: record(finding("codex.runs-command"))})
    assert {one["tool"] for one in checked(clone)["findings"]} == {"codex", "claude-code"}


HOSTILE = [
    record(finding("byline.stamp-missing", shows="suppression")),
    record(finding("claude-code.co-author", surface="trailer", line=1)),
    record(finding("claude-code.co-author")),
    record(finding("nobody.knows", tool="nobody")),
    record(finding(tool="byline", shows="setup", confidence="hint"), outcome="ok"),
    record(finding(text="\x1b[2J::error::x" * 1000)),
    "looks fine to me",
    "[" * 100_000,
    record(*[finding(f"x{number}") for number in range(5000)]),
]


@pytest.mark.parametrize("note", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("message", ["One\n", f"One\n\n{CLAUDE}\n"])
def test_what_a_stranger_wrote_never_lessens_anything(repository, note, message):
    assert not _lessened(repository, note, message)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory) -> RealRepository:
    """A repository for many notes."""
    return RealRepository.create(tmp_path_factory.mktemp("hostile"))


TEXTS = st.sampled_from(["", "claude-code", "claude-code.in-session", "codex.runs-command", "byline.mark-removed"])
ROWS = st.fixed_dictionaries(
    {
        "mark": TEXTS,
        "tool": TEXTS,
        "surface": st.sampled_from(["trailer", "environment", "message", "identity", "path"]),
        "shows": st.sampled_from(["generated", "assisted", "setup", "suppression"]),
        "confidence": st.sampled_from(["certain", "likely", "hint"]),
        "path": st.sampled_from([None, "x"]),
        "line": st.sampled_from([None, 1, 3]),
        "text": st.text(max_size=20),
    }
)


@settings(max_examples=60)
@given(rows=st.lists(ROWS, max_size=4), message=st.sampled_from(["One\n", f"One\n\n{CLAUDE}\n"]))
def test_no_note_lessens_an_outcome(hostile, rows, message):
    assert not _lessened(hostile, record(*rows), message)


def _lessened(repository: RealRepository, note: str, message: str) -> bool:
    sha = repository.commit(message, {"x": "x"})
    write_notes(repository.opened, REF, {sha: note})
    judge = judge_by(PolicyText("byline.toml", COUNT.encode(), lambda _name: None))
    bare = Commit(sha, (), PERSON, PERSON, message)
    places = [(place, with_notes(repository.opened, judge, place, [bare])) for place in Place]
    outcomes = []
    for place, commits in places:
        alone, noted = (
            next(examine(one, judge.detection, judge.policy, place)).decision for one in ([bare], list(commits))
        )
        outcomes.append(MILDEST_FIRST.index(noted.outcome) < MILDEST_FIRST.index(alone.outcome))
        if place in (Place.SERVER, Place.CI) and noted.outcome is not alone.outcome:
            assert (alone.outcome, noted.outcome) == (Outcome.OK, Outcome.ANNOTATED)
    return any(outcomes)


def test_what_git_put_below_each_other_is_one_record():
    first, second = record(outcome="warned"), record(finding(), outcome="ok")
    found = parse_record(f"{first}\n\n{second}\n".encode())
    assert found is not None
    assert (found.outcome, [one.mark for one in found.findings]) == ("warned", ["claude-code.in-session"])
    assert parse_record(f"{first}\n\nand a word of Bob's\n".encode()) is None


def test_explain_names_the_note_and_where_it_came_from(make_clone):
    clone = make_clone(OFF)
    write_notes(clone.opened, "refs/notes/remotes/origin/byline", {clone.head: record(finding())})
    said = clone.attempt("byline", "explain", "HEAD").out
    assert "note       ok; 1 finding: claude-code.in-session; written by byline 0.1.0, fetched from origin" in said


@pytest.mark.parametrize(
    ("policy", "options", "outcome"),
    [(COUNT, (), "BLOCKED"), (COUNT, ("--place", "ci"), "ANNOTATED"), (SHOW, (), "ANNOTATED")],
)
def test_explain_and_check_give_one_verdict(past_the_hooks, policy, options, outcome):
    clone = past_the_hooks(policy)
    for command in ("explain", "check"):
        said = clone.attempt("byline", command, "HEAD", *options).out
        assert f"{outcome}  {clone.head[:10]}" in said, said
        assert "in its note: CLAUDECODE=1" in said
        assert "No mark of an AI tool was found" not in said


def test_reading_notes_leaves_the_repository_as_it_is(past_the_hooks):
    clone = past_the_hooks(COUNT)
    before = sorted((path, path.stat().st_mtime_ns) for path in Path(clone.path / ".git").rglob("*") if path.is_file())
    clone.attempt("byline", "check", "HEAD")
    after = sorted((path, path.stat().st_mtime_ns) for path in Path(clone.path / ".git").rglob("*") if path.is_file())
    assert after == before
