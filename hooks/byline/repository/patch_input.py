"""Commits from a patch of any size: a plain diff, the output of `git show`, or mails of `git format-patch`.

It is read as a stream. What cannot be read is said, never taken for nothing.
"""

from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO

from byline.errors import UnreadableInput
from byline.model import AddedLine, Commit, ConfigFile, FileChange
from byline.repository.blob_lines import HitLine
from byline.repository.patch_files import DiffReader
from byline.repository.patch_hunks import PatchFile
from byline.repository.patch_lines import Lines, pieces_of
from byline.repository.patch_texts import LONGEST_TEXT, NOBODY, Text, parts
from byline.repository.search import Search
from byline.repository.trailers import parse_trailers

MOST_FILES = 500_000
"""Files of one commit that are read."""

_MOST_KEPT = 32 << 20
"""Bytes of lines with possible marks, and of configuration, that are kept of one commit."""

_COST_OF_LINE = 200
_MOST_UNREAD = 20
"""Texts that name files which could not be read; further files are counted."""


def commits_in_patch(source: bytes | BinaryIO, name: str, search: Search) -> Iterator[Commit]:
    """The commits of a patch in the order of the file; `name` is what errors call it.

    Raises UnreadableInput when it holds no diff or cannot be parsed.
    """
    found = False
    for text, lines in parts(pieces_of(BytesIO(source) if isinstance(source, bytes) else source)):
        found = True
        yield _Additions(text).read(lines, name, search)
    if not found:
        raise UnreadableInput(f"{name} holds no diff", "Make one with `git diff`, `git show` or `git format-patch`.")


class _Additions:
    """What one commit of a patch adds, while its files pass."""

    def __init__(self, text: Text) -> None:
        self._text = text
        self._changes: list[FileChange] = []
        self._added: list[tuple[str, HitLine]] = []
        self._removed: Counter[tuple[str, bytes]] = Counter()
        self._deleted: Counter[tuple[str, bytes]] = Counter()
        self._configs: list[ConfigFile] = []
        self._unread: list[str] = []
        self._further = 0
        self._kept = 0
        self._count = 0

    def read(self, lines: Lines, name: str, search: Search) -> Commit:
        """The commit, when all its files have passed."""
        diff = DiffReader(lines, name, search)
        files = 0
        for files, file in enumerate(diff.files(), 1):
            self._count += file.count
            if files <= MOST_FILES:
                self._take(file)
        unread = [*self._unread]
        if self._further:
            unread.append(f"{self._further:,} more files could not be read")
        if self._text.cut:
            unread.append(f"the text above the diff is over {LONGEST_TEXT >> 20} MiB long; the rest was not read")
        if self._text.promises and not files:
            unread.append("the mail ends before its diff")
        if files > MOST_FILES:
            unread.append(f"the patch changes more than {MOST_FILES:,} files")
        if diff.combined:
            unread.append("a combined diff of a merge cannot be searched in a patch")
        if diff.loose:
            unread.append(f"lines outside of the hunks of the diff look like added ones: {diff.loose:,}")
        return self._commit(tuple(unread))

    def _take(self, file: PatchFile) -> None:
        self._changes.append(FileChange(file.path, file.letter))
        texts = (*(hit.text for hit in file.added), *file.removed)
        cost = sum(_COST_OF_LINE + len(text) for text in texts) + len(file.whole or b"")
        if self._kept + cost > _MOST_KEPT:
            file.unread.append(f"{file.path}: the commit has more to look at than {_MOST_KEPT >> 20} MiB")
        else:
            self._keep(file)
            self._kept += cost
        if file.unread and len(self._unread) < _MOST_UNREAD:
            self._unread += file.unread
        elif file.unread:
            self._further += 1

    def _keep(self, file: PatchFile) -> None:
        self._added += [(file.path, hit) for hit in file.added]
        removed = self._deleted if file.letter == "D" else self._removed
        removed.update({(file.path, text): count for text, count in file.removed.items()})
        if file.whole is not None:
            self._configs.append(ConfigFile(file.path, None, bytes(file.whole)))

    def _commit(self, unread: tuple[str, ...]) -> Commit:
        # a path that changes its type, as from a file to a link, is removed and added again in a diff
        removed = {change.path for change in self._changes if change.status == "D"}
        retyped = {change.path for change in self._changes if change.status == "A" and change.path in removed}
        return Commit(
            sha=self._text.sha,
            parents=(),
            author=self._text.author,
            committer=NOBODY,
            message=self._text.message,
            trailers=parse_trailers(self._text.message),
            changes=tuple(
                FileChange(change.path, "T") if change.path in retyped else change
                for change in self._changes
                if change.path not in retyped or change.status != "D"
            ),
            added_lines=tuple(self._without_moved(retyped)),
            configs=tuple(self._configs),
            unread=unread,
            lines_added=self._count,
        )

    def _without_moved(self, retyped: set[str]) -> Iterator[AddedLine]:
        """The lines less those that the patch takes away from the same file, or with a whole file elsewhere."""
        elsewhere: Counter[bytes] = Counter()
        for (path, text), count in self._deleted.items():
            if path in retyped:
                self._removed[path, text] += count
            else:
                elsewhere[text] += count
        for path, hit in self._added:
            if self._removed[path, hit.text] > 0:
                self._removed[path, hit.text] -= 1
            elif elsewhere[hit.text] > 0:
                elsewhere[hit.text] -= 1
            else:
                yield AddedLine(path, hit.number, hit.text.decode("utf-8", "surrogateescape"))
