"""A policy file as read: checked entries, and on which line each one stands."""

from collections.abc import Callable, Mapping
from datetime import date

from byline.catalogue.toml_lines import Path
from byline.frozen import Frozen
from byline.model import Rule

_EPOCH = date(1970, 1, 1).toordinal()
DAY = 86400


class Source(Frozen):
    """One file. `data` holds only what `validate` found right; `prefix` is where the policy begins in the file."""

    file: str
    data: Mapping[str, object]
    find_line: Callable[[Path], int]
    prefix: Path = ()

    def line(self, path: Path) -> int:
        """The line of an entry, or of the nearest thing around it; 0 if there is none."""
        return self.find_line((*self.prefix, *path))

    def rule(self, path: Path, text: str) -> Rule:
        """The line at `path` as a rule that reads as `text`."""
        return Rule(text, self.file, self.line(path))

    def table(self, name: str) -> Mapping[str, object]:
        """A top-level table; empty if the file has none."""
        value = self.data.get(name)
        return value if isinstance(value, dict) else {}

    def tables(self, name: str) -> list[Mapping[str, object]]:
        """A top-level list of tables."""
        value = self.data.get(name)
        return value if isinstance(value, list) else []


def text(table: Mapping[str, object], name: str) -> str:
    """A text, empty when left out."""
    value = table.get(name)
    return value if isinstance(value, str) else ""


def texts(table: Mapping[str, object], name: str) -> tuple[str, ...] | None:
    """A list of texts, however it was written; None when left out."""
    return as_texts(table[name]) if name in table else None


def as_texts(value: object) -> tuple[str, ...]:
    """A text or a list of texts, as a tuple."""
    return tuple(map(str, value)) if isinstance(value, list) else (str(value),)


def number(table: Mapping[str, object], name: str) -> int | None:
    """A whole number; None when left out."""
    value = table.get(name)
    return value if isinstance(value, int) else None


def day(table: Mapping[str, object], name: str) -> int | None:
    """The midnight (UTC) at which a date begins, in seconds since 1970; None when left out."""
    value = table.get(name)
    return (value.toordinal() - _EPOCH) * DAY if isinstance(value, date) else None
