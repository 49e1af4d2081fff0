"""What a tree object holds, as stored. Format: https://git-scm.com/book/en/v2/Git-Internals-Git-Objects"""

from collections.abc import Iterator
from typing import NamedTuple

_FOLDER = b"40000"
_SUBMODULE = b"160000"


class TreeEntry(NamedTuple):
    """An entry of a tree: a file, a link, a folder, or the commit of a submodule."""

    mode: bytes
    name: bytes
    oid: str

    @property
    def is_folder(self) -> bool:
        """Whether it leads to another tree."""
        return self.mode.lstrip(b"0") == _FOLDER

    @property
    def is_file(self) -> bool:
        """Whether it leads to a content: that of a file, or where a link points."""
        return not self.is_folder and self.mode != _SUBMODULE


def tree_entries(tree: bytes, id_bytes: int) -> Iterator[TreeEntry]:
    """The entries in the order in which they stand; `id_bytes` is the length of an id, 20 or 32."""
    at = 0
    while (end := tree.find(b"\0", at)) > 0:
        mode, _, name = tree[at:end].partition(b" ")
        at = end + 1 + id_bytes
        yield TreeEntry(mode, name, tree[end + 1 : at].hex())


def tree_entry(tree: bytes, name: bytes, id_bytes: int) -> TreeEntry | None:
    """The first entry of that name, or None."""
    if b" %b\0" % name not in tree:
        return None
    return next((entry for entry in tree_entries(tree, id_bytes) if entry.name == name), None)
