"""What every detector does the same way: marks to findings."""

from byline.catalogue.schema import Mark
from byline.model import Confidence, Finding, Shows, Surface

LONGEST_TEXT = 400
"""Characters of the text seen that a finding keeps."""

LOWERED = {
    Confidence.CERTAIN: Confidence.LIKELY,
    Confidence.LIKELY: Confidence.HINT,
    Confidence.HINT: Confidence.HINT,
}
"""The confidence of a mark that stands where its tool would not have put it."""

_REVIEWING = frozenset(
    (
        "acked-by",
        "cc",
        "helped-by",
        "mentored-by",
        "reported-and-tested-by",
        "reported-by",
        "requested-by",
        "reviewed-and-tested-by",
        "reviewed-by",
        "suggested-by",
        "tested-by",
    )
)


def shown(mark: Mark, key: str) -> Shows:
    """What the mark shows beside this trailer key: a reviewer wrote nothing."""
    if mark.shows is Shows.GENERATED and key.lower() in _REVIEWING:
        return Shows.ASSISTED
    return mark.shows


def finding(
    mark: Mark,
    text: str,
    *,
    surface: Surface | None = None,
    shows: Shows | None = None,
    confidence: Confidence | None = None,
    path: str | None = None,
    line: int | None = None,
    role: str | None = None,
) -> Finding:
    """The mark seen here; what is not given is the mark's own."""
    return Finding(
        mark.id,
        mark.tool,
        surface or mark.surface,
        shows or mark.shows,
        confidence or mark.confidence,
        text[:LONGEST_TEXT],
        path,
        line,
        role,
    )
