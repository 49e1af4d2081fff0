"""Which lines on which a mark could be did a commit add?

A line counts as added when the new content of a path holds it more often than the old content of that path, and more
often than every parent's in a merge; what the same commit deleted elsewhere counts against it, so that neither a
renamed file nor a line moved within a file is an addition. A copy adds. A changed mode adds nothing, a symbolic link
adds its target, a submodule nothing. This is a property of the contents and not of an algorithm for diffs.
"""

from collections import Counter, OrderedDict
from collections.abc import Container, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from typing import NamedTuple

from byline.model import AddedLine, ConfigFile
from byline.repository.blob_lines import (
    MOST_LINES,
    HitLine,
    TooManyLinesError,
    hit_lines,
    streamed_hit_lines,
)
from byline.repository.changed_middle import changed_middle
from byline.repository.object_reader import LOST, BrokenOffError, ObjectReader, RawObject
from byline.repository.object_search import LARGEST
from byline.repository.search import Search
from byline.repository.tree_changes import TreeChange
from byline.repository.utf16 import as_utf8, utf8_chunks

_IN_ONE_PIECE = 8 << 20
"""Greater contents are searched as a stream, and not read as configuration."""

_CACHE = 64 << 20

_MOST_KEPT_OF_COMMIT = 32 << 20
"""Bytes of lines with possible marks, and of configuration, that are kept of one commit."""

_COST_OF_LINE = 200
_COST_OF_CONTENT = 500

_MOST_BYTES_OF_COMMIT = 1 << 30
"""Contents with possible marks that are compared for one commit. A few kilobytes can stand for any number of them."""

_MOST_UNREAD = 20
"""Files that are named when they cannot be read; the others are counted."""


class _Content(NamedTuple):
    """The content of a path: in memory, or as the lines that a stream of it showed. `fault` says why it is neither."""

    data: bytes | None
    lines: tuple[HitLine, ...] = ()
    fault: str = ""

    @property
    def cost(self) -> int:
        return len(self.data or b"") + sum(_COST_OF_LINE + len(line.text) for line in self.lines) + _COST_OF_CONTENT


_EMPTY = _Content(b"")


class Additions(NamedTuple):
    """What one commit added, as far as marks could be on it, and what could not be read."""

    lines: tuple[AddedLine, ...] = ()
    configs: tuple[ConfigFile, ...] = ()
    unread: tuple[str, ...] = ()


_NOTHING = Additions()


class _Pending:
    """The additions of a commit while its files arrive."""

    def __init__(self) -> None:
        self.lines: list[tuple[TreeChange, list[HitLine]]] = []
        self.configs: list[ConfigFile] = []
        self.unread: list[str] = []
        self.kept = 0
        self.compared = 0
        self.late = False

    def makes_room(self, size: int, change: TreeChange) -> bool:
        """Whether so many bytes of a changed file can be kept; says so when not."""
        if self.kept + size > _MOST_KEPT_OF_COMMIT:
            self.unread.append(f"{change.path}: the commit has more to look at than {_MOST_KEPT_OF_COMMIT >> 20} MiB")
            return False
        self.kept += size
        return True


def new_contents(changes: Iterable[TreeChange]) -> Iterator[str]:
    """The contents that were not at their paths before, by id."""
    return (change.new for change in changes if change.new and change.new not in change.olds)


