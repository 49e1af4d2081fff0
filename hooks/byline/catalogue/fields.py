"""Reading the fields of a TOML table strictly: what is missing, misspelt or of the wrong type becomes a fault."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple, TypeVar

from byline.errors import Fault

Key = str | int
Locate = Callable[[tuple[Key, ...]], int]
"""The line of a key or table, by its path from the root of the document; 0 where it is not known."""

Word = TypeVar("Word", bound=StrEnum)


class Origin(NamedTuple):
    """Where a table stands, and the list that its faults are added to."""

    file: str
    path: tuple[Key, ...]
    locate: Locate
    faults: list[Fault]

    def at(self, *keys: Key) -> "Origin":
        """The origin of something inside the table."""
        return self._replace(path=self.path + keys)

    def fault(self, text: str) -> None:
        """Note that something is wrong here."""
        self.faults.append(Fault(self.file, self.locate(self.path), text))


class Fields:
    """The fields of one table. Reading a faulty field notes the fault and gives an empty value."""

    def __init__(self, table: Mapping[str, object], origin: Origin) -> None:
        self._table = table
        self._known: list[str] = []
        self.origin = origin

    def __contains__(self, name: str) -> bool:
        return name in self._table

    def fault(self, name: str, text: str) -> None:
        """Note that something is wrong with this field."""
        (self.origin.at(name) if name in self._table else self.origin).fault(text)

    def get(self, name: str) -> object:
        """The field as it is, None when absent."""
        self._known.append(name)
        return self._table.get(name)

    def text(self, name: str, *, required: bool = False) -> str:
        """A string that is not blank; "" when absent."""
        value = self.get(name)
        if value is None:
            if required:
                self.fault(name, f"`{name}` is missing")
            return ""
        if not isinstance(value, str) or not value.strip():
            self.fault(name, f"`{name}` has to be a text")
            return ""
        return value

    def texts(self, name: str, *, required: bool = False) -> tuple[str, ...]:
        """A string or a list of them, none blank; () when absent."""
        return tuple(str(value) for value in self._items(name, (str,), "a text or a list of texts", required))

    def numbers(self, name: str) -> tuple[int, ...]:
        """A whole number or a list of them; () when absent."""
        found = self._items(name, (int,), "a whole number or a list of them", False)
        return tuple(value for value in found if isinstance(value, int))

    def scalars(self, name: str) -> tuple[str | bool | int, ...]:
        """A text, number or boolean, or a list of them; () when absent."""
        found = self._items(name, (str, bool, int), "a text, a whole number, true, false or a list of these", False)
        return tuple(value for value in found if isinstance(value, (str, bool, int)))

    def _items(self, name: str, kinds: tuple[type, ...], wanted: str, required: bool) -> Sequence[object]:
        value = self.get(name)
        if value is None:
            if required:
                self.fault(name, f"`{name}` is missing")
            return ()
        items = value if isinstance(value, list) else [value]
        empty_is_fine = bool in kinds  # a setting can be switched off by an empty text
        if not items or not all(type(item) in kinds and (empty_is_fine or str(item).strip()) for item in items):
            self.fault(name, f"`{name}` has to be {wanted}")
            return ()
        return items

    def flag(self, name: str) -> bool:
        """A boolean; False when absent."""
        value = self.get(name)
        if value is not None and not isinstance(value, bool):
            self.fault(name, f"`{name}` has to be true or false")
        return value is True

    def word(self, name: str, kind: type[Word], default: Word | None = None) -> Word | None:
        """One of the words of `kind`; the default when the field is absent, and required when there is no default."""
        text = self.text(name, required=default is None)
        return self.chosen(name, text, kind) if text else default

    def words(self, name: str, kind: type[Word], *, required: bool = False) -> frozenset[Word]:
        """Some of the words of `kind`."""
        chosen = [self.chosen(name, text, kind) for text in self.texts(name, required=required)]
        return frozenset(word for word in chosen if word is not None)

    def chosen(self, name: str, text: str, kind: type[Word]) -> Word | None:
        """`text` as a word of `kind`, or a fault that lists them."""
        try:
            return kind(text)
        except ValueError:
            self.fault(name, f"`{name}` is {text!r}, and has to be one of: {', '.join(kind)}{did_you_mean(text, kind)}")
            return None

    def refuse_others(self, also_known: Iterable[str] = ()) -> None:
        """Note every field that was never read."""
        known = [*self._known, *also_known]
        for name in self._table:
            if name not in known:
                self.fault(name, f"`{name}` is not a field here{did_you_mean(name, known)}")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`; did you mean "…"?` when one of the known words is close, else nothing."""
    from difflib import get_close_matches  # late: only needed for a fault

    close = get_close_matches(word.lower(), list(dict.fromkeys(known)), 1, 0.6)
    return f"; did you mean `{close[0]}`?" if close else ""
