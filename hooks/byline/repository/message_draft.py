"""A message file that is edited line by line: what is not touched keeps every byte.

Lines that git will drop (comments, what follows the scissors) stay where they are, and lines are counted without them:
as `parse_trailers` counts, from 1.
"""

from collections.abc import Sequence

from byline.model import Trailer
from byline.repository.message_file import Cleanup
from byline.repository.trailers import is_trailer, parse_trailers, trailer_block

_BLANKS = " \t\r"


class Draft:
    """The text of a message file. Every change keeps the line ends that the file has."""

    def __init__(self, text: str, cleanup: Cleanup) -> None:
        self._rows = text.split("\n")
        self._cleanup = cleanup
        self._look()

    def _look(self) -> None:
        kept = self._cleanup.kept(self._rows)
        text = next((place for place, row in enumerate(kept) if self._rows[row].strip(_BLANKS)), 0)
        self._kept = kept[text:]  # git drops blank lines above the title
        self.lines = [self._rows[row].rstrip(_BLANKS) for row in self._kept]

    @property
    def text(self) -> str:
        """The file as it is now."""
        return "\n".join(self._rows)

    @property
    def message(self) -> str:
        """What git keeps of it, without blanks at the ends of lines."""
        return "\n".join(self.lines)

    @property
    def trailers(self) -> tuple[Trailer, ...]:
        """The trailers of what git keeps."""
        return parse_trailers(self.message)

    @property
    def has_text(self) -> bool:
        """Whether git keeps anything but blank lines."""
        return any(self.lines)

    def folded(self, number: int) -> range:
        """The numbers of the lines of a trailer: the one it begins in, and those it goes on in."""
        end = number
        while end < len(self.lines) and self.lines[end][:1] in (" ", "\t"):
            end += 1
        return range(number, end + 1)

    def paragraph(self, number: int) -> range:
        """The numbers of the lines that stand together with this one, no blank line between them."""
        start = end = number
        while start > 1 and self.lines[start - 2]:
            start -= 1
        while end < len(self.lines) and self.lines[end]:
            end += 1
        return range(start, end + 1)

    def substitute(self, numbers: range, lines: Sequence[str]) -> None:
        """Put other lines in the place of some."""
        rows = [self._kept[number - 1] for number in numbers]
        ending = self._line_end(rows[0])
        for row in reversed(rows[1:]):
            del self._rows[row]
        self._rows[rows[0] : rows[0] + 1] = [line + ending for line in lines]
        self._look()

    def replace(self, number: int, line: str) -> None:
        """Put another line in the place of one."""
        self.substitute(range(number, number + 1), [line])

    def insert(self, number: int, lines: Sequence[str]) -> None:
        """Put lines in front of one."""
        row = self._kept[number - 1]
        self._rows[row:row] = [line + self._line_end(row) for line in lines]
        self._look()

    def remove(self, numbers: range) -> None:
        """Take lines out; of two blank lines that then meet, one goes too."""
        before, after = numbers.start - 1, numbers.stop
        alone = before >= 1 and after <= len(self.lines) and not self.lines[before - 1] and not self.lines[after - 1]
        more = after < len(self.lines) and alone  # the end of the file stays
        for number in reversed(range(numbers.start, numbers.stop + more)):
            del self._rows[self._kept[number - 1]]
        self._look()

    def append(self, trailers: Sequence[str]) -> None:
        """Put trailers at the end of the trailer block, or make one. The message has text."""
        start, end = trailer_block(self.lines)
        row = self._kept[end - 1] if end else -1
        ending = self._line_end(row)
        opening = [] if start < end else [""]
        added = [line + ending for line in (*opening, *trailers)]
        self._rows[row + 1 : row + 1] = added
        if row + 1 + len(added) == len(self._rows):
            self._rows.append("")  # the last line had no end
        self._look()

    def stands_in_block(self, number: int) -> bool:
        """Whether a line is in the trailer block."""
        start, end = trailer_block(self.lines)
        return start < number <= end

    def is_trailer_like(self, number: int) -> bool:
        """Whether a line has the form of a trailer, or goes on with the one above it."""
        line = self.lines[number - 1]
        return is_trailer(line) or line[:1] in (" ", "\t")

    def _line_end(self, row: int) -> str:
        """A carriage return where this file ends its lines so."""
        return "\r" if self._rows[max(row, 0)].endswith("\r") else ""
