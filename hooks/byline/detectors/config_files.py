"""Configuration files to plain values: JSON with comments, YAML and TOML, each within bounds.

Hostile files exhaust nothing: size and depth are limited, YAML aliases share their node instead of copying it, and
YAML tags are ignored, so that nothing is ever constructed.
"""

import re
from collections.abc import Callable

from byline.detectors.config_errors import DEEPEST, LARGEST, UnreadableError


def parse(path: str, data: bytes) -> list[object]:
    """The documents in the file, as dicts, lists and scalars: one, or with YAML any number.

    Raises UnreadableError for what is too large, too deep, or not in the format that the file's ending names.
    """
    if len(data) > LARGEST:
        raise UnreadableError(f"it has {len(data)} bytes, and at most {LARGEST} are read")
    if b"\0" in data:
        raise UnreadableError("it holds NUL, as UTF-16 does")
    # programs that read such files take no offence at a comment in another encoding
    text = data.decode("utf-8-sig", "replace")
    if not text.strip():
        return []
    try:
        return _reader(path)(text)
    except RecursionError:
        raise UnreadableError(f"it is nested more than {DEEPEST} levels deep") from None


def _reader(path: str) -> Callable[[str], list[object]]:
    # Parsers are imported when they are needed: few commits touch such a file.
    ending = path.rpartition(".")[2].lower()
    if ending == "toml":
        return _toml
    if ending in ("yml", "yaml"):
        from byline.detectors.yaml_files import read_yaml

        return read_yaml
    return _json


def _toml(text: str) -> list[object]:
    import tomllib

    try:
        return [tomllib.loads(text)]
    except ValueError as error:
        raise UnreadableError(f"it is not TOML: {error}") from None


def _json(text: str) -> list[object]:
    import json

    try:
        return [json.loads(text)]
    except (ValueError, RecursionError):
        return _json_with_comments(text)


def _json_with_comments(text: str) -> list[object]:
    import pyjson5  # 20 ms, so only for what the library's own parser refuses

    try:
        return [pyjson5.decode(text, maxdepth=DEEPEST)]
    except (pyjson5.Json5Exception, ValueError) as error:
        place = re.search(r"near (\d+)", str(error))
        line = text.count("\n", 0, int(place[1])) + 1 if place else 1
        raise UnreadableError(f"it is not JSON: line {line} is wrong") from None
