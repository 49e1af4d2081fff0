"""How many lines commits add where git does not count: what is too large for it, binary by name, or cannot be read."""

import pytest

from byline.model import Commit
from byline.repository import line_counts
from byline.repository.history import walk
from byline.repository.line_counts import UNCOUNTED
from byline.repository.pending import pending_commit
from byline.repository.search import Search
from real_git import RealRepository

LARGE = 9 << 20
SIZES = Search(lambda _data: [], lambda _data: [], lambda _path: False, sizes=True)


def last(repository: RealRepository) -> Commit:
    (commit,) = walk(repository.opened, [repository.head], SIZES)
    return commit


def lines(number: int, size: int) -> bytes:
    """A text of that many lines and at least that many bytes."""
    return b"".join(b"%d%s\n" % (line, b" word" * (size // number // 5)) for line in range(number))


@pytest.mark.parametrize("end", [b"", b"the last line has no end"])
def test_a_large_text_is_counted_when_it_is_new(repository: RealRepository, end: bytes) -> None:
    content = lines(1000, LARGE) + end
    assert len(content) > LARGE
    repository.commit(files={"a": content, "b": "1\n2\n"})
    assert last(repository).lines_added == 1002 + bool(end)
    assert last(repository).unread == ()
    repository.write("c", content)
    repository.git("add", "c")
    assert pending_commit(repository.opened, SIZES).lines_added == 1000 + bool(end)


def test_what_is_new_in_a_large_text_that_was_there_is_not_known(repository: RealRepository) -> None:
    repository.commit(files={"a": lines(1000, LARGE)})
    repository.commit(files={"a": lines(1001, LARGE)})
    assert (last(repository).lines_added, last(repository).unread) == (None, (UNCOUNTED,))
    repository.write("a", lines(1002, LARGE))
    repository.git("add", "a")
    pending = pending_commit(repository.opened, SIZES)
    assert (pending.lines_added, pending.unread) == (None, (UNCOUNTED,))


def test_binary_files_have_no_lines(repository: RealRepository) -> None:
    repository.commit(files={"a": b"\0" + lines(10, LARGE), "b": b"\0\n\n\n"})
    assert last(repository).lines_added == 0


def test_a_text_that_is_called_binary_has(repository: RealRepository) -> None:
    repository.commit(files={".gitattributes": "a binary\n", "a": "1\n2\n"})
    repository.commit(files={"a": "1\n2\n3\n4\n"})
    assert last(repository).lines_added == 2
    repository.commit(files={"a": b"\0"})
    repository.commit(files={"a": "1\n"})
    assert last(repository).lines_added == 1


def test_a_text_of_which_a_version_is_lost_is_not_counted(repository: RealRepository) -> None:
    repository.commit(files={".gitattributes": "a binary\n", "a": "1\n2\n"})
    old = repository.git("rev-parse", "HEAD:a")
    repository.commit(files={"a": "1\n2\n3\n4\n"})
    repository.object_file(old).unlink()
    assert last(repository).lines_added is None
    assert last(repository).unread


def test_a_git_that_keeps_failing_leaves_nothing_counted(
    repository: RealRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line_counts, "_MOST_FAILURES", 0)
    repository.commit(files={"a": "1\n"})
    assert (last(repository).lines_added, last(repository).unread) == (None, (UNCOUNTED,))


def test_a_git_that_complains_at_length_is_not_waited_for_in_vain(repository: RealRepository) -> None:
    """Each of these lines is a warning, and together they are more than a pipe holds."""
    attributes = "".join(f"*.c !a{number} text\n" for number in range(5000))
    repository.commit(files={".gitattributes": attributes, "a.c": "1\n"})
    repository.commit(files={"a.c": "1\n2\n"})
    assert last(repository).lines_added == 1
