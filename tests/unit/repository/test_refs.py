"""Which refs there are: one that is broken, or whose object is lost, is there."""

import pytest

from byline.errors import RepositoryError
from byline.repository.note_reader import read_notes
from byline.repository.note_writer import write_notes
from byline.repository.refs import BrokenRefError, is_there, refs_like
from byline.repository.tip_files import FileWithheld, TipFiles
from real_git import RealRepository

REF = "refs/notes/byline"


def lose(repository: RealRepository, ref: str, how: str) -> None:
    """Have the ref's commit be missing, or its file be empty."""
    if how == "lost":
        repository.object_file(repository.git("rev-parse", f"{ref}^{{commit}}")).unlink()
    else:
        (repository.git_dir / ref).write_text("")


def test_a_branch_to_be_is_not_there(repository: RealRepository) -> None:
    assert not is_there(repository.opened, "HEAD")
    assert not is_there(repository.opened, "refs/heads/main")
    sha = repository.commit()
    assert is_there(repository.opened, "HEAD")
    assert is_there(repository.opened, "refs/heads/main")
    assert not is_there(repository.opened, "refs/heads")
    repository.git("checkout", "--quiet", "--detach", sha)
    assert is_there(repository.opened, "HEAD")
    repository.git("branch", "under/way")
    assert refs_like(repository.opened, "refs/heads/under") == ["refs/heads/under/way"]


@pytest.mark.parametrize("how", ["lost", "emptied"])
def test_a_branch_that_is_broken_is_there(repository: RealRepository, how: str) -> None:
    repository.commit(files={"a": "1\n"})
    lose(repository, "refs/heads/main", how)
    assert is_there(repository.opened, "HEAD")
    assert is_there(repository.opened, "refs/heads/main")
    with TipFiles(repository.opened) as tips:
        for tip in ("HEAD", "refs/heads/main"):
            with pytest.raises(FileWithheld):
                tips.read(tip, "a")
            with pytest.raises(FileWithheld):
                tips.commit(tip)
        assert tips.read("refs/heads/other", "a") is None
        assert tips.commit("refs/heads/other") == ""


def test_a_commit_named_by_its_id_has_to_be_there(repository: RealRepository) -> None:
    repository.commit()
    with TipFiles(repository.opened) as tips, pytest.raises(FileWithheld):
        tips.read("1" * 40, "a")


def test_a_broken_ref_is_named(repository: RealRepository) -> None:
    repository.commit()
    lose(repository, "refs/heads/main", "emptied")
    with pytest.raises(BrokenRefError, match="git cannot read the ref refs/heads/main"):
        refs_like(repository.opened, "refs/heads")


@pytest.mark.parametrize("how", ["lost", "emptied"])
def test_notes_under_a_broken_ref_are_not_taken_for_none(repository: RealRepository, how: str) -> None:
    sha = repository.commit()
    write_notes(repository.opened, REF, {sha: "a note"})
    lose(repository, REF, how)
    with pytest.raises(RepositoryError):
        list(read_notes(repository.opened, REF, [sha]))
    assert list(read_notes(repository.opened, "refs/notes/other", [sha])) == []
