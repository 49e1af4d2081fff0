"""What a walk through a repository looks for, as plain functions over bytes.

The caller knows the marks; the repository only knows which bytes are worth decoding.
"""

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

Finder = Callable[[bytes], list[tuple[int, int]]]
"""Start and end offsets of every literal found in the data, blind to the case of ASCII letters."""


class Search(NamedTuple):
    """`commits` tells of raw commit objects, by their places, on which a mark could be; `lines` searches file contents.

    `is_config` says of a path whether the file's content before and after the change is wanted, and `sizes` whether
    the number of lines that each commit adds is.
    """

    commits: Callable[[Sequence[bytes]], Collection[int]]
    lines: Finder
    is_config: Callable[[str], bool]
    sizes: bool = False
