"""What a walk through a repository looks for, as plain functions over bytes.

The caller knows the marks; the repository only knows which bytes are worth decoding.
"""

from collections.abc import Callable, Collection, Sequence

from byline.frozen import Frozen

Finder = Callable[[bytes], list[tuple[int, int]]]
"""Start and end offsets of every literal found in the data, blind to the case of ASCII letters."""


def any_line(_line: bytes) -> bool:
    """Takes every line for one on which a mark could be."""
    return True


class Search(Frozen):
    """`commits` tells of raw commit objects, by their places, on which a mark could be; `lines` searches file contents.

    `tells` says of a whole line in which something was found whether a mark could be on it, at any path.
    `is_config` says of a path whether the file's content before and after the change is wanted, and `sizes` whether
    the number of lines that each commit adds is.
    """

    commits: Callable[[Sequence[bytes]], Collection[int]]
    lines: Finder
    is_config: Callable[[str], bool]
    sizes: bool = False
    tells: Callable[[bytes], bool] = staticmethod(any_line)
