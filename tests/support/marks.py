"""Catalogues of a few rows, for tests that must not depend on what the bundled ones say."""

from byline.catalogue.fields import Origin
from byline.catalogue.load import Catalogue
from byline.catalogue.tables import tool_from_table
from byline.detectors import Detection, prepare
from byline.errors import Fault


def catalogue_of(*rows: dict[str, object], tool: str = "acme", vendor: str = "acme") -> Catalogue:
    """A catalogue of one tool. Rows without an id get `TOOL.m0`, `TOOL.m1`; they are certain and show `generated`."""
    faults: list[Fault] = []
    defaults = {"confidence": "certain", "shows": "generated"}
    marks = [{"id": f"{tool}.m{number}", **defaults, **row} for number, row in enumerate(rows)]
    table = {"id": tool, "vendor": vendor, "hosting": "cloud", "mark": marks}
    read = tool_from_table(table, Origin("test", (), lambda _path: 0, faults), bundled=False)
    assert read is not None, faults
    return Catalogue({read.id: read}, {mark.id: mark for mark in read.marks}, {read.id: read.id})


def joined(*catalogues: Catalogue) -> Catalogue:
    """All of these catalogues as one."""
    return Catalogue(
        {tool_id: tool for one in catalogues for tool_id, tool in one.tools.items()},
        {mark_id: mark for one in catalogues for mark_id, mark in one.marks.items()},
        {name: tool_id for one in catalogues for name, tool_id in one.names.items()},
    )


def detection_of(*rows: dict[str, object]) -> Detection:
    """The detectors prepared for a catalogue of these rows."""
    return prepare(catalogue_of(*rows))
