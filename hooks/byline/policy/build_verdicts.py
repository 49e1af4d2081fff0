"""Verdict tables and scopes of a policy file to values."""

from collections.abc import Mapping

from byline.catalogue.toml_lines import Path
from byline.model import Verdict
from byline.policy.draft import Draft
from byline.policy.schema import Layer, Said, Scope, Where
from byline.policy.source import DAY, Source, day, number, text, texts


def build_layer(draft: Draft, source: Source, path: Path, table: Mapping[str, object]) -> Layer:
    """The verdicts of a scope, or of a whole file when `path` is empty."""

    def said(group: str, name: str, word: object) -> Said:
        here: Path = (*path, *filter(None, (group, name)))
        if path:
            line = f'[[{path[0]}]] {".".join(filter(None, (group, name)))} = "{word}"'
        else:
            line = f'[{group or "policy"}] {name} = "{word}"'
            here = here if group else ("policy", name)
        return Verdict[str(word).upper()], source.rule(here, line)

    def group(name: str) -> dict[str, Said]:
        entries = table.get(name)
        return {key: said(name, key, word) for key, word in entries.items()} if isinstance(entries, dict) else {}

    return Layer(
        said("", "ai", table["ai"]) if "ai" in table else None,
        _by_tool(draft, source, (*path, "tools"), group("tools")),
        _by_vendor(draft, source, (*path, "vendors"), group("vendors")),
        group("hosting"),
        group("modes"),
        text(table, "say"),
    )


def _by_tool(draft: Draft, source: Source, path: Path, entries: dict[str, Said]) -> dict[str, Said]:
    """The entries by tool id instead of by whatever name the policy calls the tool."""
    found: dict[str, Said] = {}
    for name, said in entries.items():
        tool_id = tool_named(draft, source, (*path, name), name)
        if tool_id in found:
            draft.fault(
                source, (*path, name), f"{name} is a second name of a tool that has a verdict here already: {tool_id}"
            )
        elif tool_id:
            found[tool_id] = said
    return found


def tool_named(draft: Draft, source: Source, path: Path, name: str) -> str:
    """The id of a tool by any of its names; empty after a fault."""
    tool = draft.catalogue.tool(name)
    if tool is not None:
        return tool.id
    if any(name in other.table("define") for other in draft.sources):
        return name
    from byline.policy.validate import unknown

    group, colon, word = name.partition(":")
    tools = draft.catalogue.tools
    names = [*tools, *(alias for tool in tools.values() for alias in tool.aliases)]
    properties = {"vendor": "vendors", "hosting": "hosting", "mode": "modes", "surface": "modes"}
    if colon and group in properties:
        draft.fault(source, path, f'"{name}" is no tool: write {word} in [{properties[group]}]')
    else:
        draft.fault(source, path, unknown("tool", name, names))
    return ""


_SELECTORS = ("paths", "branches", "source-branches", "authors", "pushers", "labels", "commits", "tool")
_ALSO_CALLED = {"amazon": "aws", "cursor": "anysphere", "microsoft": "github", "windsurf": "cognition"}
"""Other names of vendors: of a parent company, or of the product that everybody knows."""


def _by_vendor(draft: Draft, source: Source, path: Path, entries: dict[str, Said]) -> dict[str, Said]:
    if not entries:
        return {}
    defined = [table.get("vendor") for other in draft.sources for table in _tables(other.table("define"))]
    known = sorted({*(tool.vendor for tool in draft.catalogue.tools.values()), *map(str, filter(None, defined))})
    found: dict[str, Said] = {}
    for name, said in entries.items():
        vendor = name.lower() if name.lower() in known else _ALSO_CALLED.get(name.lower(), name.lower())
        if vendor not in known:
            from byline.policy.validate import unknown

            draft.fault(source, (*path, name), unknown("vendor", name, known))
        elif vendor in found:
            draft.fault(
                source, (*path, name), f"{name} is a second name of a vendor that has a verdict here already: {vendor}"
            )
        found[vendor] = said
    return found


def _tables(table: Mapping[str, object]) -> list[Mapping[str, object]]:
    return [value for value in table.values() if isinstance(value, dict)]


def build_scopes(draft: Draft) -> tuple[Scope, ...]:
    """All scopes, those of extended files first."""
    scopes = []
    for source in draft.sources:
        for position, table in enumerate(source.tables("scope")):
            path: Path = ("scope", position)
            where = build_where(draft, source, table, path)
            if where == Where():
                draft.fault(source, path, "the scope says nowhere; give it paths, branches, authors or dates")
            layer = build_layer(draft, source, path, table)
            if layer == Layer():
                draft.fault(source, path, "the scope says nothing; give it ai, tools, vendors, hosting or modes")
            scopes.append(Scope(where, layer))
    return tuple(scopes)


def build_where(draft: Draft, source: Source, table: Mapping[str, object], path: Path) -> Where:
    """Which commits and files a scope or an exemption is about."""
    for name in _SELECTORS:
        if table.get(name) == []:
            sentence = f"{name} is empty, so nothing can be meant: fill it in, or leave it out"
            draft.fault(source, (*path, name), sentence)
    start, last_day = day(table, "from"), day(table, "until")
    if start is not None and last_day is not None and last_day < start:
        draft.fault(source, (*path, "until"), "until is before from, so no commit can be meant")
    return Where(
        draft.paths(source, table, path),
        texts(table, "branches"),
        texts(table, "source-branches"),
        draft.people(source, table, "authors", path),
        texts(table, "pushers"),
        texts(table, "labels"),
        texts(table, "commits"),
        start,
        None if last_day is None else last_day + DAY,
        number(table, "max-lines"),
    )
