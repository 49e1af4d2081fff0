"""Writes the catalogue as a Python module of constants, for packages that are installed.

`setup.py` runs this on the way to a wheel; a source tree never holds the result, so it cannot go stale.
"""

from byline.catalogue.load import TOOLS_FOLDER, tools_in_folder
from byline.catalogue.needles import commit_needles
from byline.catalogue.packed import pack_tool


def compiled_source(folder: str = TOOLS_FOLDER) -> str:
    """The source of `byline.catalogue.compiled`. Raises CatalogueError for faults in the folder's files."""
    tools = tools_in_folder(folder)
    rows = "".join(f"    {pack_tool(tool)!r},\n" for tool in tools)
    texts = sorted(set(commit_needles(mark for tool in tools for mark in tool.marks)))
    head = '"""Generated from catalogue/tools/*.toml when the package was built."""'
    return f"{head}\n\nTOOLS = (\n{rows})\n\nTEXTS_IN_COMMITS = {tuple(texts)!r}\n"
