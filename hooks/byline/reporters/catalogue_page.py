"""The whole catalogue as a page of Markdown: every tool, every mark, an example and where it is known from."""

import re
from collections.abc import Sequence

from byline.catalogue.schema import Mark, Tool
from byline.reporters.words import CONFIDENCES, SHOWS, SURFACES, counted

_HEAD = """\
# The catalogue

What byline knows, written by `byline tools --format markdown` from the files in `hooks/byline/catalogue/tools/`.
Nobody edits this page by hand. `byline tools NAME` shows a tool on the terminal; `byline explain MARK` tells what a
mark means, what it does not prove, and what to do if it is false.

A mark is **certain** (it does not occur otherwise), **likely** (otherwise only by accident) or **only a hint** (it
means nothing by itself, and never blocks unless a policy says so).
"""
_LONGEST_EXAMPLE = 120


def catalogue_page(tools: Sequence[Tool]) -> str:
    """The page, with the tools in the order in which they are given."""
    marks = sum(len(tool.marks) for tool in tools)
    lines = [_HEAD, f"{counted(len(tools), 'tool')}, {counted(marks, 'mark')}.", ""]
    lines += ["| tool | by | runs | used as | marks |", "|---|---|---|---|---|"]
    lines += [
        f"| [{tool.name}](#{tool.id}) | {tool.vendor} | {tool.hosting.value} | {_modes(tool)} | {len(tool.marks)} |"
        for tool in tools
    ]
    for tool in tools:
        lines += ["", *_section(tool)]
    return "\n".join(lines)


def _section(tool: Tool) -> list[str]:
    also = f", also called {', '.join(f'`{alias}`' for alias in tool.aliases)}" if tool.aliases else ""
    return [
        f'<a id="{tool.id}"></a>',
        "",
        f"## {tool.name}",
        "",
        f"`{tool.id}`{also}; [{tool.url.removeprefix('https://').rstrip('/')}]({tool.url})",
        "",
        "| mark | where | such as | says | how sure | known from |",
        "|---|---|---|---|---|---|",
        *(_row(mark) for mark in tool.marks),
    ]


def _row(mark: Mark) -> str:
    sources = " ".join(f"[{number}]({source})" for number, source in enumerate(mark.sources, 1))
    says = SHOWS[mark.shows] + (f" ({mark.mode.value})" if mark.mode else "")
    example = _example(mark)
    return (
        f"| `{mark.id}` | {SURFACES[mark.surface]} | {example} | {says} | {CONFIDENCES[mark.confidence]} | {sources} |"
    )


def _example(mark: Mark) -> str:
    """The first example as code that no Markdown can break out of, in one line."""
    text = " ⏎ ".join(line.strip() for line in "".join(mark.matches[:1]).strip().split("\n"))
    if not text:
        return ""
    if len(text) > _LONGEST_EXAMPLE:
        text = text[: _LONGEST_EXAMPLE - 4] + " ..."
    fence = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    blank = " " if text[0] == "`" or text[-1] == "`" else ""
    return f"{fence}{blank}{text}{blank}{fence}".replace("|", "\\|")


def _modes(tool: Tool) -> str:
    return ", ".join(sorted(mode.value for mode in tool.modes))