class ContentComparer:
    """Compares contents before and after commits; one that is needed for several is read about once."""

    def __init__(self, reader: ObjectReader, search: Search) -> None:
        self._reader = reader
        self._search = search
        self._cache: OrderedDict[str, _Content] = OrderedDict()
        self._cached = 0

    def additions(self, changes: Sequence[TreeChange]) -> Additions:
        """What the commit with these changes added."""
        oids = dict.fromkeys(new_contents(changes))
        return self.additions_among(changes, self._reader.suspects(oids, self._search))

    def additions_among(self, changes: Sequence[TreeChange], suspects: Container[str]) -> Additions:
        """The same for a commit of whose new contents only the suspects hold something that is searched for."""
        entries = [
            change
            for change in changes
            if change.new
            and (change.new in suspects or self._search.is_config(change.path))
            and change.new not in change.olds
        ]
        if not entries:
            return _NOTHING
        pending = _Pending()
        while entries:
            entries = self._compare(entries, pending)
        return self._finish(pending, changes)

    def _compare(self, changes: Sequence[TreeChange], into: _Pending) -> list[TreeChange]:
        """Compare what can be in one pass of reading; returns the changes whose contents have left the cache."""
        wanted = dict.fromkeys(oid for change in changes for oid in _oids(change) if oid not in self._cache)
        put_off: list[TreeChange] = []
        with closing(self._read(tuple(wanted))) as arriving:
            for change in changes:
                contents: dict[str, _Content] = {}
                for oid in _oids(change):
                    content = self._cached_content(oid)
                    if content is None and oid in wanted:
                        del wanted[oid]
                        content = next(arriving)
                    if content is not None:
                        contents[oid] = content
                if all(oid in contents for oid in _oids(change)):
                    self._judge(change, contents, into)
                else:
                    put_off.append(change)
                    into.late = True
                for oid, content in contents.items():
                    self._keep(oid, content)
        return put_off

    def _read(self, oids: Iterable[str]) -> Generator[_Content]:
        for raw in self._reader.read(oids, limit=_IN_ONE_PIECE):
            yield self._content(raw)

    def _content(self, raw: RawObject) -> _Content:
        if raw.kind != "blob":
            return _damaged(raw)
        try:
            if raw.data is not None:
                return _Content(as_utf8(raw.data))
            if raw.size > LARGEST:
                return _Content(None, fault=f"over {LARGEST >> 30} GiB, not searched")
            return _Content(None, tuple(streamed_hit_lines(utf8_chunks(raw.chunks), self._search.lines)))
        except TooManyLinesError:
            return _Content(None, fault=f"more than {MOST_LINES:,} lines with possible marks")
        except BrokenOffError:
            return _damaged(raw)

    def _judge(self, change: TreeChange, contents: dict[str, _Content], into: _Pending) -> None:
        new = contents[change.new]
        olds = [contents[oid] for oid in change.olds] or [_EMPTY]
        faults = [content.fault for content in (new, *olds) if content.fault]
        if faults:
            into.unread.append(f"{change.path}: {faults[0]}")
            return
        if self._search.is_config(change.path):
            if new.data is None:
                into.unread.append(f"{change.path}: over {_IN_ONE_PIECE >> 20} MiB, not read as configuration")
            elif into.makes_room(len(new.data) + len(olds[0].data or b""), change):
                into.configs.append(ConfigFile(change.path, olds[0].data if change.olds else None, new.data))
        into.compared += sum(len(content.data or b"") for content in (new, *olds))
        if into.compared > _MOST_BYTES_OF_COMMIT:
            into.unread.append(f"{change.path}: the commit has more than {_MOST_BYTES_OF_COMMIT >> 30} GiB to look at")
            return
        try:
            lines = _added(new, olds, self._search)
        except TooManyLinesError:
            into.unread.append(f"{change.path}: more than {MOST_LINES:,} lines with possible marks")
            return
        if lines and into.makes_room(sum(_COST_OF_LINE + len(hit.text) for hit in lines), change):
            into.lines.append((change, lines))

    def _finish(self, pending: _Pending, changes: Sequence[TreeChange]) -> Additions:
        # what was compared in a later pass comes where it would have come in the first one
        order = {change.path: place for place, change in enumerate(changes)} if pending.late else {}
        lines = sorted(pending.lines, key=lambda entry: order[entry[0].path]) if order else pending.lines
        configs = sorted(pending.configs, key=lambda config: order[config.path]) if order else pending.configs
        if lines:
            lines = self._without_moved(lines, changes, pending.unread)
        return Additions(
            tuple(
                AddedLine(change.path, hit.number, hit.text.decode("utf-8", "surrogateescape"))
                for change, hits in lines
                for hit in hits
            ),
            tuple(configs),
            _in_short(pending.unread),
        )

    def _without_moved(
        self, lines: list[tuple[TreeChange, list[HitLine]]], changes: Sequence[TreeChange], unread: list[str]
    ) -> list[tuple[TreeChange, list[HitLine]]]:
        """The lines less those of files that the same commit deleted."""
        deleted = [change for change in changes if change.status == "D" and change.olds]
        texts = {hit.text for _, hits in lines for hit in hits}
        held: dict[str, Counter[bytes]] = {}
        oids = {oid: change.path for change in deleted for oid in change.olds}
        for (oid, path), content in zip(oids.items(), self._read(oids), strict=True):
            held[oid] = Counter()
            try:
                if content.fault:
                    unread.append(f"{path}: {content.fault}")
                else:
                    held[oid].update(hit.text for hit in _all_lines(content, self._search) if hit.text in texts)
            except TooManyLinesError:
                unread.append(f"{path}: more than {MOST_LINES:,} lines with possible marks")
        moved: Counter[bytes] = Counter()
        for change in deleted:
            moved.update(_most([held[oid] for oid in change.olds]))
        return [(change, _less(hits, moved)) for change, hits in lines] if moved else lines

    def _cached_content(self, oid: str) -> _Content | None:
        content = self._cache.get(oid)
        if content is not None:
            self._cache.move_to_end(oid)
        return content

    def _keep(self, oid: str, content: _Content) -> None:
        if oid in self._cache:
            return
        self._cache[oid] = content
        self._cached += content.cost
        while self._cached > _CACHE:
            _, dropped = self._cache.popitem(last=False)
            self._cached -= dropped.cost


