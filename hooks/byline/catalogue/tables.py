"""One tool's TOML table to a `Tool`: a bundled file, or a policy's `[define.NAME]`."""

import re
from collections.abc import Mapping

from byline.catalogue.builtin import TOOL as RESERVED
from byline.catalogue.fields import Fields, Origin
from byline.catalogue.rows import mark
from byline.catalogue.schema import Mark, Tool
from byline.model import Hosting, Mode

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def tool_from_table(table: Mapping[str, object], origin: Origin, *, bundled: bool) -> Tool | None:
    """The table as a value, or None when faults were noted.

    A definition may leave out what only a catalogue for everybody needs: name, vendor, modes, url, and the sources,
    matches and ignores of its marks.
    """
    before = len(origin.faults)
    fields = Fields(table, origin)
    tool_id = fields.text("id", required=True)
    if tool_id == RESERVED:
        fields.fault("id", f"the id `{RESERVED}` is taken: it stands for this program")
    elif tool_id and not _NAME.fullmatch(tool_id):
        fields.fault("id", f"the id {tool_id!r} has to be lower-case words and digits joined by hyphens")
    id_is_right = len(origin.faults) == before
    name = fields.text("name", required=bundled) or tool_id
    vendor = fields.text("vendor", required=bundled) or tool_id
    if vendor and not _NAME.fullmatch(vendor):
        fields.fault("vendor", f"`vendor` is {vendor!r}, and has to be lower-case words and digits joined by hyphens")
    hosting = fields.word("hosting", Hosting)
    modes = fields.words("modes", Mode, required=bundled)
    url = fields.text("url", required=bundled)
    if url and not url.startswith("https://"):
        fields.fault("url", f"`url` is {url!r}, and has to be an https:// address")
    aliases = fields.texts("aliases")
    for alias in aliases:
        if not _NAME.fullmatch(alias):
            fields.fault("aliases", f"the alias {alias!r} has to be lower-case words and digits joined by hyphens")
    marks = _marks(fields, tool_id if id_is_right else "", bundled)
    fields.refuse_others()
    if hosting is None or len(origin.faults) > before:
        return None
    return Tool(tool_id, name, vendor, hosting, modes, url, aliases, marks)


def _marks(fields: Fields, tool_id: str, bundled: bool) -> tuple[Mark, ...]:
    tables = fields.get("mark")
    if not isinstance(tables, list) or not tables or not all(isinstance(table, dict) for table in tables):
        fields.fault("mark", "the tool needs at least one [[mark]] row")
        return ()
    marks = []
    seen: set[object] = set()
    for index, table in enumerate(tables):
        origin = fields.origin.at("mark", index)
        if table.get("id") is not None and str(table["id"]) in seen:
            origin.at("id").fault(f"the id {table['id']!r} is given twice")
        seen.add(str(table.get("id")))
        read = mark(tool_id, table, origin, documented=bundled)
        if read is not None:
            marks.append(read)
    return tuple(marks)
