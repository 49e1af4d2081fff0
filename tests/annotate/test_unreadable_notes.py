"""Notes that cannot be read: nobody takes them for notes that are not there, and nobody writes over them."""

import os

import pytest

from byline.errors import RepositoryError
from byline.repository import note_reader
from byline.repository.note_reader import read_notes
from byline.repository.note_writer import write_notes
from dying_git import MOST_PROCESSES, DyingGit
from integration.clone import CLAUDE, Clone
from real_git import RealRepository

REF = "refs/notes/byline"
LOST = [f"{REF}:<sha>", f"{REF}^{{tree}}"]


def own_over(new: str, there: bytes) -> str:
    return there.decode() + new


@pytest.mark.parametrize("lost", LOST)
def test_a_note_that_is_lost_is_told_and_not_written_over(repository: RealRepository, lost: str) -> None:
    sha, other = repository.commit("One\n"), repository.commit("Two\n")
    write_notes(repository.opened, REF, {sha: "what only the note knows"})
    tip = repository.git("rev-parse", REF)
    repository.object_file(repository.git("rev-parse", lost.replace("<sha>", sha))).unlink()
    with pytest.raises(RepositoryError, match=f"git could not read the notes in {REF}"):
        list(read_notes(repository.opened, REF, [sha]))
    with pytest.raises(RepositoryError):
        write_notes(repository.opened, REF, {other: "x", sha: "new"}, own_over)
    assert repository.git("rev-parse", REF) == tip


def test_a_note_of_others_that_is_too_long_to_be_read_stays(
    repository: RealRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(note_reader, "LONGEST_NOTE", 100)
    sha, other = repository.commit("One\n"), repository.commit("Two\n")
    text = "what somebody else has written\n" * 10
    repository.git("notes", f"--ref={REF}", "add", "-m", text, sha)
    assert dict(read_notes(repository.opened, REF, [sha, other])) == {}
    seen = []

    def leave(_new: str, there: bytes) -> None:
        seen.append(there)

    assert write_notes(repository.opened, REF, {sha: "new", other: "new"}, leave) == 1
    assert repository.git("notes", f"--ref={REF}", "show", sha) == text.strip()
    assert seen[0].startswith(b"what somebody else")


@pytest.mark.skipif(os.name == "nt", reason="signals")
@pytest.mark.parametrize("answered", [0, 100, 1 << 20])
def test_whichever_git_dies_a_note_keeps_what_only_it_knows(make_clone, tmp_path, answered: int) -> None:
    clone: Clone = make_clone('[policy]\nai = "disclose"\n[notes]\ncommit = true\n')
    clone.stage({"x.txt": "x\n"})
    clone.attempt("git", "commit", "-m", f"Add x\n\n{CLAUDE}", env={"CLAUDECODE": "1"})
    before = clone.git("notes", f"--ref={REF}", "show", "HEAD")
    assert "environment" in before
    for nth in range(1, MOST_PROCESSES):
        dying = DyingGit(tmp_path / "dying", nth, answered, str(clone.programs.git / "git"))
        path = f"{dying.folder}{os.pathsep}{clone.programs.environment()['PATH']}"
        ended = clone.attempt("byline", "annotate", "HEAD", env={"PATH": path})
        assert "environment" in clone.git("notes", f"--ref={REF}", "show", "HEAD"), (nth, ended)
        if not dying.has_died:
            break
    assert ended.code == 0
    assert 1 < nth < MOST_PROCESSES - 1


def test_an_explanation_is_given_although_the_note_is_lost(make_clone) -> None:
    clone: Clone = make_clone('[policy]\nai = "disclose"\n')
    sha = clone.head
    write_notes(clone.opened, REF, {sha: "a note"})
    clone.object_file(clone.git("rev-parse", f"{REF}:{sha}")).unlink()
    ended = clone.attempt("byline", "explain", "HEAD")
    assert sha[:10] in ended.out
    assert ended.code == 3
    assert ended.said[0] == f"byline: git could not read the notes in {REF}"


def test_a_partial_clone_tells_how_to_get_its_notes(make_clone, tmp_path) -> None:
    clone: Clone = make_clone('[policy]\nai = "disclose"\n')
    sha = clone.head
    write_notes(clone.opened, REF, {sha: "a note"})
    clone.git("config", "uploadpack.allowFilter", "true")
    partial = Clone(tmp_path / "partial", clone.programs)
    clone.git("clone", "--quiet", "--filter=blob:none", f"file://{clone.path}", str(partial.path))
    partial.git("fetch", "--quiet", "origin", f"{REF}:{REF}")
    ended = partial.attempt("byline", "explain", "HEAD")
    assert ended.code == 3
    assert ended.said == [
        f"byline: this partial clone lacks notes of {REF}",
        f"byline: Let git fetch them: git log -p {REF}",
    ]
    partial.git("log", "-p", REF)
    assert partial.attempt("byline", "explain", "HEAD").code == 0
