"""One bundled catalogue file: bytes to a `Tool`, faults with their lines."""

import os
import re
import tomllib

from byline.catalogue.fields import Origin
from byline.catalogue.schema import Tool
from byline.catalogue.tables import tool_from_table
from byline.catalogue.toml_lines import lazy_lines
from byline.errors import Fault


def read_tool_file(folder: str, name: str, faults: list[Fault]) -> Tool | None:
    """The tool that a file describes, or None when faults were noted."""
    try:
        with open(os.path.join(folder, name), encoding="utf-8") as stream:
            text = stream.read()
        table = tomllib.loads(text)
    except (OSError, ValueError) as error:
        place = re.search(r"\(at line (\d+)", str(error))
        faults.append(Fault(name, int(place[1]) if place else 0, f"the file cannot be read as TOML: {error}"))
        return None
    origin = Origin(name, (), lazy_lines(text), faults)
    tool = tool_from_table(table, origin, bundled=True)
    if tool is not None and name != tool.id.replace("-", "_") + ".toml":
        origin.at("id").fault(f"the id is {tool.id!r}, so the file has to be {tool.id.replace('-', '_')}.toml")
        return None
    return tool
