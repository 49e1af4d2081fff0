"""The files of a diff as they pass, in the memory of a few of their lines.

unidiff reads the names of each file. Lines end at LF only: it would take other line ends for real ones.
"""

import re
from collections.abc import Iterator
from io import StringIO

from unidiff.errors import UnidiffParseError
from unidiff.patch import PatchedFile, PatchSet

from byline.errors import UnreadableInput
from byline.repository.patch_hunks import Hunk, PatchFile
from byline.repository.patch_lines import Lines
from byline.repository.search import Search

_LONGEST_HEADER = 1 << 16
_HUNK = re.compile(rb"@@ -(\d{1,18})(?:,(\d{1,18}))? \+(\d{1,18})(?:,(\d{1,18}))? @@")
_COMBINED = (b"diff --cc ", b"diff --combined ")
_GIT = b"diff --git "
_BINARY_PATCH = b"GIT binary patch\n"
_BINARY = b"Binary file"


class DiffReader:
    """Reads the files of one diff. `combined` tells whether it passed over a diff against several parents, and `loose`
    how many lines outside of the hunks look like added ones.
    """

    def __init__(self, lines: Lines, name: str, search: Search) -> None:
        self._lines = lines
        self._name = name
        self._search = search
        self.combined = False
        self.loose = 0

    def files(self) -> Iterator[PatchFile]:
        """Each file when all of it has passed; the first line begins one. Raises UnreadableInput."""
        line = self._lines.next()
        while line:
            if line.startswith(_COMBINED):
                self.combined = True
                while (line := self._lines.next()) and not line.startswith((_GIT, *_COMBINED)):
                    pass
                continue
            file, line = self._header(line)
            while hunk := _HUNK.match(line):
                old, olds, new, news = (1 if number is None else int(number) for number in hunk.groups())
                Hunk(file, self._lines, self._search, old, new).read(olds, news, self._broken)
                line = self._lines.next()
                while line and not _HUNK.match(line) and not self._begins_file(line):
                    self.loose += line.startswith(b"+")
                    line = self._lines.next()
            yield file

    def _begins_file(self, line: bytes) -> bool:
        return line.startswith((_GIT, *_COMBINED, _BINARY)) or self._names_file(line)

    def _names_file(self, line: bytes) -> bool:
        return line.startswith(b"--- ") and self._lines.peek().startswith(b"+++ ")

    def _header(self, line: bytes) -> tuple[PatchFile, bytes]:
        """The file that begins here, and the first line of its hunks or of what follows it."""
        header: list[bytes] = []
        names: list[bytes] = []
        size = 0
        by_git = line.startswith(_GIT)
        while line and not _HUNK.match(line):
            if header and (line.startswith((_GIT, *_COMBINED)) or (not by_git and self._begins_file(line))):
                break
            if self._names_file(line):
                if names:
                    break
                names = [line, self._lines.next()]
            elif line.startswith(b"+"):
                self.loose += 1
            elif header[-1:] != [_BINARY_PATCH]:
                header.append(line)
                size += len(line)
            if size > _LONGEST_HEADER:
                raise self._broken("what stands above a file is over 64 KiB long")
            line = self._lines.next()
        return PatchFile(self._parsed(names or header), self._search), line

    def _parsed(self, header: list[bytes]) -> PatchedFile:
        try:
            # newline="\n" keeps a CR inside a line from ending it
            (file,) = PatchSet(StringIO(b"".join(header).decode("utf-8", "surrogateescape"), newline="\n"))
        except (UnidiffParseError, ValueError) as error:
            raise self._broken(str(error)) from error
        return file

    def _broken(self, why: str) -> UnreadableInput:
        return UnreadableInput(
            f"the diff in {self._name} cannot be parsed: {why}", "Make it anew with `git diff` or `git format-patch`."
        )
