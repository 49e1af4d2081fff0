"""The commits that are new to the refs of a push, with few git processes however many refs there are.

`git rev-list` leaves out what any of the given commits reach. What is new to one ref may be old to another, though, so
many updates cannot be put to it as one question. Two are enough: what is new to all of the refs, and, for those
refs that also bring what another of them had, a walk that remembers for each commit which refs reach it.
"""

from collections.abc import Generator, Iterable, Iterator, Sequence
from typing import NamedTuple

from byline.repository.conversation import Conversation
from byline.repository.location import Repository
from byline.repository.received import commit_ids

_FEW = 4  # as many different old values are asked for one by one: git then need not sort the commits

_TOGETHER = 1000  # updates of one walk: the refs that reach a commit are the bits of a number


class Update(NamedTuple):
    """Two commits by their full ids: where a ref leads to now, and where it is to lead. No `old`: a new ref."""

    old: str
    new: str


def new_commits(repository: Repository, updates: Iterable[Update], without: Sequence[str]) -> Iterator[str]:
    """Full ids of the commits that for one of the updates `new` reaches, and neither `old` nor `without` does.

    A commit may come more than once. Raises RepositoryError.
    """
    each = list(dict.fromkeys(updates))
    news_of: dict[str, list[str]] = {}
    for update in each:
        news_of.setdefault(update.old, []).append(update.new)
    if len(news_of) <= _FEW:
        for old, news in news_of.items():
            yield from commit_ids(repository, news, (*filter(None, [old]), *without))
        return
    for start in range(0, len(each), _TOGETHER):
        part = each[start : start + _TOGETHER]
        crossing = yield from _new_to_all(repository, part, without)
        if crossing:
            yield from _new_to_one(repository, crossing, without)


def _new_to_all(
    repository: Repository, updates: Sequence[Update], without: Sequence[str]
) -> Generator[str, None, list[Update]]:
    """What none of the updated refs had. Returns the updates that bring more: what another of these refs had."""
    reached_by = _refs(update.new for update in updates)
    had_by = _refs(update.old for update in updates)
    for sha, parents in _graph(repository, (*reached_by,), (*filter(None, had_by), *without)):
        yield sha
        refs = reached_by.pop(sha, 0)
        for parent in parents:
            reached_by[parent] = reached_by.get(parent, 0) | refs
    # left are the commits at which the walk ended; a ref that ended at its own old value brought nothing else
    left_out = frozenset(without)
    crossing = 0
    for sha, refs in reached_by.items():
        if sha not in left_out:
            crossing |= refs & ~had_by.get(sha, 0)
    return [update for at, update in enumerate(updates) if crossing >> at & 1]


def _new_to_one(repository: Repository, updates: Sequence[Update], without: Sequence[str]) -> Iterator[str]:
    """What is new to any one of the refs. Every commit is told by its children which refs bring it, and had it."""
    brought_by = _refs(update.new for update in updates)
    had_by = _refs(update.old for update in updates)
    undecided = {sha for sha, refs in brought_by.items() if refs & ~had_by.get(sha, 0)}
    for sha, parents in _graph(repository, (*brought_by, *filter(None, had_by)), without):
        brought, had = brought_by.pop(sha, 0), had_by.pop(sha, 0)
        undecided.discard(sha)
        if brought & ~had:
            yield sha
        for parent in parents:
            brought_by[parent] = brought_by.get(parent, 0) | brought
            had_by[parent] = had_by.get(parent, 0) | had
            (undecided.add if brought_by[parent] & ~had_by[parent] else undecided.discard)(parent)
        if not undecided:
            return


def _refs(tips: Iterable[str]) -> dict[str, int]:
    """Each tip with the refs that have it: the first ref is the lowest bit."""
    found: dict[str, int] = {}
    for at, tip in enumerate(tips):
        found[tip] = found.get(tip, 0) | 1 << at
    return found


def _graph(repository: Repository, tips: Sequence[str], without: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """Commits with their parents, children first whatever their dates say."""
    lines = [*tips, *(f"^{oid}" for oid in without)]
    with Conversation(repository, "rev-list", "--stdin", "--topo-order", "--parents") as git:
        git.send_all("".join(f"{line}\n" for line in lines).encode("ascii"))
        for line in git.answers:
            sha, *parents = line.decode("ascii").split()
            yield sha, parents
        git.check()
