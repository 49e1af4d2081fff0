"""The last line of a report."""

from collections.abc import Mapping

from byline.model import Outcome
from byline.reporters.escape import escape
from byline.reporters.style import paint
from byline.reporters.summary import Summary
from byline.reporters.words import counted

_MOST_TOOLS = 8


def totals(summary: Summary, tool_names: Mapping[str, str], *, colour: bool) -> str:
    """What was checked and what came of it, in one sentence."""
    if not summary.judged:
        return _found(summary, tool_names)
    parts = (
        (Outcome.BLOCKED, "blocked"),
        (Outcome.WARNED, "warned"),
        (Outcome.ANNOTATED, "annotated"),
        (Outcome.SKIPPED, "could not be checked"),
    )
    counts = (
        paint(text, outcome.value, colour=colour and bool(summary.outcomes[outcome]))
        for outcome, words in parts
        for text in [f"{summary.outcomes[outcome]:,} {words}"]
    )
    return f"{counted(summary.commits, 'commit')} checked: {', '.join(counts)}"


def named_tools(summary: Summary, tool_names: Mapping[str, str], *, counts: bool) -> str:
    """The tools by name, those of most commits first, with the number of their commits if wanted; not escaped.

    The number stands in parentheses: behind a bare name it would be taken for a version.
    """
    ranked = summary.tools.most_common()
    named = [tool_names.get(tool, tool) + (f" ({count:,})" if counts else "") for tool, count in ranked[:_MOST_TOOLS]]
    if len(ranked) > _MOST_TOOLS:
        named.append(counted(len(ranked) - _MOST_TOOLS, "more tool"))
    return ", ".join(named)


def tools_and_commits(summary: Summary, tool_names: Mapping[str, str]) -> str:
    """The tools of commits that were only noted, and the number of these; of each tool as well if there are several."""
    commits = counted(summary.outcomes[Outcome.ANNOTATED], "commit")
    return f"{named_tools(summary, tool_names, counts=len(summary.tools) > 1)} in {commits}"


def _found(summary: Summary, tool_names: Mapping[str, str]) -> str:
    sentence = f"{counted(summary.commits, 'commit')} searched"
    if summary.marked:
        tools = escape(named_tools(summary, tool_names, counts=True))
        sentence += f", {counted(summary.marked, 'carries', 'carry')} marks: {tools}"
    else:
        sentence += ": no marks"
    if summary.unread:
        sentence += f"; {summary.unread:,} could not be read in full"
    return sentence
