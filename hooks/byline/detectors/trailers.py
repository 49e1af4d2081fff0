"""Marks on trailers, by Git's own rule of what a trailer is."""

from collections.abc import Callable, Iterator

from byline.detectors.found import finding, shown, spelling
from byline.detectors.trailer_index import Lookup
from byline.model import Commit, Finding


def prepare(lookup: Lookup) -> Callable[[Commit], Iterator[Finding]]:
    """A function from a commit to what its trailers carry. A finding's role is the trailer's key as written."""

    def detect(commit: Commit) -> Iterator[Finding]:
        for trailer in commit.trailers:
            for mark, _beyond in lookup(trailer.key, trailer.value):
                text = str(trailer)
                yield finding(
                    mark,
                    text,
                    shows=shown(mark, trailer.key),
                    line=trailer.line,
                    role=trailer.key,
                    spelling=spelling(mark, text, trailer.key),
                )

    return detect
