"""The bundled policies as a table, and one of them as it is written."""

from collections.abc import Sequence
from typing import NamedTuple

from byline.reporters.words import counted


class PresetRow(NamedTuple):
    """A preset with its version, the day its source was read, whether in its own words, and how far it goes."""

    name: str
    as_of: str
    grade: str
    binding: str
    description: str
    source: str


_HEAD = PresetRow("preset", "as of", "grade", "status", "description", "")


def preset_table(rows: Sequence[PresetRow]) -> str:
    """One line a preset."""
    widths = [max(len(row[column]) for row in (_HEAD, *rows)) for column in range(4)]
    lines = [
        "  ".join([*(f"{cell:<{width}}" for cell, width in zip(row[:4], widths, strict=True)), row.description])
        for row in (_HEAD, *rows)
    ]
    grades = "primary: read in the policy's own words; reported: as others report it"
    return "\n".join(
        [*lines, "", f"{counted(len(rows), 'preset')} ({grades}).", "`byline policy presets NAME` shows one of them."]
    )


def preset_page(row: PresetRow, text: str) -> str:
    """What is known about a preset, as comments, and its text."""
    head = [
        f"# {row.description}",
        f"# as of {row.as_of}, {row.grade}, {row.binding}; source: {row.source}",
        f'# to start from it: extends = ["{row.name}"]',
    ]
    return "\n".join([*head, "", text])
