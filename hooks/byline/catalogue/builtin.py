"""The marks that byline itself sets, so that they can be looked up and explained like all others."""

from byline.catalogue.schema import ConfigMatch, Mark
from byline.model import Confidence, Shows, Surface

TOOL = "byline"
"""The name that stands for no AI tool in findings; no tool may take it."""

UNREADABLE_CONFIG = Mark(
    id="byline.unreadable-config",
    tool=TOOL,
    surface=Surface.CONFIG,
    confidence=Confidence.HINT,
    shows=Shows.SETUP,
    match=ConfigMatch(globs=(), pointer=()),
    mode=None,
    since="",
    until="",
    note="The commit changes a configuration file in which a tool's settings could stand, and the file cannot be read.",
    sources=(),
    matches=(),
    ignores=(),
)

STAMP_MISSING = UNREADABLE_CONFIG._replace(
    id="byline.stamp-missing",
    surface=Surface.ENVIRONMENT,
    confidence=Confidence.LIKELY,
    shows=Shows.SUPPRESSION,
    note="An agent runs the commit, and the stamp that it leaves by default is not in the message.",
)

MARK_REMOVED = STAMP_MISSING._replace(
    id="byline.mark-removed",
    surface=Surface.MESSAGE,
    note="An earlier version of the commit, still in this clone's reflog, carried a mark that this one lacks.",
)

UNSEEN = STAMP_MISSING._replace(
    id="byline.unseen",
    surface=Surface.ENVIRONMENT,
    confidence=Confidence.HINT,
    note="No hook of byline has seen this commit when it was made: hooks were off, or passed by.",
)

BUILT_IN = (UNREADABLE_CONFIG, STAMP_MISSING, MARK_REMOVED, UNSEEN)
