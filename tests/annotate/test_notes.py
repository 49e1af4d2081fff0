"""Notes on commits: written, read back, carried over, and never lost to others who write at the same time."""

import json
import subprocess
import sys
from importlib.resources import files

import jsonschema
import pytest

from byline.actions.commit_record import parse_record
from byline.errors import RepositoryError
from byline.repository.note_reader import read_notes
from byline.repository.note_writer import write_notes
from integration.clone import CLAUDE, Clone
from real_git import RealRepository

POLICY = '[policy]\nai = "disclose"\n[notes]\ncommit = true\n'
REF = "refs/notes/byline"
SCHEMA = json.loads(files("byline.actions").joinpath("schemas/record.schema.json").read_text())


@pytest.fixture
def clone(make_clone) -> Clone:
    made = make_clone(POLICY)
    assert made.attempt("byline", "install", "--stage", "post-rewrite").code == 0
    return made


def note(clone: Clone, revision: str = "HEAD") -> dict[str, object]:
    """The record on a commit, held against its schema."""
    record = json.loads(clone.git("notes", f"--ref={REF}", "show", revision))
    jsonschema.validate(record, SCHEMA)
    return record


def test_a_commit_gets_a_note_with_what_was_found_where_it_was_made(clone):
    clone.stage({"x.txt": "x\n"})
    clone.attempt("git", "commit", "-m", "Add x", env={"CLAUDECODE": "1"})
    record = note(clone)
    assert record["outcome"] == "annotated"
    assert "environment" in {finding["surface"] for finding in record["findings"]}
    assert record["policy"]["blob"] == clone.git("rev-parse", "HEAD:byline.toml")


def test_without_being_asked_nothing_is_written(make_clone):
    clone = make_clone('[policy]\nai = "disclose"\n')
    clone.stage({"x.txt": "x\n"})
    clone.attempt("git", "commit", "-m", "Add x")
    assert clone.attempt("git", "rev-parse", "--verify", REF).code != 0


def test_notes_follow_a_rebase(clone):
    clone.git("checkout", "--quiet", "-b", "side")
    clone.stage({"x.txt": "x\n"})
    clone.attempt("git", "commit", "-m", "Add x", env={"CLAUDECODE": "1"})
    clone.git("checkout", "--quiet", "main")
    clone.commit("Go on\n", {"main.txt": "m\n"})
    assert clone.attempt("git", "rebase", "main", "side").code == 0
    assert note(clone)["outcome"] == "annotated"


def test_notes_follow_an_amended_commit(clone):
    clone.stage({"x.txt": "x\n"})
    clone.attempt("git", "commit", "-m", "Add x", env={"CLAUDECODE": "1"})
    clone.attempt("git", "commit", "--amend", "-m", "Add x again")
    assert "environment" in {finding["surface"] for finding in note(clone)["findings"]}


def test_annotate_writes_notes_and_leaves_history(clone):
    clone.commit(f"One\n\n{CLAUDE}\n", {"1": "1"})
    head = clone.commit("Two\n", {"2": "2"})
    ended = clone.attempt("byline", "annotate", "HEAD~2..HEAD")
    assert (ended.code, ended.out) == (0, "2 notes written; read them with: git log --notes=byline\n")
    assert clone.head == head
    assert (note(clone)["outcome"], note(clone, "HEAD~")["outcome"]) == ("ok", "blocked")
    assert '"outcome": "blocked"' in clone.git("log", "--notes=byline", "-1", "HEAD~")


def test_annotating_again_keeps_what_only_the_note_knows(clone):
    clone.stage({"x.txt": "x\n"})
    clone.attempt("git", "commit", "-m", "Add x", env={"CLAUDECODE": "1"})
    clone.write("byline.toml", '[policy]\nai = "allow"\n')
    assert clone.attempt("byline", "annotate", "HEAD").code == 0
    record = note(clone)
    assert record["policy"]["blob"] == clone.git("hash-object", "byline.toml")
    assert "environment" in {finding["surface"] for finding in record["findings"]}


def test_a_note_of_somebody_else_stays_and_is_told(clone):
    clone.commit("One\n", {"1": "1"})
    clone.git("notes", f"--ref={REF}", "add", "-m", "looked at by Bob")
    ended = clone.attempt("byline", "annotate", "HEAD")
    assert ended.out.startswith("0 notes written; 1 note of others left as it is;")
    assert clone.git("notes", f"--ref={REF}", "show") == "looked at by Bob"


def test_with_git_s_own_rewriting_of_notes_one_record_remains(clone):
    clone.git("config", "notes.rewriteRef", "refs/notes/*")
    clone.stage({"x.txt": "x\n"})
    clone.attempt("git", "commit", "-m", "Add x", env={"CLAUDECODE": "1"})
    clone.attempt("git", "commit", "--amend", "-m", "Add x again")
    assert "environment" in {finding["surface"] for finding in note(clone)["findings"]}


def test_annotate_prints_the_message_as_it_should_read(clone):
    clone.commit(f"One\n\n{CLAUDE}\n", {"1": "1"})
    ended = clone.attempt("byline", "annotate", "HEAD", "--message")
    assert ended.out == f"One\n\n{CLAUDE}\nAssisted-by: Claude Code\n"
    assert clone.attempt("git", "rev-parse", "--verify", REF).code != 0


