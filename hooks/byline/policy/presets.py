"""The policies that byline brings along, as dated files `NAME@YYYY-MM.toml`."""

import os
import re
from collections.abc import Mapping

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "presets")


def versions() -> Mapping[str, tuple[str, ...]]:
    """Names of presets with the months of their versions, oldest first."""
    found: dict[str, list[str]] = {}
    for entry in sorted(os.listdir(FOLDER)):
        name, at, month = entry.removesuffix(".toml").partition("@")
        if at and entry.endswith(".toml"):
            found.setdefault(name, []).append(month)
    return {name: tuple(months) for name, months in found.items()}


def preset_file(name: str, date: str = "") -> str:
    """The name of the file that holds a preset: the newest version, or the newest that is not later than `date`.

    Raises LookupError with a sentence.
    """
    known = versions()
    if name not in known:
        from byline.policy.validate import unknown

        raise LookupError(unknown("preset", name, known))
    if date and not re.fullmatch(r"\d{4}(-\d\d){0,2}", date):
        raise LookupError(f'"{date}" is not a date such as 2026-08')
    fitting = [month for month in known[name] if month[: len(date)] <= date[: len(month)]]
    if not fitting:
        raise LookupError(f"the preset {name} has no version of {date}; it has {', '.join(known[name])}")
    return f"{name}@{fitting[-1]}.toml"


def read_preset(file: str) -> bytes:
    """The content of a preset by the name of its file."""
    with open(os.path.join(FOLDER, file), "rb") as stream:
        return stream.read()
