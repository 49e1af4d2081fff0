"""A walk gives each commit with what it added, and says what it could not read."""

from collections.abc import Iterable

import pytest

from byline.catalogue.literals import finder
from byline.model import AddedLine, Commit, ConfigFile, FileChange
from byline.repository import added_lines, history
from byline.repository.history import walk
from byline.repository.search import Search
from real_git import Entry, RealRepository

SEARCH = Search(lambda _data: [], finder(["mark"], long_run=False), lambda path: path.endswith(".toml"))


def walked(repository: RealRepository, shas: Iterable[str]) -> list[Commit]:
    return list(walk(repository.opened, shas, SEARCH))


def one(repository: RealRepository, sha: str) -> Commit:
    (commit,) = walked(repository, [sha])
    return commit


def texts(commit: Commit) -> list[tuple[str, int, str]]:
    return [(line.path, line.number, line.text) for line in commit.added_lines]


def test_a_commit_comes_whole(repository: RealRepository) -> None:
    repository.commit(files={"a": "one\n", "set.toml": "old = 1\n"})
    sha = repository.commit("Subject\n\nKey: value\n", {"a": "one\na mark\n", "set.toml": "new = 1\n", "b": "x\n"})
    commit = one(repository, sha)
    assert commit.sha == sha
    assert commit.parents == (repository.git("rev-parse", "HEAD^"),)
    assert commit.author.email == "ada@example.com"
    assert commit.subject == "Subject"
    assert [str(trailer) for trailer in commit.trailers] == ["Key: value"]
    assert commit.changes == (FileChange("a", "M"), FileChange("b", "A"), FileChange("set.toml", "M"))
    assert commit.added_lines == (AddedLine("a", 2, "a mark"),)
    assert commit.configs == (ConfigFile("set.toml", b"old = 1\n", b"new = 1\n"),)
    assert commit.unread == ()


def test_commits_come_in_the_order_asked_for_and_as_often(repository: RealRepository) -> None:
    shas = [repository.commit(str(number), {"a": f"mark {number}\n"}) for number in range(5)]
    asked = [*shas[::-1], shas[0], *shas, shas[4], shas[4]]
    assert [commit.sha for commit in walked(repository, asked)] == asked
    assert all(len(commit.added_lines) == 1 for commit in walked(repository, asked))