def test_annotate_prints_each_message_of_several_apart_from_the_next(clone):
    one = clone.commit(f"One\n\n{CLAUDE}\n", {"1": "1"})
    clone.commit("Two\n", {"2": "2"})
    three = clone.commit(f"Three\n\n{CLAUDE}\n", {"3": "3"})
    ended = clone.attempt("byline", "annotate", "HEAD~3..HEAD", "--message")
    added = f"{CLAUDE}\nAssisted-by: Claude Code\n"
    several = [f"commit {one}\n\nOne\n\n{added}", f"commit {three}\n\nThree\n\n{added}"]
    assert ended.err == ""
    assert ended.out in ("\n".join(several), "\n".join(reversed(several)))


def test_annotate_says_when_no_message_needs_changing(clone):
    clone.commit("One\n", {"1": "1"})
    clone.commit("Two\n", {"2": "2"})
    ended = clone.attempt("byline", "annotate", "HEAD~2..HEAD", "--message")
    assert ended == (0, "", "byline: none of the 2 messages needs changing\n")
    assert clone.attempt("byline", "annotate", "HEAD", "--message") == (0, "Two\n", "")


def test_annotate_says_when_there_is_no_commit(clone):
    ended = clone.attempt("byline", "annotate", "HEAD..HEAD")
    assert ended == (0, "no notes written: there is no commit in this range\n", "")
    ended = clone.attempt("byline", "annotate", "HEAD..HEAD", "--message")
    assert ended == (0, "", "byline: there is no commit in this range\n")


def test_explain_reads_the_note_back(clone):
    clone.commit(f"One\n\n{CLAUDE}\n", {"1": "1"})
    clone.attempt("byline", "annotate", "HEAD")
    assert "note       blocked by the policy in byline.toml" in clone.attempt("byline", "explain", "HEAD").out


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"byline": 2}', b'{"byline": 1, "findings": [{}]}', b"\xff"])
def test_a_note_of_others_is_no_record(data):
    assert parse_record(data) is None


def test_fifty_writers_at_once_lose_nothing(repository):
    shas = [repository.commit(f"Commit {number}\n", {f"{number}": "x"}) for number in range(50)]
    script = (
        "import sys; from byline.repository.discovery import discover;"
        "from byline.repository.note_writer import write_notes;"
        f"write_notes(discover({str(repository.path)!r}), {REF!r}, {{sys.argv[1]: 'note on ' + sys.argv[1]}})"
    )
    processes = [subprocess.Popen([sys.executable, "-c", script, sha]) for sha in shas]
    assert [process.wait() for process in processes] == [0] * 50
    found = dict(read_notes(repository.opened, REF, shas))
    assert {sha: f"note on {sha}".encode() for sha in shas} == found
    assert repository.git("fsck", "--strict", "--no-dangling") == ""


@pytest.mark.parametrize("format_name", ["sha1", "sha256"])
def test_many_notes_are_read_where_git_puts_them(tmp_path, format_name):
    repository = RealRepository.create(tmp_path / "many", f"--object-format={format_name}")
    commits = "".join(f"commit refs/heads/main\ncommitter A <a@x> {n} +0000\ndata 0\n\n" for n in range(700))
    repository.git("fast-import", "--quiet", feed=commits.encode())
    shas = repository.git("rev-list", "main").split()
    write_notes(repository.opened, REF, {sha: f"note on {sha}" for sha in shas[1:]})
    assert "/" in repository.git("ls-tree", "-r", "--name-only", REF), "in folders"
    found = dict(read_notes(repository.opened, REF, shas))
    assert found == {sha: f"note on {sha}".encode() for sha in shas[1:]}


def test_a_ref_that_is_no_notes_ref_is_refused(repository):
    sha = repository.commit()
    with pytest.raises(RepositoryError, match="refs/heads/main is no notes ref"):
        write_notes(repository.opened, "refs/heads/main", {sha: "x"})
    assert repository.head == sha


def test_a_notes_ref_that_was_rewritten_is_written_on(repository):
    first, second = repository.commit("One\n"), repository.commit("Two\n")
    write_notes(repository.opened, REF, {first: "1"})
    repository.git("update-ref", "-d", REF)
    write_notes(repository.opened, REF, {second: "2"})
    assert dict(read_notes(repository.opened, REF, [first, second])) == {second: b"2"}


def test_a_locked_ref_is_waited_for_and_then_told(repository, monkeypatch):
    monkeypatch.setattr("byline.repository.note_writer._PATIENCE", 0.3)
    sha = repository.commit()
    lock = repository.git_dir / "refs" / "notes" / "byline.lock"
    lock.parent.mkdir(parents=True)
    lock.touch()
    with pytest.raises(RepositoryError):
        write_notes(repository.opened, REF, {sha: "x"})
    lock.unlink()
    write_notes(repository.opened, REF, {sha: "x"})
    assert dict(read_notes(repository.opened, REF, [sha])) == {sha: b"x"}
