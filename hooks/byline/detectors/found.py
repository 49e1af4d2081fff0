"""What every detector does the same way: marks to findings."""

from byline.catalogue.disguises import is_disguised
from byline.catalogue.schema import Mark, TrailerMatch
from byline.detectors.key_spelling import is_misspelt
from byline.model import Confidence, Finding, Shows, Spelling, Surface

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

_CREDITING = _REVIEWING | {"assisted-by", "co-authored-by", "co-developed-by", "generated-by", "signed-off-by"}
"""What a misspelt key was probably meant to be where a mark takes any."""


def shown(mark: Mark, key: str) -> Shows:
    """What the mark shows beside this trailer key: a reviewer wrote nothing."""
    if mark.shows is Shows.GENERATED and key.lower() in _REVIEWING:
        return Shows.ASSISTED
    return mark.shows


def spelling(mark: Mark, text: str, key: str = "") -> Spelling:
    """How the mark is written in this text; `key` is the trailer key that carries it."""
    if is_disguised(text):
        return Spelling.DISGUISED
    if key and isinstance(mark.match, TrailerMatch) and is_misspelt(key, mark.match.keys or _CREDITING):
        return Spelling.MISSPELT
    return Spelling.PLAIN


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
    spelling: Spelling = Spelling.PLAIN,
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
        spelling,
    )
