"""The compiled catalogue, of which a hook unpacks what a commit calls for: most of it is never asked for."""

from collections.abc import Iterator, Mapping, Sequence

from byline.catalogue.packed import Packed, unpack_mark, unpack_tool
from byline.catalogue.schema import Mark, Tool
from byline.model import Surface

_ID, _NAME, _VENDOR, _ALIASES, _MARKS = 0, 1, 2, 6, 7
_SURFACE = 2


class PackedTools(Mapping[str, Tool]):
    """Tools by id, as `packed.pack_tool` packs them; each is unpacked when it is first asked for."""

    def __init__(self, packed: Sequence[Packed]) -> None:
        self._packed = {tool[_ID]: tool for tool in packed}
        self._unpacked: dict[str, Tool] = {}
        self._on: dict[Surface, list[Mark]] = {}

    def __getitem__(self, tool_id: str) -> Tool:
        tool = self._unpacked.get(tool_id)
        if tool is None:
            tool = self._unpacked[tool_id] = unpack_tool(self._packed[tool_id])
        return tool

    def __contains__(self, tool_id: object) -> bool:
        return tool_id in self._packed

    def __iter__(self) -> Iterator[str]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)

    def display_names(self) -> dict[str, str]:
        """What people call each tool, by id."""
        return {tool_id: tool[_NAME] for tool_id, tool in self._packed.items()}

    def names(self) -> dict[str, str]:
        """The id for every id and alias."""
        return {name: tool[_ID] for tool in self._packed.values() for name in (tool[_ID], *tool[_ALIASES])}

    def of_vendor(self, vendor: str) -> frozenset[str]:
        """The ids of the tools that a vendor makes."""
        return frozenset(tool[_ID] for tool in self._packed.values() if tool[_VENDOR] == vendor)

    def marks_on(self, surface: Surface) -> list[Mark]:
        """The marks of all tools on one surface."""
        if surface not in self._on:
            wanted = surface.value  # no attribute to be looked up for each of many marks
            self._on[surface] = [
                unpack_mark(*mark)
                for tool in self._packed.values()
                for mark in tool[_MARKS]
                if mark[_SURFACE] == wanted
            ]
        return self._on[surface]


class PackedMarks(Mapping[str, Mark]):
    """The marks of packed tools by id, and some further ones."""

    def __init__(self, tools: PackedTools, further: Mapping[str, Mark]) -> None:
        self._tools = tools
        self._further = further

    def __getitem__(self, mark_id: str) -> Mark:
        if mark_id in self._further:
            return self._further[mark_id]
        for mark in self._tools[mark_id.partition(".")[0]].marks:
            if mark.id == mark_id:
                return mark
        raise KeyError(mark_id)

    def __iter__(self) -> Iterator[str]:
        yield from (mark.id for tool in self._tools.values() for mark in tool.marks)
        yield from self._further

    def __len__(self) -> int:
        return sum(1 for _ in self)
