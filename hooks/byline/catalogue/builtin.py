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

BUILT_IN = (UNREADABLE_CONFIG,)
