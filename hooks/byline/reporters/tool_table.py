"""The tools of the catalogue as a table, and one of them with all its marks."""

import textwrap
from collections.abc import Sequence

from byline.catalogue.schema import Mark, Tool
from byline.reporters.words import CONFIDENCES, SHOWS, SURFACES, counted

_COLUMNS = ("tool", "name", "vendor", "runs", "marks", "used as")


def tool_table(tools: Sequence[Tool]) -> str:
    """One line a tool: id, name, vendor, hosting, number of marks and modes of use."""
    rows = [_COLUMNS, *(_row(tool) for tool in tools)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_COLUMNS) - 1)]
    lines = [_line(row, widths) for row in rows]
    marks = sum(len(tool.marks) for tool in tools)
    totals = f"{counted(len(tools), 'tool')}, {counted(marks, 'mark')}"
    return "\n".join([*lines, "", f"{totals}. `byline tools NAME` lists the marks of one."])


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    *padded, marks, modes = (f"{cell:<{width}}" for cell, width in zip(row, (*widths, 0), strict=True))
    return "  ".join([*padded, f"{marks.strip():>5}", modes]).rstrip()


def _row(tool: Tool) -> tuple[str, ...]:
    modes = ", ".join(sorted(mode.value for mode in tool.modes))
    return (tool.id, tool.name, tool.vendor, tool.hosting.value, str(len(tool.marks)), modes)


def tool_page(tool: Tool, width: int) -> str:
    """A tool with all its marks, an example of each, and where each is known from."""
    modes = ", ".join(sorted(mode.value for mode in tool.modes)) or "any way"
    lines = [f"{tool.name} ({tool.id}), by {tool.vendor}; runs: {tool.hosting.value}; used as: {modes}"]
    if tool.aliases:
        lines.append(f"also called {', '.join(tool.aliases)}")
    if tool.url:
        lines.append(tool.url)
    for mark in tool.marks:
        lines += ["", *_mark_lines(mark, width)]
    return "\n".join([*lines, "", "`byline explain MARK` tells what a mark means and what it does not prove."])


def _mark_lines(mark: Mark, width: int) -> list[str]:
    kind = f"{SURFACES[mark.surface]}, {CONFIDENCES[mark.confidence]}: {SHOWS[mark.shows]}"
    rows = [mark.id, *textwrap.wrap(kind, width - 2, initial_indent="  ", subsequent_indent="  ")]
    rows += [f"  such as  {line}" for line in mark.matches[:1] for line in line.split("\n")[:1]]
    rows += [f"  source   {source}" for source in mark.sources]
    return rows
