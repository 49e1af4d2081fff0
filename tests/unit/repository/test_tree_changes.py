"""Which paths a commit changed, as git's raw diff tells it."""

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from byline.repository import tree_changes
from byline.repository.tree_changes import TreeChange, TreeChanges, parse_change
from real_git import Entry, RealRepository

A, B, C = "a" * 40, "b" * 40, "c" * 40
ABSENT = "0" * 40


def changes_of(repository: RealRepository, *shas: str) -> list[list[TreeChange] | None]:
    with TreeChanges(repository.opened) as trees:
        answers = list(trees.of(shas))
    assert [sha for sha, _ in answers] == list(shas)
    return [changes for _, changes in answers]


def letters(changes: Sequence[TreeChange] | None) -> dict[str, str]:
    assert changes is not None
    return {change.path: change.status for change in changes}


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (f":000000 100644 {ABSENT} {A} A", TreeChange("p", "A", (), A)),
        (f":100644 100644 {A} {B} M", TreeChange("p", "M", (A,), B)),
        (f":100644 100755 {A} {A} M", TreeChange("p", "M", (A,), A)),
        (f":100644 000000 {A} {ABSENT} D", TreeChange("p", "D", (A,), "")),
        (f":100644 120000 {A} {B} T", TreeChange("p", "T", (A,), B)),
        (f":160000 100644 {A} {B} T", TreeChange("p", "T", (), B)),
        (f":100644 160000 {A} {B} T", TreeChange("p", "T", (A,), "")),
        (f":000000 160000 {ABSENT} {B} A", TreeChange("p", "A", (), "")),
        (f"::100644 100644 100644 {A} {B} {C} MM", TreeChange("p", "M", (A, B), C)),
        (f"::000000 000000 100644 {ABSENT} {ABSENT} {C} AA", TreeChange("p", "A", (), C)),
        (f"::000000 100644 100644 {ABSENT} {B} {C} AM", TreeChange("p", "M", (B,), C)),
        (f"::100644 100644 000000 {A} {B} {ABSENT} DD", TreeChange("p", "D", (A, B), "")),
        (f"::160000 160000 160000 {A} {B} {C} MM", TreeChange("p", "M", (), "")),
        (f":::100644 000000 100644 100644 {A} {ABSENT} {B} {C} MAM", TreeChange("p", "M", (A, B), C)),
        (f":100644 100644 {'a' * 64} {'b' * 64} M", TreeChange("p", "M", ("a" * 64,), "b" * 64)),
    ],
)
def test_a_record_of_the_raw_diff_is_read(record: str, expected: TreeChange) -> None:
    assert parse_change(record.encode(), b"p") == expected


def test_additions_changes_and_deletions(repository: RealRepository) -> None:
    first = repository.commit(files={"kept": "1\n", "changed": "1\n", "gone": "1\n"})
    second = repository.commit(files={"changed": "2\n", "gone": None, "sub/new": "1\n"})
    empty = repository.commit()
    roots, changed, nothing = changes_of(repository, first, second, empty)
    assert letters(roots) == {"kept": "A", "changed": "A", "gone": "A"}
    assert letters(changed) == {"changed": "M", "gone": "D", "sub/new": "A"}
    assert nothing == []


def test_names_of_any_bytes(repository: RealRepository) -> None:
    names = [
        b"new\nline",
        b"tab\t",
        b'"quoted"',
        b"-dash",
        b"latin\xe9",
        b" --end",
        b"--end\n",
        b":100644 x",
        b"\x1b[31m",
        b"a" * 3000,
    ]
    sha = repository.commit_files(dict.fromkeys(names, b"x\n"))
    (changes,) = changes_of(repository, sha)
    assert changes is not None
    assert sorted(change.path.encode("utf-8", "surrogateescape") for change in changes) == sorted(names)


