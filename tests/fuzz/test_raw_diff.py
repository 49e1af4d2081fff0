"""The output of `git diff-tree` is read the same whatever the paths are called and however it arrives."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from byline.repository import tree_changes
from byline.repository.location import Repository
from byline.repository.tree_changes import TreeChange, TreeChanges

REPOSITORY = Repository("/nowhere", "/nowhere", None, False, "sha1")
names = st.binary(min_size=1, max_size=60).filter(lambda name: b"\0" not in name) | st.sampled_from(
    [b"--end\n", b":100644 100644 a b M", b"a" * 40, b":", b"::", b"--end", b"\n", b"--end\n" + b"a" * 40]
)
oids = st.sampled_from(["a" * 40, "b" * 40, "0" * 40])


def change(name: bytes, old: str, new: str, letter: str) -> tuple[bytes, str, TreeChange]:
    """A record as git writes it, and as it is to be read."""
    path = name.decode("utf-8", "surrogateescape")
    return name, f":100644 100644 {old} {new} {letter}", TreeChange(path, letter, (old,), new)


changes = st.builds(change, names, oids, oids, st.sampled_from("AMT"))
commits = st.lists(st.lists(changes, max_size=5), max_size=8)


class Answers(BytesIO):
    """A pipe that gives a few bytes at a time."""

    def __init__(self, data: bytes, piece: int) -> None:
        super().__init__(data)
        self.piece = piece

    def read1(self, size: int | None = -1) -> bytes:
        return self.read(self.piece)


class Git:
    """Answers as `git diff-tree --stdin` does, without its being there."""

    def __init__(self, answers: dict[str, list[tuple[bytes, str, TreeChange]]], piece: int) -> None:
        self.repository = REPOSITORY
        self._listed = answers
        self._piece = piece
        self.answers = Answers(b"", piece)

    def send(self, question: bytes) -> None:
        out = self.answers.read(-1)
        for line in question.decode().split("\n")[:-1]:
            if line == "--end":
                out += b"--end\n"
            elif self._listed[line]:
                out += line.encode() + b"\0"
                out += b"".join(meta.encode() + b"\0" + name + b"\0" for name, meta, _ in self._listed[line])
        self.answers = Answers(out, self._piece)

    def start_over(self) -> None:
        pytest.fail("git had not ended")


@given(commits, st.integers(1, 200), st.integers(1, 3))
def test_every_path_and_every_piece(listed: list[list[tuple[bytes, str, TreeChange]]], piece: int, group: int) -> None:
    answers = {f"{number:040x}": changed for number, changed in enumerate(listed)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tree_changes, "GROUP_BYTES", 41 * group)
        trees = TreeChanges(REPOSITORY)
        patch.setattr(trees, "_git", Git(answers, piece))
        found = list(trees.of(answers))
    assert found == [(sha, [change for _, _, change in changed]) for sha, changed in answers.items()]
