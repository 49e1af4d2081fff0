"""What a diff says of one file: its names, and its hunks as they pass.

A long hunk is given to unidiff as several short ones, and of those only the ones in which something is found.
"""

import re
from collections import Counter
from collections.abc import Callable
from io import StringIO

from unidiff.patch import PatchedFile, PatchSet

from byline.errors import BylineError
from byline.repository.blob_lines import MOST_LINES, HitLine, TooManyLinesError, hit_lines, streamed_hit_lines
from byline.repository.long_lines import LONGEST_LINE
from byline.repository.patch_lines import Lines
from byline.repository.patch_paths import unquoted_path
from byline.repository.search import Search

LARGEST_CONFIG = 8 << 20
"""Bytes of a new configuration file that are kept to be read as such."""

_AT_ONCE = 1 << 19
_BLANK = (b"\n", b"\r\n")


class PatchFile:
    """What a diff says of one file. `letter` is Git's: A, M or D.

    `added` are the lines on which something is found, `removed` the texts of such lines that it takes away, and `count`
    is how many lines it adds. `whole` is the content of a new configuration file. `unread` says what was not read.
    """

    def __init__(self, parsed: PatchedFile, search: Search) -> None:
        source, target = unquoted_path(parsed.source_file), unquoted_path(parsed.target_file)
        # by the names alone: unidiff also takes a file for new when it was empty before
        self.letter = "A" if source == "/dev/null" else "D" if target == "/dev/null" else "M"
        self.path = re.sub(r"^[ab]/", "", source if target == "/dev/null" else target)
        self.added: list[HitLine] = []
        self.removed: Counter[bytes] = Counter()
        self.count = 0
        self.whole: bytearray | None = None
        self.unread: list[str] = []
        self.full = False  # more was found than is kept: to look further is of no use
        if parsed.is_binary_file:
            self.unread.append(f"{self.path}: a binary change cannot be searched in a patch")
        elif search.is_config(self.path) and self.letter == "A":
            self.whole = bytearray()
        elif search.is_config(self.path) and self.letter == "M":
            self.unread.append(f"{self.path}: a patch shows only a part of this configuration file")

    def keep_whole(self, content: bytes) -> None:
        """Add to the content of a configuration file, unless it becomes too large."""
        if self.whole is None:
            return
        self.whole += content
        if len(self.whole) > LARGEST_CONFIG:
            self.give_up_whole()

    def give_up_whole(self) -> None:
        """Say that a configuration file is too large, if it is one."""
        if self.whole is not None:
            self.whole = None
            self.unread.append(f"{self.path}: too large to be read as configuration")

    def keep(self, hits: list[HitLine] | None, number: int | None) -> None:
        """Keep what was found in a line, a removed one when `number` is None; `hits` is None when it was too much."""
        if hits is None or len(self.added) + len(self.removed) + len(hits) > MOST_LINES:
            if not self.full:
                self.unread.append(f"{self.path}: more than {MOST_LINES:,} lines with possible marks")
            self.full = True
        elif number is None:
            self.removed.update(hit.text for hit in hits)
        else:
            self.added += [HitLine(number, hit.text) for hit in hits]


class Hunk:
    """One hunk of a file, which begins at these lines of the old and the new content."""

    def __init__(self, file: PatchFile, lines: Lines, search: Search, old: int, new: int) -> None:
        self._file = file
        self._lines = lines
        self._search = search
        self._old = old
        self._new = new
        self._held: list[bytes] = []
        self._held_bytes = 0

    def read(self, olds: int, news: int, broken: Callable[[str], BylineError]) -> None:
        """Read as many lines as the hunk has of the old and the new content. Raises what `broken` makes."""
        old_end, new_end = self._old + olds, self._new + news
        old, new = self._old, self._new
        line = self._lines.next()
        while old < old_end or new < new_end:
            kind, before = line[:1], (old, new)
            if kind == b"+":
                new += 1
                self._file.count += 1
                self._file.keep_whole(line[1:])
            elif kind == b"-":
                old += 1
            elif kind == b" " or line in _BLANK:
                old, new = old + 1, new + 1
            elif kind != b"\\":
                raise broken("a hunk is shorter than it says" if line else "it ends within a hunk")
            if old > old_end or new > new_end:
                raise broken("a hunk is longer than it says")
            if self._lines.goes_on:
                self._search_held(*before)
                self._search_long(line, before[1])
                self._old, self._new = old, new
            else:
                self._held.append(line)
                self._held_bytes += len(line)
                if self._held_bytes > _AT_ONCE:
                    self._search_held(old, new)
            if old < old_end or new < new_end:
                line = self._lines.next()
        self._search_held(old, new)

    def _search_held(self, old: int, new: int) -> None:
        """Search the lines that are held, up to these ones of the old and the new content."""
        held = b"" if self._file.full else b"".join(self._held)
        if self._search.lines(held):
            head = f"--- a\n+++ b\n@@ -{self._old},{old - self._old} +{self._new},{new - self._new} @@\n"
            # newline="\n" keeps a CR inside a line from ending it
            text = StringIO(head + held.decode("utf-8", "surrogateescape"), newline="\n")
            for line in PatchSet(text)[0][0]:
                if line.is_added or line.is_removed:
                    self._search_line(line.value.encode("utf-8", "surrogateescape"), line.target_line_no)
        self._held, self._held_bytes = [], 0
        self._old, self._new = old, new

    def _search_line(self, value: bytes, number: int | None) -> None:
        text = value.removesuffix(b"\n")
        if number is None and len(text) <= LONGEST_LINE and text in self._file.removed:
            self._file.removed[text] += 1
            return
        try:
            hits = hit_lines(text, self._search.lines)
        except TooManyLinesError:
            self._file.keep(None, number)
            return
        if hits:
            self._file.keep(hits, number)

    def _search_long(self, begun: bytes, number: int) -> None:
        """Search a line that comes in pieces."""
        kind = begun[:1]
        if kind == b"+":
            self._file.give_up_whole()
        pieces = self._lines.rest_of_line(begun[1:])
        try:
            hits: list[HitLine] | None = streamed_hit_lines(pieces, self._search.lines)
        except TooManyLinesError:
            hits = None
        if kind in (b"+", b"-") and hits != []:
            self._file.keep(hits, number if kind == b"+" else None)
