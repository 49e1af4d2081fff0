"""Where in a TOML document its keys and tables stand. `tomllib` gives values without lines."""

import re
from collections.abc import Callable, Container

from byline.lazy_pattern import lazy_pattern

Key = str | int
Path = tuple[Key, ...]

_SPACE = frozenset(" \t")
_BLANK = frozenset(" \t\r\n#")
_BARE_KEY = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")
_BASIC_STRING = lazy_pattern(r'"""(?:[^"\\]|\\.|"(?!""))*"{3,5}|"(?:[^"\\\n]|\\.)*"', re.DOTALL)
_LITERAL_STRING = lazy_pattern(r"'''(?:[^']|'(?!''))*'{3,5}|'[^'\n]*'")
_SCALAR = lazy_pattern(r"[^,\]}#\n]*")


class TomlLines:
    """The lines, counted from 1, of everything in a document that `tomllib` accepts.

    A path holds keys, and indexes for arrays of tables and arrays: `("scope", 0, "paths")`.
    """

    def __init__(self, text: str) -> None:
        self._text = text.replace("\r\n", "\n")
        self._at = 0
        self._counted_to = 0
        self._line = 1
        self._places: dict[Path, int] = {}
        self._rows: dict[Path, int] = {}
        self._read()

    def line(self, path: Path) -> int:
        """The line of `path`, or of the nearest thing around it that has one; 0 when nothing has."""
        while path:
            if path in self._places:
                return self._places[path]
            path = path[:-1]
        return 0

    def _read(self) -> None:
        table: Path = ()
        while self._skip_blanks() < len(self._text):
            if self._text.startswith("[[", self._at):
                table = self._header(2)
            elif self._text.startswith("[", self._at):
                table = self._header(1)
            else:
                self._pair(table)

    def _skip(self, pattern: re.Pattern[str]) -> int:
        """Move past what `pattern` matches here; the new position."""
        found = pattern.match(self._text, self._at)
        if found is not None:
            self._at = found.end()
        return self._at

    def _skip_blanks(self) -> int:
        """Move past blanks, line ends and comments; the new position."""
        while self._text[self._at : self._at + 1] in _BLANK:
            is_comment = self._text[self._at] == "#"
            self._at = (self._text.find("\n", self._at) + 1 or len(self._text)) if is_comment else self._at + 1
        return self._at

    def _skip_any(self, characters: Container[str]) -> int:
        """Move past characters of a kind; the new position."""
        while self._text[self._at : self._at + 1] in characters:
            self._at += 1
        return self._at

    def _header(self, brackets: int) -> Path:
        line = self._current_line()
        self._at += brackets
        keys = self._keys()
        self._at += brackets
        path: Path = ()
        for key in keys[:-1]:
            path = self._latest((*path, key))
        path = (*path, keys[-1])
        if brackets == 2:
            self._rows[path] = self._rows.get(path, -1) + 1
            self._places.setdefault(path, line)
            path = (*path, self._rows[path])
        self._places.setdefault(path, line)
        return path

    def _latest(self, path: Path) -> Path:
        """`path`, or its last row when it is an array of tables."""
        return (*path, self._rows[path]) if path in self._rows else path

    def _current_line(self) -> int:
        self._line += self._text.count("\n", self._counted_to, self._at)
        self._counted_to = self._at
        return self._line

    def _keys(self) -> list[str]:
        keys = []
        while True:
            self._skip_any(_SPACE)
            keys.append(self._key())
            self._skip_any(_SPACE)
            if not self._text.startswith(".", self._at):
                return keys
            self._at += 1

    def _key(self) -> str:
        start = self._at
        quote = self._text[start : start + 1]
        if quote == '"':
            return _unescaped(self._text[start + 1 : self._skip(_BASIC_STRING) - 1])
        if quote == "'":
            return self._text[start + 1 : self._skip(_LITERAL_STRING) - 1]
        return self._text[start : self._skip_any(_BARE_KEY)]

    def _pair(self, table: Path) -> None:
        line = self._current_line()
        path = table
        start = self._at
        for key in self._keys():
            path = (*path, key)
            self._places.setdefault(path, line)
        self._at += 1  # the equals sign
        self._skip_any(_SPACE)
        self._value(path)
        if self._at == start:
            raise ValueError("this is not TOML")

    def _value(self, path: Path) -> None:
        begin = self._text[self._at : self._at + 1]
        if begin == '"':
            self._skip(_BASIC_STRING)
        elif begin == "'":
            self._skip(_LITERAL_STRING)
        elif begin == "[":
            self._array(path)
        elif begin == "{":
            self._inline_table(path)
        else:
            self._skip(_SCALAR)

    def _array(self, path: Path) -> None:
        index = 0
        self._at += 1
        while self._text[self._skip_blanks()] != "]":
            self._places[(*path, index)] = self._current_line()
            self._value((*path, index))
            index += 1
            self._comma()
        self._at += 1

    def _inline_table(self, path: Path) -> None:
        self._at += 1
        while self._text[self._skip_blanks()] != "}":
            self._pair(path)
            self._comma()
        self._at += 1

    def _comma(self) -> None:
        if self._text[self._skip_blanks()] == ",":
            self._at += 1


def lazy_lines(text: str) -> Callable[[Path], int]:
    """`TomlLines(text).line`, where the document is only read when a line is first asked for."""
    index: TomlLines | None = None

    def line(path: Path) -> int:
        nonlocal index
        if index is None:
            index = TomlLines(text)
        return index.line(path)

    return line


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    import tomllib

    return str(tomllib.loads(f'key = "{text}"')["key"])
