"""What a person writes is turned into full ids, or refused in one sentence."""

import pytest

from byline.errors import UnknownRevision, UsageError
from byline.repository.revisions import resolve_commit, select_commits
from real_git import RealRepository

BAD = (
    "", " ", "nope", "nope..HEAD", "HEAD..nope", "^nope", "--all", "-x", "--output=x", "--upload-pack=x", "a\nb",
    "a\0b", "HEAD\n--all", "....", "HEAD....HEAD", "HEAD@{99999}", "HEAD~999", "f" * 40, "f" * 64, "HEAD:a", ":a",
    "HEAD^{tree}", "HEAD^{blob}", "HEAD^{/nothing like it}", "@{u}", "*", "refs/heads/*", "\udcff", "x" * 100_000,
    "HEAD^5", "$(touch x)",
)  # fmt: skip


def selected(repository: RealRepository, *expressions: str, **options: bool) -> list[str]:
    return list(select_commits(repository.opened, expressions, **options))


@pytest.fixture
def shas(repository: RealRepository) -> list[str]:
    """Four commits, newest first: main has three of them, side one on top of the first."""
    first, second, third = (repository.commit(str(number), {"a": str(number)}) for number in range(3))
    repository.git("checkout", "--quiet", "-b", "side", first)
    side = repository.commit("side", {"b": "x"})
    repository.git("checkout", "--quiet", "main")
    return [third, second, first, side]


def test_ranges(repository: RealRepository, shas: list[str]) -> None:
    third, second, _, side = shas
    assert selected(repository, "main~2..main") == [third, second]
    assert selected(repository, "main~2..") == [third, second]
    assert selected(repository, "..side") == [side]
    assert set(selected(repository, "main...side")) == {third, second, side}
    assert selected(repository, "^side", "main") == [third, second]
    assert selected(repository, "main..main") == []
    # as with `git log`: what one range leaves out is left out of all
    assert selected(repository, "main~1..main", "main~2..main~1") == [third]


def test_single_commits(repository: RealRepository, shas: list[str]) -> None:
    third, second, _, side = shas
    assert selected(repository, "main", "side", third[:10]) == [third, side]
    repository.git("tag", "-m", "annotated", "v1", second)
    assert selected(repository, "v1") == [second]
    assert resolve_commit(repository.opened, "v1") == second
    assert resolve_commit(repository.opened, "@") == third


def test_whole_histories(repository: RealRepository, shas: list[str]) -> None:
    assert selected(repository, head_history=True) == shas[:3]
    assert set(selected(repository, every_ref=True)) == set(shas)


def test_a_commit_that_only_a_detached_head_reaches_is_in_everything(
    repository: RealRepository, shas: list[str]
) -> None:
    repository.git("checkout", "--quiet", "--detach")
    detached = repository.commit("detached", {"a": "d"})
    assert set(selected(repository, every_ref=True)) == {*shas, detached}


def test_what_is_left_out(repository: RealRepository, shas: list[str]) -> None:
    opened = repository.opened
    assert list(select_commits(opened, ["main~2..main"], without=[shas[1], "e" * 40])) == [shas[0]]


@pytest.mark.parametrize("expression", BAD)
def test_bad_input_is_refused(repository: RealRepository, shas: list[str], expression: str) -> None:
    with pytest.raises(UnknownRevision) as raised:
        selected(repository, expression)
    assert raised.value.remedy
    assert not (repository.path / "x").exists()


@pytest.mark.parametrize("expression", ["main..main~1", "main..main~2", "HEAD..HEAD^"])
def test_a_range_written_backwards_is_refused(repository: RealRepository, shas: list[str], expression: str) -> None:
    with pytest.raises(UsageError, match="backwards"):
        selected(repository, expression)


def test_a_tag_of_a_file_is_no_commit(repository: RealRepository, shas: list[str]) -> None:
    repository.git("tag", "-m", "a file", "file", repository.git("rev-parse", "HEAD:a"))
    with pytest.raises(UnknownRevision):
        selected(repository, "file")


@pytest.mark.parametrize("options", [{}, {"every_ref": True}])
def test_nothing_is_selected_where_nothing_is(repository: RealRepository, options: dict[str, bool]) -> None:
    assert selected(repository, **options) == []


def test_an_unborn_branch_has_no_commit_yet(repository: RealRepository) -> None:
    with pytest.raises(UnknownRevision, match="no commit here yet"):
        selected(repository, head_history=True)
    with pytest.raises(UnknownRevision, match="no commit here yet"):
        selected(repository, "HEAD")


def test_two_objects_that_begin_alike_are_told(repository: RealRepository) -> None:
    commit = "commit refs/heads/main\ncommitter A <a@example.com> {} +0000\ndata 0\n\n"
    repository.git("fast-import", "--quiet", feed="".join(commit.format(second) for second in range(1500)).encode())
    known: set[str] = set()
    for sha in repository.git("rev-list", "main").split():
        if sha[:4] in known:
            with pytest.raises(UnknownRevision, match="beginning of several"):
                selected(repository, sha[:4])
            return
        known.add(sha[:4])
    pytest.fail("no two ids begin alike")


def test_a_shallow_clone_is_named_when_a_commit_is_not_there(repository: RealRepository, shas: list[str]) -> None:
    shallow = RealRepository(repository.path.parent / "shallow")
    repository.git("clone", "--quiet", "--depth=1", f"file://{repository.path}", str(shallow.path))
    with pytest.raises(UnknownRevision, match="shallow"):
        selected(shallow, f"{shas[2]}..HEAD")
