"""The JSON file that describes the event which started a run."""

import json

from byline.errors import UnreadableInput

LARGEST_EVENT = 32 << 20
"""Bytes of an event file that are read; GitHub caps a payload at 25 MB."""

_REMEDY = "Name the commits with --base and --head."


class Event:
    """A JSON object. What is not there, or is of another kind than asked for, is empty."""

    def __init__(self, value: object) -> None:
        self._value = value

    def at(self, *path: str) -> object:
        """The value at a path of keys; None if there is none."""
        value = self._value
        for key in path:
            if not isinstance(value, dict):
                return None
            value = value.get(key)
        return value

    def text(self, *path: str) -> str:
        """The text at a path of keys."""
        value = self.at(*path)
        return value if isinstance(value, str) else ""

    def number(self, *path: str) -> str:
        """The whole number at a path of keys, as digits."""
        value = self.at(*path)
        return str(value) if isinstance(value, int) and not isinstance(value, bool) and value > 0 else ""

    def is_true(self, *path: str) -> bool:
        """Whether the value at a path of keys is true."""
        return self.at(*path) is True

    def objects(self, *path: str) -> list["Event"]:
        """The elements of a list at a path of keys."""
        value = self.at(*path)
        return [Event(element) for element in value] if isinstance(value, list) else []


def parse_event(data: bytes | None, path: str) -> Event:
    """The event in a file's content. Raises UnreadableInput."""
    if data is None:
        raise UnreadableInput(f"the event file {path or 'of this run'} is missing", _REMEDY)
    if len(data) > LARGEST_EVENT:
        raise UnreadableInput(f"the event file {path} is over {LARGEST_EVENT >> 20} MiB large", _REMEDY)
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise UnreadableInput(f"the event file {path} is not JSON", _REMEDY) from error
    if not isinstance(value, dict):
        raise UnreadableInput(f"the event file {path} holds no object", _REMEDY)
    return Event(value)
