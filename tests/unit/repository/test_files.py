"""Single files, from the working tree and from commits."""

from pathlib import Path

import pytest

from byline.errors import UnknownRevision, UnreadableInput
from byline.repository import tip_files
from byline.repository.files import read_blob, read_file, read_policy_candidate, revision_of
from real_git import RealRepository


def test_a_policy_is_read_from_the_working_tree(repository: RealRepository) -> None:
    repository.commit(files={"byline.toml": "committed\n"})
    repository.write("byline.toml", "edited\n")
    assert read_policy_candidate(repository.opened, "byline.toml") == b"edited\n"
    assert read_policy_candidate(repository.opened, ".byline.toml") is None


def test_a_bare_repository_has_it_in_its_head(repository: RealRepository) -> None:
    repository.commit(files={"byline.toml": "committed\n"})
    bare = RealRepository(repository.path.parent / "bare")
    repository.git("clone", "--quiet", "--bare", str(repository.path), str(bare.path))
    assert read_policy_candidate(bare.opened, "byline.toml") == b"committed\n"
    assert read_policy_candidate(bare.opened, ".byline.toml") is None


def test_an_empty_bare_repository_has_none(tmp_path: Path) -> None:
    assert read_policy_candidate(RealRepository.create(tmp_path / "bare", "--bare").opened, "byline.toml") is None


def test_a_file_of_a_commit(repository: RealRepository) -> None:
    repository.commit(files={"a b/c": "1\n"})
    repository.commit(files={"a b/c": "2\n"})
    assert read_blob(repository.opened, "HEAD:a b/c") == b"2\n"
    assert read_blob(repository.opened, "main~1:a b/c") == b"1\n"
    repository.commit("Fix: the end", {"a b/c": "3\n", "d:e": "4\n"})
    assert read_blob(repository.opened, "HEAD^{/Fix: }:a b/c") == b"3\n"
    assert read_blob(repository.opened, "HEAD:d:e") == b"4\n"
    assert [revision_of(place) for place in ("HEAD^{/Fix: }:a:b", "HEAD:a", "HEAD")] == ["HEAD^{/Fix: }", "HEAD", ""]


@pytest.mark.parametrize(
    "place", ["HEAD:nope", "nope:a", "HEAD", "HEAD:sub", "", ":", "HEAD:a\nHEAD:a", "--batch:a", "HEAD:../a"]
)
def test_a_file_that_is_not_there_is_told(repository: RealRepository, place: str) -> None:
    repository.commit(files={"a": "1\n", "sub/b": "1\n"})
    with pytest.raises(UnknownRevision):
        read_blob(repository.opened, place)


def test_a_file_over_the_limit_is_told(repository: RealRepository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tip_files, "LARGEST_FILE", 100)
    repository.commit(files={"a": "x" * 101})
    with pytest.raises(UnreadableInput, match="large"):
        read_blob(repository.opened, "HEAD:a")


def test_a_file_on_disk(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"1\n")
    assert read_file(str(tmp_path / "a")) == b"1\n"
    assert read_file(str(tmp_path / "b"), missing_is_fine=True) is None
    with pytest.raises(UnreadableInput, match="there is no file"):
        read_file(str(tmp_path / "b"))
    with pytest.raises(UnreadableInput, match="cannot be read"):
        read_file(str(tmp_path))


def test_a_damaged_policy_is_not_taken_for_none(repository: RealRepository) -> None:
    repository.commit(files={"byline.toml": "".join(f"# {number}\n" for number in range(5000))})
    bare = RealRepository(repository.path.parent / "bare")
    repository.git("clone", "--quiet", "--bare", "--no-hardlinks", str(repository.path), str(bare.path))
    path = (
        bare.path
        / "objects"
        / repository.object_file(repository.git("rev-parse", "HEAD:byline.toml")).relative_to(
            repository.path / ".git" / "objects"
        )
    )
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(UnreadableInput, match="git could not read"):
        read_policy_candidate(bare.opened, "byline.toml")
    with pytest.raises(UnreadableInput, match="git could not read"):
        read_blob(bare.opened, "main:byline.toml")
