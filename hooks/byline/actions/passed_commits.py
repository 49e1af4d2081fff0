"""A private record of the commits that byline's hooks have seen: a file in the clone, never part of a commit.

A line is a digest of tree and message, since a hook runs before the commit has an id.
"""

import hashlib
import os
from collections.abc import Iterable

_FILE = os.path.join("byline", "passed")
_LARGEST = 1 << 20


def digest(tree: str, message: str) -> str:
    """What stands for a commit: its tree, and its message without regard to blank space."""
    words = " ".join(message.split()).encode("utf-8", "surrogateescape")
    return hashlib.sha256(tree.encode("ascii") + b"\0" + words).hexdigest()


def remember(common_dir: str, digests: Iterable[str]) -> None:
    """Add commits to the record; of one grown too long the older half goes. Raises OSError."""
    path = os.path.join(common_dir, _FILE)
    os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(descriptor, "".join(f"{one}\n" for one in digests).encode("ascii"))
        too_long = os.fstat(descriptor).st_size > _LARGEST
    finally:
        os.close(descriptor)
    if too_long:
        from byline.actions.replace_file import replace_file

        with open(path, "rb") as file:
            data = file.read()
        replace_file(path, data[data.index(b"\n", len(data) // 2) + 1 :])


def remembered(common_dir: str) -> frozenset[str]:
    """The digests of all commits that hooks have seen."""
    try:
        with open(os.path.join(common_dir, _FILE), encoding="ascii", errors="replace") as file:
            return frozenset(file.read().split())
    except FileNotFoundError:
        return frozenset()
