"""Files of commits: what is not there is nothing, and what cannot be read is an error."""

import pytest

from byline.errors import UnreadableInput
from byline.repository import object_reader
from byline.repository.tip_files import TipFiles
from real_git import RealRepository


def test_a_file_of_a_commit(repository: RealRepository) -> None:
    sha = repository.commit(files={"a": "1\n", "d/b": "2\n"})
    with TipFiles(repository.opened) as tips:
        assert [tips.read(sha, name) for name in ("a", "d/b", "d", "c", "a\nb")] == [b"1\n", b"2\n", None, None, None]
        assert tips.read("", "a") is None
        assert (tips.commit("HEAD"), tips.commit("refs/heads/none")) == (sha, "")


def test_a_damaged_file_is_not_taken_for_none(repository: RealRepository) -> None:
    sha = repository.commit(files={"a": "".join(f"{number}\n" for number in range(5000)), "b": "2\n"})
    path = repository.object_file(repository.git("rev-parse", "HEAD:a"))
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with TipFiles(repository.opened) as tips:
        with pytest.raises(UnreadableInput, match="git ended while it read"):
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
        with pytest.raises(UnreadableInput):
            tips.read(sha, "a") if what == "a file" else tips.commit("HEAD")
