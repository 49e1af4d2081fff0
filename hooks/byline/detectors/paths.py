"""Marks on the paths that a commit touches."""

from collections.abc import Callable, Iterable, Iterator

from byline.catalogue.globs import matcher
from byline.catalogue.schema import Mark, PathMatch
from byline.detectors.found import finding
from byline.model import Commit, Finding, Shows


def prepare(marks: Iterable[Mark]) -> Callable[[Commit], Iterator[Finding]]:
    """A function from a commit to what its paths carry.

    A file that sets a tool up counts when it is added; other files count when they are added or altered.
    """
    pairs = [(glob, mark) for mark in marks if isinstance(mark.match, PathMatch) for glob in mark.match.globs]
    matching = matcher([glob for glob, _ in pairs])

    def detect(commit: Commit) -> Iterator[Finding]:
        for change in commit.changes:
            for index in matching(change.path):
                mark = pairs[index][1]
                if change.status == "A" or (change.status in ("M", "T") and mark.shows is not Shows.SETUP):
                    yield finding(mark, change.path, path=change.path)

    return detect
