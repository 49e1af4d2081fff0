"""Commits that an agent makes, and in which the stamp that it leaves by default is not found."""

from collections.abc import Iterator, Sequence

from byline.catalogue.builtin import STAMP_MISSING
from byline.catalogue.load import Catalogue
from byline.catalogue.schema import Tool, TrailerMatch
from byline.detectors.found import finding
from byline.model import Commit, Confidence, Finding, Shows, Surface

_IN_COMMITS = (Surface.TRAILER, Surface.MESSAGE, Surface.IDENTITY)


def missing_stamps(commit: Commit, findings: Sequence[Finding], catalogue: Catalogue) -> Iterator[Finding]:
    """One finding for each agent that surely runs the commit, stamps its commits, and is not named in this one."""
    if commit.message is None:
        return
    named = {found.tool for found in findings if found.surface in _IN_COMMITS}
    running = {
        found.tool
        for found in findings
        if found.surface is Surface.ENVIRONMENT
        and found.shows is Shows.GENERATED
        and found.confidence is not Confidence.HINT
    }
    for tool_id in sorted(running - named):
        tool = catalogue.tool(tool_id)
        if tool is not None and _stamps(tool):
            text = f"{tool.name} runs this commit and usually names itself in the message"
            yield finding(STAMP_MISSING, text)._replace(tool=tool_id)


def _stamps(tool: Tool) -> bool:
    """Whether the tool adds a co-author by default: then the catalogue has an address of its own for it."""
    return any(
        isinstance(mark.match, TrailerMatch)
        and mark.match.address is not None
        and mark.confidence is Confidence.CERTAIN
        and mark.shows is Shows.GENERATED
        and not mark.until
        for mark in tool.marks
    )