@pytest.mark.parametrize("piece", [1, 2, 7, 50, 100])
def test_how_the_answers_arrive_makes_no_difference(
    repository: RealRepository, piece: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [b"a", b"--end\n", b":", b":100644", b"f" * 40]
    shas = [repository.commit_files(dict.fromkeys(names[:count], b"%d" % count)) for count in (5, 0, 1, 2, 3)]
    whole = changes_of(repository, *shas)
    assert [len(changes or ()) for changes in whole] == [5, 0, 1, 2, 3]
    monkeypatch.setattr(tree_changes, "_READ", piece)
    assert changes_of(repository, *shas) == whole


def test_a_merge_has_changed_what_differs_from_every_parent(repository: RealRepository) -> None:
    base = repository.commit(files={"ours": "1\n", "theirs": "1\n", "both": "1\n"})
    ours = repository.commit(files={"ours": "2\n", "both": "2\n"})
    repository.git("checkout", "--quiet", "-b", "side", base)
    theirs = repository.commit(files={"theirs": "2\n", "both": "3\n"})
    repository.git("merge", "--quiet", "--no-commit", "--strategy=ours", ours)
    repository.write("both", "4\n")
    repository.write("evil", "1\n")
    repository.git("add", "--all")
    repository.git("checkout", ours, "--", "ours")
    repository.git("commit", "--quiet", "-m", "Merge")
    (changes,) = changes_of(repository, repository.head)
    assert letters(changes) == {"both": "M", "evil": "A"}
    both = next(change for change in changes or () if change.path == "both")
    assert both.olds == tuple(repository.git("rev-parse", f"{sha}:both") for sha in (theirs, ours))


def test_answers_come_in_the_order_of_the_questions_however_many(repository: RealRepository) -> None:
    shas = [repository.commit_files({b"f": b"%d\n" % number}, message=b"%d\n" % number) for number in range(150)]
    answers = changes_of(repository, *shas, *reversed(shas), shas[0], shas[0])
    assert all(answer is not None and [change.status for change in answer] == ["A"] for answer in answers)


def test_ids_that_are_no_commits_here_have_no_changes_and_confuse_nothing(repository: RealRepository) -> None:
    good = [repository.commit(files={"a": f"{number}\n"}) for number in range(6)]
    tree, blob = repository.git("rev-parse", "HEAD^{tree}"), repository.git("rev-parse", "HEAD:a")
    bad = ["f" * 40, tree, blob, "a" * 64, "--end", "abc"]
    answers = changes_of(repository, *(sha for pair in zip(good, bad, strict=True) for sha in pair))
    assert [letters(answer) for answer in answers[::2]] == [{"a": "A"}] + [{"a": "M"}] * 5
    assert answers[1::2] == [[], [], [], None, None, None]


def test_a_commit_whose_tree_is_missing_or_broken_is_told_from_one_without_changes(repository: RealRepository) -> None:
    good = repository.commit(files={"a": "1\n"})
    missing = repository.raw_commit("e" * 40)
    broken = repository.raw_commit(repository.raw_object("tree", b"100644 a\0short"))
    no_tree = repository.raw_commit(repository.raw_object("blob", b"x"))
    child = repository.raw_commit(parents=[missing])
    shas = [good, missing, good, broken, no_tree, child, good]
    answers = changes_of(repository, *shas)
    assert [answer is None for answer in answers] == [False, True, False, True, True, True, False]


def test_a_commit_whose_parent_is_missing_is_told(repository: RealRepository) -> None:
    (changes,) = changes_of(repository, repository.raw_commit(parents=["d" * 40]))
    assert changes is None


def test_a_tree_with_odd_modes_and_doubled_entries(repository: RealRepository) -> None:
    blob = repository.raw_object("blob", b"x\n")
    odd = [("100644", b"a"), ("100644", b"a"), ("100664", b"b"), ("777", b"c")]
    entries = [Entry(mode, name, blob) for mode, name in odd]
    (changes,) = changes_of(repository, repository.raw_commit(repository.tree(entries)))
    assert {"a", "b"} <= set(letters(changes))


def test_a_repository_with_sha256(tmp_path: Path) -> None:
    repository = RealRepository.create(tmp_path / "sha256", "--object-format=sha256")
    first = repository.commit(files={"a": "1\n"})
    second = repository.commit(files={"b": "1\n"})
    answers = changes_of(repository, first, "a" * 40, second)
    assert answers[1] is None
    assert [letters(answer) for answer in answers[::2]] == [{"a": "A"}, {"b": "A"}]


def test_more_changes_than_are_kept_are_told_and_the_other_commits_read(
    repository: RealRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tree_changes, "MOST_CHANGES", 5)
    monkeypatch.setattr(tree_changes, "_READ", 100)
    few = repository.commit_files({b"a": b"1\n"})
    many = repository.commit_files({b"%d" % number: b"1\n" for number in range(30)})
    answers = changes_of(repository, few, many, few, many)
    assert [answer if answer is None else len(answer) for answer in answers] == [1, None, 1, None]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can bound the memory of a process that runs")
def test_git_that_needs_too_much_memory_is_told_and_the_other_commits_read(
    repository: RealRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tree_changes, "_MEMORY", 60 << 20)
    tree = repository.tree(Entry("100644", b"%d" % n, repository.raw_object("blob", b"x")) for n in range(10, 20))
    for _ in range(9):
        tree = repository.tree(Entry("40000", b"%d" % number, tree) for number in range(10, 20))
    few, bomb = repository.commit_files({b"a": b"1\n"}), repository.raw_commit(tree)
    answers = changes_of(repository, few, bomb, few)
    assert [answer if answer is None else len(answer) for answer in answers] == [1, None, 1]
