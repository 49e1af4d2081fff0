"""Files of commits: what is not there is nothing, and what cannot be read is an error."""

import pytest

from byline.repository import object_reader
from byline.repository.tip_files import FileWithheld, TipFiles
from real_git import Entry, RealRepository


def test_a_file_of_a_commit(repository: RealRepository) -> None:
    sha = repository.commit(files={"a": "1\n", "d/b": "2\n"})
    with TipFiles(repository.opened) as tips:
        assert tips.read("refs/heads/none", "a") is None
        assert [tips.read(sha, name) for name in ("a", "d/b")] == [b"1\n", b"2\n"]
        assert [tips.read(sha, name) for name in ("d", "c", "a/b", "d/c", "c/d", "/a", "a/", "", "a\nb")] == [None] * 9
        assert tips.read("", "a") is None
        assert (tips.commit("HEAD"), tips.commit("refs/heads/none")) == (sha, "")


def test_a_damaged_file_is_not_taken_for_none(repository: RealRepository) -> None:
    sha = repository.commit(files={"a": "".join(f"{number}\n" for number in range(5000)), "b": "2\n"})
    path = repository.object_file(repository.git("rev-parse", "HEAD:a"))
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with TipFiles(repository.opened) as tips:
        with pytest.raises(FileWithheld, match="git could not read"):
            tips.read(sha, "a")
        assert tips.read(sha, "b") == b"2\n"


@pytest.mark.parametrize("what", ["a file", "a commit"])
def test_git_that_is_ended_is_not_taken_for_none(
    repository: RealRepository, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    sha = repository.commit(files={"a": "1\n"})
    arriving = object_reader.Arriving

    class Ended(arriving):  # type: ignore[misc, valid-type]
        def line(self) -> bytes:
            return b""

    with TipFiles(repository.opened) as tips:
        assert tips.read(sha, "a") == b"1\n"
        monkeypatch.setattr(object_reader, "Arriving", Ended)
        with pytest.raises(FileWithheld):
            tips.read(sha, "a") if what == "a file" else tips.commit("HEAD")


@pytest.mark.parametrize("lost", ["HEAD:d/a", "HEAD:d", "HEAD^{tree}"])
def test_an_object_that_is_missing_is_not_taken_for_a_file_that_is_not_there(
    repository: RealRepository, lost: str
) -> None:
    sha = repository.commit(files={"d/a": "1\n"})
    repository.object_file(repository.git("rev-parse", lost)).unlink()
    with TipFiles(repository.opened) as tips:
        with pytest.raises(FileWithheld, match=f"git could not read {sha}:d/a") as raised:
            tips.read(sha, "d/a")
        assert raised.value.tip == sha
        assert "git fsck" in raised.value.remedy


def test_a_link_is_a_file_and_a_submodule_is_none(repository: RealRepository) -> None:
    blob = repository.raw_object("blob", b"elsewhere")
    tree = repository.tree([Entry("120000", b"link", blob), Entry("160000", b"module", "1" * 40)])
    sha = repository.raw_commit(tree)
    with TipFiles(repository.opened) as tips:
        assert [tips.read(sha, name) for name in ("link", "module", "module/a")] == [b"elsewhere", None, None]


def test_a_name_within_an_id_is_no_name(repository: RealRepository) -> None:
    """An id is any 20 bytes, among them those that begin an entry."""
    hidden = (b" a\0" + b"x" * 17).hex()
    tree = repository.tree([Entry("100644", b"b", hidden)])
    with TipFiles(repository.opened) as tips:
        assert tips.read(repository.raw_commit(tree), "a") is None
