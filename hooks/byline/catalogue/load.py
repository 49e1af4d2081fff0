"""The catalogue in memory: every bundled tool, and those that a policy defines."""

import os
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import import_module
from itertools import chain
from types import ModuleType
from typing import TYPE_CHECKING

from byline.catalogue.builtin import BUILT_IN
from byline.catalogue.needles import commit_needles
from byline.catalogue.packed import unpack_tool
from byline.catalogue.packed_tools import PackedMarks, PackedTools
from byline.catalogue.schema import Mark, Tool
from byline.errors import CatalogueError, Fault
from byline.frozen import Frozen
from byline.model import Surface

if TYPE_CHECKING:
    from byline.catalogue.fields import Locate

MOST_DEFINED_PATTERNS = 500
"""Regular expressions that the definitions of a policy may hold in all: they come from a repository."""

TOOLS_FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "tools")

Definition = tuple[str, int, Mapping[str, object]]
"""(file, line, table) of a `[define.NAME]` table; the table's `id` is NAME."""


class Catalogue(Frozen):
    """All tools by id, all marks by id, and the id for every name (id or alias) by which a policy may call a tool."""

    tools: Mapping[str, Tool]
    marks: Mapping[str, Mark]
    names: Mapping[str, str]

    @property
    def tool_names(self) -> Mapping[str, str]:
        """What people call each tool, by id."""
        if isinstance(self.tools, PackedTools):
            return self.tools.display_names()
        return {tool.id: tool.name for tool in self.tools.values()}

    def tool(self, name: str) -> Tool | None:
        """The tool with this id or alias, blind to case."""
        tool_id = self.names.get(name.lower())
        return None if tool_id is None else self.tools[tool_id]

    def mark(self, mark_id: str) -> Mark | None:
        """The mark with this id; also one that byline itself sets."""
        return self.marks.get(mark_id)

    def marks_on(self, surface: Surface) -> list[Mark]:
        """The marks of all tools on one surface."""
        if isinstance(self.tools, PackedTools):
            return self.tools.marks_on(surface)
        return [mark for tool in self.tools.values() for mark in tool.marks if mark.surface is surface]

    def of_vendor(self, vendor: str) -> frozenset[str]:
        """The ids of the tools that a vendor makes."""
        if isinstance(self.tools, PackedTools):
            return self.tools.of_vendor(vendor)
        return frozenset(tool.id for tool in self.tools.values() if tool.vendor == vendor)


def load_catalogue(definitions: Sequence[Definition] = (), *, lines: "Mapping[str, Locate] | None" = None) -> Catalogue:
    """The bundled tools and those of the definitions. Raises CatalogueError with all faults of all definitions.

    `lines` has for a file a function from the path of something in it, such as `("define", "acme", "mark", 0)`, to
    its line (`toml_lines.TomlLines.line`); without it every fault of a definition is reported at its first line.
    """
    compiled = _compiled()
    if compiled is not None and not definitions:
        return _packed_catalogue(compiled)
    tools = bundled_tools()
    if definitions:
        tools = [*tools, *_defined(definitions, tools, lines or {})]
    return _catalogue(tools)


@cache
def _packed_catalogue(compiled: ModuleType) -> Catalogue:
    """The bundled tools of an installed package. What was unpacked once stays for all who load them."""
    packed = PackedTools(compiled.TOOLS)
    return Catalogue(packed, PackedMarks(packed, {mark.id: mark for mark in BUILT_IN}), packed.names())


def bundled_tools() -> Sequence[Tool]:
    """The tools that byline brings along: from the compiled module of an installed package, else from the TOML files.

    Raises CatalogueError for faults in the TOML files.
    """
    compiled = _compiled()
    if compiled is None:
        return tools_in_folder(TOOLS_FOLDER)
    return [unpack_tool(packed) for packed in compiled.TOOLS]


def texts_in_commits(catalogue: Catalogue) -> Iterable[str]:
    """What `needles.commit_needles` gives for all marks of the catalogue; for bundled tools it may be compiled."""
    compiled = _compiled()
    bundled = {packed[0] for packed in compiled.TOOLS} if compiled is not None else set()
    if compiled is None or not bundled <= catalogue.tools.keys():
        return commit_needles(mark for tool in catalogue.tools.values() for mark in tool.marks)
    own = [catalogue.tools[tool_id] for tool_id in catalogue.tools if tool_id not in bundled]
    return chain(compiled.TEXTS_IN_COMMITS, commit_needles(mark for tool in own for mark in tool.marks))


def _compiled() -> ModuleType | None:
    try:
        return import_module("byline.catalogue.compiled")
    except ModuleNotFoundError:
        return None


def tools_in_folder(folder: str) -> Sequence[Tool]:
    """The tools of the `*.toml` files of a folder, by file name. Raises CatalogueError with all faults."""
    from byline.catalogue.files import read_tool_file

    faults: list[Fault] = []
    tools: list[Tool] = []
    names: dict[str, str] = {}
    for name in sorted(os.listdir(folder)):
        if name.endswith(".toml"):
            tool = read_tool_file(folder, name, faults)
            if tool is not None:
                faults += (Fault(name, 0, text) for text in _taken_names(tool, names))
                tools.append(tool)
    if faults:
        raise CatalogueError(faults)
    return tools


def _defined(definitions: Sequence[Definition], bundled: Iterable[Tool], lines: "Mapping[str, Locate]") -> list[Tool]:
    from byline.catalogue.fields import Origin
    from byline.catalogue.tables import tool_from_table

    faults: list[Fault] = []
    tools: list[Tool] = []
    names = dict(_names(bundled))
    patterns = 0
    for file, line, table in definitions:
        locate = lines.get(file, lambda _path, line=line: line)
        origin = Origin(file, ("define", str(table.get("id", ""))), locate, faults)
        patterns += _patterns_in(table.get("mark"))
        if patterns > MOST_DEFINED_PATTERNS:
            origin.fault(f"the definitions hold more than {MOST_DEFINED_PATTERNS} regular expressions")
            break
        tool = tool_from_table(table, origin, bundled=False)
        if tool is not None:
            for text in _taken_names(tool, names):
                origin.fault(text)
            tools.append(tool)
    if faults:
        raise CatalogueError(faults)
    return tools


def _patterns_in(rows: object) -> int:
    """How many rows hold an expression; asked before any is looked at, which takes time."""
    tables = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    return sum("pattern" in row or ("value" in row and "pointer" not in row) for row in tables)


def _taken_names(tool: Tool, names: dict[str, str]) -> list[str]:
    """Faults for names that an earlier tool has; adds the tool's names to `names`."""
    taken = []
    for name, tool_id in _names([tool]):
        if name in names:
            taken.append(f"the name `{name}` is taken by the tool `{names[name]}`")
        names.setdefault(name, tool_id)
    return taken


def _names(tools: Iterable[Tool]) -> Iterable[tuple[str, str]]:
    return ((name, tool.id) for tool in tools for name in (tool.id, *tool.aliases))


def _catalogue(tools: Iterable[Tool]) -> Catalogue:
    by_id = {tool.id: tool for tool in tools}
    marks = {mark.id: mark for tool in by_id.values() for mark in tool.marks}
    marks.update({mark.id: mark for mark in BUILT_IN})
    return Catalogue(by_id, marks, dict(_names(by_id.values())))
