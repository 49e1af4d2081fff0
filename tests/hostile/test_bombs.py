"""A few kilobytes that stand for gigabytes: byline ends soon, stays small, and says what it did not read."""

import sys

import pytest

from hostile.checked import LINE, MESSAGE, run, started
from real_git import Entry, RealRepository

MARK = MESSAGE.encode()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can bound the memory of a process that runs")
def test_trees_that_multiply(repository: RealRepository) -> None:
    tree = repository.tree(Entry("100644", b"%d" % n, repository.raw_object("blob", b"x")) for n in range(10, 20))
    for _ in range(9):
        tree = repository.tree(Entry("40000", b"%d" % number, tree) for number in range(10, 20))
    bomb = repository.raw_commit(tree, message=MARK)
    after = repository.raw_commit(repository.git("rev-parse", f"{bomb}^{{tree}}"), [bomb], MARK)
    repository.point("refs/heads/main", after)
    ended = run("check", repository, "--all")
    assert ended.code == 3
    assert ended.unread(bomb)
    assert ended.marks(bomb) == ended.marks(after) == {"trailer"}
    assert not ended.unread(after)


def test_one_large_content_under_many_names(repository: RealRepository) -> None:
    lines = "".join(f"x = {number}\n" for number in range(500_000))
    blob = repository.raw_object("blob", f"{lines}{LINE}\n".encode())
    tree = repository.tree(Entry("100644", b"%05d.py" % number, blob) for number in range(3000))
    sha = repository.raw_commit(tree, message=MARK)
    ended = run("check", repository, sha)
    assert ended.marks(sha) == {"trailer", "line"}
    assert ended.code == 3
    assert ended.unread(sha)


def test_many_names_for_what_is_missing(repository: RealRepository) -> None:
    tree = repository.tree(Entry("100644", b"%06d" % number, "e" * 40) for number in range(50_000))
    ended = run("check", repository, repository.raw_commit(tree, message=MARK))
    assert ended.code == 3
    assert len(ended.commits[0]["unread"]) < 50


def test_trees_thousands_deep(repository: RealRepository) -> None:
    tree = repository.tree([Entry("100644", b"a.py", repository.raw_object("blob", f"{LINE}\n".encode()))])
    for _ in range(1500):
        tree = repository.tree([Entry("40000", b"d", tree)])
    sha = repository.raw_commit(tree, message=MARK)
    ended = run("scan", repository, sha)
    assert ended.marks(sha) >= {"trailer"}
    assert ended.marks(sha) >= {"line"} or ended.unread(sha)


def test_tags_of_tags_of_tags(repository: RealRepository) -> None:
    sha = repository.raw_commit(message=MARK)
    tag, kind = sha, "commit"
    for _ in range(500):
        tag, kind = repository.raw_object("tag", f"object {tag}\ntype {kind}\ntag t\n\nx\n".encode()), "tag"
    repository.point("refs/tags/t", tag)
    assert run("scan", repository, "t").marks(sha) == {"trailer"}


def test_a_mark_on_every_line(repository: RealRepository) -> None:
    sha = repository.commit(MESSAGE, {f"{n}.py": f"{LINE}\n" * 20_000 for n in range(20)} | {"z.py": f"{LINE}\n"})
    ended = run("scan", repository, sha)
    assert ended.code == 3
    assert ended.marks(sha) == {"trailer", "line"}
    assert len(ended.unread(sha)) == 20


def test_one_line_of_many_megabytes(repository: RealRepository) -> None:
    sha = repository.commit(
        MESSAGE, {"a.js": "x" * 9_000_000 + LINE + "x" * 9_000_000, "b.js": f"\n{LINE} " + "é " * 2_000_000}
    )
    ended = run("scan", repository, sha)
    assert ended.code == 0
    assert "trailer" in ended.marks(sha)


def test_a_message_of_one_long_line(repository: RealRepository) -> None:
    for message in (
        b"x: " * 340_000,
        b"a" * 1_000_000,
        b"(" * 1_000_000,
        b"Co-authored-by: " * 60_000,
        b"<" * 900_000,
        b"* " * 500_000,
    ):
        sha = repository.raw_commit(message=message)
        assert run("scan", repository, sha).code == 0


def test_a_list_of_ids_without_end(repository: RealRepository) -> None:
    sha = repository.raw_commit(message=MARK)
    arguments = ["scan", "--repo", str(repository.path), "--format", "jsonl", "--stdin"]
    ended = started(arguments, repository.path, feed=f"{sha}\n".encode() * 3000)
    assert (ended.code, len(ended.commits)) == (0, 3000)