@pytest.mark.parametrize("batch", [1, 3])
def test_the_size_of_a_batch_makes_no_difference(
    repository: RealRepository, batch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    shas = [repository.commit(str(n), {f"{n}-{m}": f"mark {n}\n" for m in range(n)}) for n in range(8)]
    expected = walked(repository, shas)
    monkeypatch.setattr(history, "_BATCH_CHANGES", batch)
    assert walked(repository, shas) == expected


def test_a_renamed_file_adds_nothing_and_a_copy_does(repository: RealRepository) -> None:
    repository.commit(files={"a": "mark\nother mark\n"})
    renamed = repository.commit(files={"a": None, "b": "mark\nother mark\n"})
    copied = repository.commit(files={"c": "mark\n"})
    assert texts(one(repository, renamed)) == []
    assert texts(one(repository, copied)) == [("c", 1, "mark")]


def test_a_moved_line_adds_nothing_and_a_doubled_one_does(repository: RealRepository) -> None:
    repository.commit(files={"a": "mark\nx\ny\n"})
    moved = repository.commit(files={"a": "x\ny\nmark\n"})
    doubled = repository.commit(files={"a": "mark\nx\ny\nmark\n"})
    assert texts(one(repository, moved)) == []
    assert texts(one(repository, doubled)) == [("a", 1, "mark")]


def test_a_mode_adds_nothing_a_link_its_target_and_a_submodule_nothing(repository: RealRepository) -> None:
    blob = repository.raw_object("blob", b"mark")
    first = repository.raw_commit(repository.tree([Entry("100644", b"a", blob)]))
    mode = repository.raw_commit(repository.tree([Entry("100755", b"a", blob)]), [first])
    link = repository.raw_commit(repository.tree([Entry("120000", b"b", blob)]))
    module = repository.raw_commit(repository.tree([Entry("160000", b"mark", "5" * 40)]))
    assert texts(one(repository, mode)) == []
    assert texts(one(repository, link)) == [("b", 1, "mark")]
    assert texts(one(repository, module)) == []
    assert one(repository, module).changes == (FileChange("mark", "A"),)
    assert one(repository, module).unread == ()


def test_a_merge_adds_what_no_parent_has(repository: RealRepository) -> None:
    base = repository.commit(files={"a": "x\n"})
    left = repository.commit(files={"a": "mark left\nx\n"})
    repository.git("checkout", "--quiet", "-b", "side", base)
    right = repository.commit(files={"a": "x\nmark right\n"})
    tree = repository.tree(
        [Entry("100644", b"a", repository.raw_object("blob", b"mark left\nx\nevil mark\nmark right\n"))]
    )
    assert texts(one(repository, repository.raw_commit(tree, [left, right]))) == [("a", 3, "evil mark")]


def test_a_mark_that_joins_another_in_a_long_line_is_seen(repository: RealRepository) -> None:
    start = "a mark" + "." * 50_000
    repository.commit(files={"a.min.js": start + "." * 50_000})
    sha = repository.commit(files={"a.min.js": start + "another mark" + "." * 50_000})
    commit = one(repository, sha)
    assert len(commit.added_lines) == 1
    assert "another mark" in commit.added_lines[0].text


def test_what_is_in_utf16_is_read(repository: RealRepository) -> None:
    sha = repository.commit(
        files={"a": "one\na mark\n".encode("utf-16"), "b": b"\xfe\xff" + "mark\n".encode("utf-16-be")}
    )
    assert texts(one(repository, sha)) == [("a", 2, "a mark"), ("b", 1, "mark")]


def test_a_large_content_is_read_as_a_stream(repository: RealRepository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(added_lines, "_IN_ONE_PIECE", 1000)
    old = b"x\n" * 5000 + b"old mark\n"
    repository.commit(files={"a": old, "b": old.decode().encode("utf-16"), "c.toml": "x = 1\n"})
    new = old + b"x\n" * 5000 + b"new mark\n"
    sha = repository.commit(files={"a": new, "b": new.decode().encode("utf-16"), "c.toml": "x = 1\n" * 1000})
    commit = one(repository, sha)
    assert texts(commit) == [("a", 10_002, "new mark"), ("b", 10_002, "new mark")]
    assert [line.split(":")[0] for line in commit.unread] == ["c.toml"]


def test_too_many_lines_are_told(repository: RealRepository, monkeypatch: pytest.MonkeyPatch) -> None:
    many = "".join(f"mark {number}\n" for number in range(11_000))
    sha = repository.commit(files={"a": many, "b": "mark\n"})
    commit = one(repository, sha)
    assert texts(commit) == [("b", 1, "mark")]
    assert commit.unread == ("a: more than 10,000 lines with possible marks",)


def test_what_is_given_up_does_not_spoil_what_follows(
    repository: RealRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(added_lines, "_IN_ONE_PIECE", 1000)
    monkeypatch.setattr(history, "_BATCH", 1)
    many = "".join(f"mark {number} {'x' * 200}\n" for number in range(20_000))
    shas = [repository.commit(str(n), {"a": f"{n} mark\n", "z": f"{n}\n{many}"}) for n in range(3)]
    commits = walked(repository, shas)
    assert [texts(commit) for commit in commits] == [[("a", 1, f"{n} mark")] for n in range(3)]
    assert [len(commit.unread) for commit in commits] == [1, 1, 1]


def test_too_much_in_one_commit_is_told_in_short(repository: RealRepository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(added_lines, "_MOST_BYTES_OF_COMMIT", 1000)
    sha = repository.commit(files={f"{number:03}": "mark\n" + "x" * 95 for number in range(60)})
    commit = one(repository, sha)
    assert len(commit.added_lines) == 10
    assert len(commit.unread) == 21
    assert commit.unread[-1] == "30 more files could not be read"


def test_no_more_is_kept_of_a_commit_than_fits(repository: RealRepository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(added_lines, "_MOST_KEPT_OF_COMMIT", 1000)
    sha = repository.commit(files={"a": "mark\n" * 9, "b.toml": "x" * 1100, "c": "a mark\n", "d.toml": "x = 1\n"})
    commit = one(repository, sha)
    assert texts(commit) == [("c", 1, "a mark")]
    assert [config.path for config in commit.configs] == ["d.toml"]
    assert [words.split(":")[0] for words in commit.unread] == ["a", "b.toml"]


def test_a_thousand_names_for_one_missing_content_cost_one_look(repository: RealRepository) -> None:
    entries = [Entry("100644", b"%04d" % number, "e" * 40) for number in range(1000)]
    commit = one(repository, repository.raw_commit(repository.tree(entries)))
    assert commit.unread[0] == "0000: object eeeeeeeeeeee is missing or damaged"
    assert len(commit.unread) == 21


def test_what_is_missing_is_told(repository: RealRepository) -> None:
    blob, tree = "e" * 40, "d" * 40
    shas = [
        "c" * 40,
        repository.raw_commit(tree),
        repository.raw_commit(repository.tree([Entry("100644", b"a", blob)])),
        repository.raw_commit(parents=["c" * 40]),
        repository.raw_object("blob", b"mark"),
        "a" * 64,
    ]
    good = repository.commit(files={"a": "mark\n"})
    commits = walked(repository, [sha for bad in shas for sha in (bad, good)])
    assert all(commit.unread for commit in commits[::2])
    assert all(texts(commit) == [("a", 1, "mark")] and not commit.unread for commit in commits[1::2])


def test_a_message_over_the_limit_is_read_in_part_and_told(repository: RealRepository) -> None:
    sha = repository.raw_commit(message=b"Subject\n\n" + b"x\n" * 2_000_000)
    commit = one(repository, sha)
    assert commit.subject == "Subject"
    assert len(commit.unread) == 1
    assert "first MiB" in commit.unread[0]


def test_a_shallow_boundary_is_told_and_what_is_above_it_read(repository: RealRepository) -> None:
    for number in range(4):
        repository.commit(str(number), {"a": f"mark {number}\n"})
    shallow = RealRepository(repository.path.parent / "shallow")
    repository.git("clone", "--quiet", "--depth=2", f"file://{repository.path}", str(shallow.path))
    top, boundary = walked(shallow, shallow.git("rev-list", "HEAD").split())
    assert texts(top) == [("a", 1, "mark 3")]
    assert top.unread == ()
    assert ["not in this shallow clone" in words for words in boundary.unread] == [True]


def test_an_abbreviated_id_is_not_taken_for_a_commit_without_files(repository: RealRepository) -> None:
    sha = repository.commit(files={"a": "mark\n"})
    assert one(repository, sha[:30]).unread


def test_nothing_is_asked_of_nothing(repository: RealRepository) -> None:
    assert walked(repository, []) == []
