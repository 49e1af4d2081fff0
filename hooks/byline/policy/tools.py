"""What a policy asks of the catalogue. `byline.catalogue.load.Catalogue` can answer."""

from collections.abc import Mapping
from typing import Protocol

from byline.catalogue.schema import Mark, Tool


class Tools(Protocol):
    """Tools by id or alias, and marks by id."""

    @property
    def tools(self) -> Mapping[str, Tool]:
        """Every tool by id."""

    @property
    def tool_names(self) -> Mapping[str, str]:
        """What people call each tool, by id."""

    def tool(self, name: str) -> Tool | None:
        """The tool with this id or alias, blind to case."""

    def mark(self, mark_id: str) -> Mark | None:
        """The mark with this id."""
