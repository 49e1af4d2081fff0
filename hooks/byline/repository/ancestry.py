"""Which commit can be a later version of which: what states each of them came from, as far back as is looked."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from byline.repository.location import Repository
from byline.repository.run_git import git_output

_MOST = 5000
"""Commits that are looked at; what lies further back is not known."""

_NOTHING = ""
"""Stands for the state before a root commit."""


class _State(NamedTuple):
    tree: str
    parents: tuple[str, ...]


class Ancestry:
    """Commits with the trees of their ancestors."""

    def __init__(self, states: Mapping[str, _State]) -> None:
        self._states = states

    def restores(self, sha: str) -> bool:
        """Whether the commit changes nothing, or brings back a state that its own history had before, as a revert."""
        state = self._states.get(sha)
        return state is not None and state.tree in self._trees_before(sha)

    def replaces(self, new: str, old: str) -> bool:
        """Whether what `new` changes ends in the tree of `old`, and began where `old` or one of its ancestors did.

        So it is for an amended commit, and for one that others up to `old` were squashed into. False where the
        commits are too far apart to tell.
        """
        ours, theirs = self._states.get(new), self._states.get(old)
        if ours is None or theirs is None or ours.tree != theirs.tree:
            return False
        if len(ours.parents) > 1:
            before = self._trees_of(ours.parents)
            return None not in before and before == self._trees_of(theirs.parents)
        start = self._trees_of(ours.parents)[0] if ours.parents else _NOTHING
        return start is not None and start in self._trees_before(old)

    def _trees_of(self, shas: Iterable[str]) -> list[str | None]:
        return [state.tree if (state := self._states.get(sha)) else None for sha in shas]

    def _trees_before(self, sha: str) -> Iterator[str]:
        seen: set[str] = set()
        waiting = deque([sha])
        while waiting:
            parents = self._states[waiting.popleft()].parents
            if not parents:
                yield _NOTHING
            for parent in parents:
                if parent in self._states and parent not in seen:
                    seen.add(parent)
                    waiting.append(parent)
                    yield self._states[parent].tree


def ancestry(repository: Repository, shas: Iterable[str]) -> Ancestry:
    """The commits with those before them, the latest first. Raises RepositoryError."""
    feed = "".join(f"{sha}\n" for sha in shas).encode("ascii")
    out = git_output(repository, "rev-list", "--stdin", f"--max-count={_MOST}", "--format=%H %T %P", feed=feed)
    rows = (line.split() for line in out.decode("ascii").splitlines() if not line.startswith("commit "))
    return Ancestry({sha: _State(tree, tuple(parents)) for sha, tree, *parents in rows})
