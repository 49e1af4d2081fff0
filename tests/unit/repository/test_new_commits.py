"""What is new to the refs of a push, held against what git says of each ref by itself."""

from itertools import pairwise
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from byline.repository import conversation
from byline.repository.new_commits import Update, new_commits
from real_git import RealRepository


class Drawn(NamedTuple):
    """A history as the parents and the second of each commit, and refs as (old, new); -1 stands for none."""

    history: list[tuple[list[int], int]]
    refs: list[tuple[int, int]]
    without: list[int]


@st.composite
def pushes(draw: st.DrawFn) -> Drawn:
    size = draw(st.integers(3, 14))
    history = []
    for at in range(size):
        earlier = st.integers(max(0, at - 5), at - 1)
        parents = draw(st.lists(earlier, unique=True, max_size=2)) if at else []
        history.append((parents, draw(st.integers(1, 40))))  # dates are claims, and often go backwards
    one = st.integers(0, size - 1)
    refs = draw(st.lists(st.tuples(st.integers(-1, size - 1), one), min_size=5, max_size=12))
    return Drawn(history, refs, draw(st.lists(one, max_size=1)))


def written(repository: RealRepository, drawn: Drawn) -> list[str]:
    """The ids of the commits, made all at once."""
    stream = []
    for at, (parents, second) in enumerate(drawn.history, 1):
        stream.append(f"reset refs/heads/c{at}\ncommit refs/heads/c{at}\nmark :{at}\n")
        stream.append(f"committer Ada <ada@example.com> {1_700_000_000 + second} +0000\ndata 2\n{at % 10}\n")
        stream += [f"{'merge' if number else 'from'} :{parent + 1}\n" for number, parent in enumerate(parents)]
    repository.git("fast-import", "--quiet", "--force", feed="".join(stream).encode())
    return repository.git("rev-parse", *(f"c{at}" for at in range(1, len(drawn.history) + 1))).split()


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=pushes())
def test_many_refs_at_once_get_what_each_of_them_would_get(repository: RealRepository, drawn: Drawn) -> None:
    ids = written(repository, drawn)
    updates = [Update("" if old < 0 else ids[old], ids[new]) for old, new in drawn.refs]
    without = [ids[at] for at in drawn.without]
    expected = set()
    for old, new in updates:
        left_out = [f"^{oid}" for oid in (*filter(None, [old]), *without)]
        expected.update(repository.git("rev-list", new, *left_out).split())
    assert set(new_commits(repository.opened, updates, without)) == expected


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What git is asked for, one entry a process."""
    asked: list[str] = []
    start = conversation.start_git

    def counting(repository: object, *arguments: str, **options: object) -> object:
        asked.append(arguments[0])
        return start(repository, *arguments, **options)

    monkeypatch.setattr(conversation, "start_git", counting)
    return asked


def branches(repository: RealRepository, number: int) -> list[Update]:
    """So many branches with a commit of their own, and with a further one each."""
    stream = ["commit refs/heads/main\nmark :1\ncommitter Ada <a@example.com> 1 +0000\ndata 2\n0\n"]
    for at in range(number):
        ref = f"refs/heads/b{at}"
        for step in ("old", "new"):
            stream.append(f"commit {ref}\ncommitter Ada <a@example.com> 2 +0000\ndata <<E\n{at} {step}\nE\n")
            stream += ["from :1\n"] if step == "old" else []
    repository.git("fast-import", "--quiet", feed="".join(stream).encode())
    news = repository.git("for-each-ref", "--format=%(objectname) %(parent)", "refs/heads/b*").splitlines()
    return [Update(old, new) for new, old in (line.split() for line in news)]


def test_a_thousand_refs_take_one_process(repository: RealRepository, started: list[str]) -> None:
    updates = branches(repository, 1000)
    found = list(new_commits(repository.opened, updates, ()))
    assert sorted(found) == sorted(update.new for update in updates)
    assert started == ["rev-list"]


def test_refs_that_take_each_others_commits_take_one_more(repository: RealRepository, started: list[str]) -> None:
    updates = branches(repository, 1000)
    # every branch moves to where another one was, which is new to it
    moved = [Update(update.old, other.old) for update, other in pairwise(updates)]
    assert set(new_commits(repository.opened, moved, ())) == {update.new for update in moved}
    assert started == ["rev-list", "rev-list"]