def _damaged(raw: RawObject) -> _Content:
    return _Content(None, fault=f"object {raw.oid[:12]} {LOST}")


def _in_short(unread: Sequence[str]) -> tuple[str, ...]:
    further = len(unread) - _MOST_UNREAD
    return tuple(unread) if further <= 0 else (*unread[:_MOST_UNREAD], f"{further:,} more files could not be read")


def _oids(change: TreeChange) -> tuple[str, ...]:
    return (*change.olds, change.new)


def _added(new: _Content, olds: list[_Content], search: Search) -> list[HitLine]:
    """The lines that `new` holds more often than any of `olds`. Raises TooManyLinesError."""
    first = olds[0]
    if len(olds) == 1 and new.data is not None and first.data is not None:
        start, old_end, new_end = changed_middle(first.data, new.data)
        hits = hit_lines(new.data[start:new_end], search.lines)
        if not hits:
            return hits
        before = new.data.count(b"\n", 0, start)
        before_hits = hit_lines(first.data[start:old_end], search.lines)
        hits = [HitLine(hit.number + before, hit.text) for hit in hits]
        return _less(hits, Counter(hit.text for hit in before_hits))
    hits = _all_lines(new, search)
    if not hits:
        return hits
    return _less(hits, _most([Counter(hit.text for hit in _all_lines(old, search)) for old in olds]))


def _most(counts: Iterable[Counter[bytes]]) -> Counter[bytes]:
    """Each text as often as the one that holds it most often."""
    most: Counter[bytes] = Counter()
    for count in counts:
        most |= count
    return most


def _all_lines(content: _Content, search: Search) -> list[HitLine]:
    return list(content.lines) if content.data is None else hit_lines(content.data, search.lines)


def _less(hits: list[HitLine], held: Counter[bytes]) -> list[HitLine]:
    """The hits that are left when each text is taken away as often as it is held; `held` is used up.

    The last ones stay: who looks for what was added more likely finds it at the end of a file.
    """
    left: list[HitLine] = []
    for hit in hits:
        if held[hit.text] > 0:
            held[hit.text] -= 1
        else:
            left.append(hit)
    return left
