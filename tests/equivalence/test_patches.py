"""A patch that git prints shows what the walk through the repository shows."""

from collections import Counter

import pytest
from hypothesis import given, settings

from byline.catalogue.literals import finder
from byline.model import Commit
from byline.repository.history import walk
from byline.repository.patch_input import commits_in_patch
from byline.repository.search import Search
from equivalence.histories import NEEDLES, Moment, build, histories
from real_git import RealRepository

SEARCH = Search(lambda _data: [], finder(NEEDLES, long_run=False), lambda _path: False)
PRINTED = {
    "git show": ("log", "--patch", "--reverse", "--no-walk=unsorted", "--date=raw"),
    "git format-patch": ("log", "--patch-with-stat", "--format=email", "--reverse", "--no-walk=unsorted"),
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> RealRepository:
    """One repository that takes all the histories."""
    return RealRepository.create(tmp_path_factory.mktemp("store"), "--bare")


def lines(commit: Commit) -> Counter[tuple[str, str]]:
    """Lines that a patch and the walk both take whole."""
    return Counter((line.path, line.text) for line in commit.added_lines if len(line.text) < 1000)


def without_cr(moments: list[Moment]) -> list[Moment]:
    """The same history without CR, which mail does not keep at the end of a line."""
    return [
        moment._replace(
            tree={path: node._replace(content=node.content.replace(b"\r", b"")) for path, node in moment.tree.items()}
        )
        for moment in moments
    ]


@pytest.mark.parametrize("form", PRINTED)
@settings(max_examples=50)
@given(moments=histories())
def test_a_printed_history_shows_what_the_walk_shows(store: RealRepository, form: str, moments: list[Moment]) -> None:
    moments = without_cr(moments) if form == "git format-patch" else moments
    made = build(store, moments)
    shas = list(dict.fromkeys(sha for sha, moment in zip(made, moments, strict=True) if len(moment.parents) < 2))
    walked = [commit for commit in walk(store.opened, shas, SEARCH) if commit.changes]
    if not walked:
        return
    command, *options = PRINTED[form]
    asked = [str(commit.sha) for commit in walked][::-1]
    patch = store.git_bytes(command, *options, "--text", "--no-renames", *asked)
    shown = list(commits_in_patch(patch, "patch", SEARCH))
    assert [commit.sha for commit in shown] == [commit.sha for commit in walked]
    for ours, theirs in zip(shown, walked, strict=True):
        assert lines(ours) == lines(theirs)
        assert not ours.unread
        assert ours.message == "x\n"
        assert (ours.author.name, ours.author.email) == (theirs.author.name, theirs.author.email)
        assert {change.path for change in ours.changes} == {change.path for change in theirs.changes}
