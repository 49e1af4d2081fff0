"""The walk finds what the plain reference finds, whatever happened in the history."""

import itertools
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings

from byline.catalogue.literals import finder
from byline.model import Commit
from byline.repository import added_lines as comparison
from byline.repository import arriving, history, object_reader
from byline.repository.history import walk
from byline.repository.long_lines import LONGEST_LINE
from byline.repository.search import Search
from equivalence.histories import FILE, NEEDLES, Moment, Node, build, histories
from equivalence.reference import added_lines, cut_by
from real_git import RealRepository

SEARCH = Search(lambda _data: [], finder(NEEDLES, long_run=False), lambda _path: False)
CUT = cut_by(NEEDLES, SEARCH.lines)


@pytest.fixture(scope="module")
def store() -> Iterator[RealRepository]:
    """One repository that takes all the histories: unpacking each anew would be most of the time."""
    with tempfile.TemporaryDirectory() as folder:
        yield RealRepository.create(Path(folder) / "store", "--bare")


def check(store: RealRepository, moments: list[Moment]) -> None:
    """Compare walk and reference on every commit of the history."""
    shas = build(store, moments)
    repository = store.opened
    commits = list(walk(repository, shas, SEARCH))
    for sha, commit, moment in zip(shas, commits, moments, strict=True):
        assert commit.sha == sha
        assert not commit.unread
        found = Counter((line.path, line.text) for line in commit.added_lines)
        assert found == added_lines(repository.git_dir, sha, CUT), (sha, moment)
        assert_numbers_are_right(commit, moment)


def assert_numbers_are_right(commit: Commit, moment: Moment) -> None:
    """Each line stands in the new file where the commit says."""
    for line in commit.added_lines:
        text = moment.tree[line.path].content.split(b"\n")[line.number - 1]
        assert line.text.encode("utf-8", "surrogateescape") in ([text] if len(text) <= LONGEST_LINE else text)
    places = [(line.path, line.number) for line in commit.added_lines if len(line.text) < 100]
    assert len(set(places)) == len(places)


@settings(max_examples=150)
@given(moments=histories())
def test_walk_equals_the_reference(store: RealRepository, moments: list[Moment]) -> None:
    check(store, moments)


@settings(max_examples=60)
@given(moments=histories())
def test_walk_equals_the_reference_when_everything_is_streamed(store: RealRepository, moments: list[Moment]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(comparison, "_IN_ONE_PIECE", 10)
        patch.setattr(comparison, "_CACHE", 300)
        patch.setattr(history, "_CLEAN", 1)
        patch.setattr(history, "_BATCH", 2)
        patch.setattr(history, "_BATCH_CHANGES", 3)
        patch.setattr(object_reader, "CHUNK", 7)
        patch.setattr(arriving, "_READ", 30)
        check(store, moments)


def test_every_kind_of_merge_of_three_small_files(store: RealRepository) -> None:
    """All ways in which two parents and a merge can each hold a line not at all, once or twice."""
    moments: list[Moment] = []
    texts = [None, b"plain\n", b"mark one\n", b"plain\nmark one\nmark one\n"]
    for left, right, result in itertools.product(texts, repeat=3):
        base = len(moments)
        moments += [Moment((), {} if text is None else {"a": Node(FILE, text)}) for text in (left, right)]
        moments.append(Moment((base, base + 1), {} if result is None else {"a": Node(FILE, result)}))
    check(store, moments)
