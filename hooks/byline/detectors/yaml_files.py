"""YAML to plain values, built from the parser's events: nothing recurses, nothing is copied, tags are ignored."""

import re
from collections.abc import Iterable

import yaml

from byline.detectors.config_errors import DEEPEST, UnreadableError

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}


def read_yaml(text: str) -> list[object]:
    """The contents of the documents. Raises UnreadableError.

    Keys are texts as written (`on` is no boolean). An alias is the very node it refers to, so values may be shared
    and even contain themselves.
    """
    try:
        return _Builder().documents(yaml.parse(text, Loader=_LOADER))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise UnreadableError(f"it is not YAML: line {mark.line + 1 if mark else 1}: {error.problem}") from None
    except yaml.YAMLError as error:
        raise UnreadableError(f"it is not YAML: {error}") from None


class _Builder:
    def __init__(self) -> None:
        self._documents: list[object] = []
        self._open: list[tuple[list[object] | dict[str, object], list[str]]] = []
        self._anchors: dict[str, object] = {}

    def documents(self, events: Iterable[yaml.Event]) -> list[object]:
        for event in events:
            if isinstance(event, yaml.ScalarEvent):
                self._add(event.anchor, _scalar(event) if self._wants_value() else event.value)
            elif isinstance(event, yaml.AliasEvent):
                self._add(None, self._anchored(event))
            elif isinstance(event, yaml.SequenceStartEvent):
                self._begin(event.anchor, [])
            elif isinstance(event, yaml.MappingStartEvent):
                self._begin(event.anchor, {})
            elif isinstance(event, yaml.CollectionEndEvent):
                self._open.pop()
            elif isinstance(event, yaml.DocumentStartEvent):
                self._anchors.clear()
        return self._documents

    def _anchored(self, event: yaml.AliasEvent) -> object:
        if event.anchor not in self._anchors:
            mark = event.start_mark
            raise UnreadableError(f"it is not YAML: line {mark.line + 1 if mark else 1}: no anchor {event.anchor!r}")
        return self._anchors[event.anchor]

    def _wants_value(self) -> bool:
        """Whether a value comes next, and not a key."""
        return not self._open or isinstance(self._open[-1][0], list) or bool(self._open[-1][1])

    def _begin(self, anchor: str | None, container: list[object] | dict[str, object]) -> None:
        if len(self._open) >= DEEPEST:
            raise UnreadableError(f"it is nested more than {DEEPEST} levels deep")
        self._add(anchor, container)
        self._open.append((container, []))

    def _add(self, anchor: str | None, value: object) -> None:
        if anchor is not None:
            self._anchors[anchor] = value
        if not self._open:
            self._documents.append(value)
            return
        parent, key = self._open[-1]
        if isinstance(parent, list):
            parent.append(value)
        elif key:
            parent[key.pop()] = value
        else:
            key.append(value if isinstance(value, str) else "")  # a key that is a collection has no name


def _scalar(event: yaml.ScalarEvent) -> str | bool | int | None:
    text: str = event.value
    if event.style:  # quoted or a block
        return text
    if _INTEGER.fullmatch(text):
        return int(text)
    return _WORDS.get(text.lower(), text)
