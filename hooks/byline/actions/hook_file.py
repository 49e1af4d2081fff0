"""The file of a hook: read without following links, written whole, and kept when it is another's."""

import os
from contextlib import suppress

KEPT_SUFFIX = ".before-byline"
"""A hook that was there before is kept under its name and this."""


def hook_content(path: str) -> bytes | None:
    """What is there: empty for a link or a directory, which is never ours, and None for nothing."""
    if not os.path.lexists(path):
        return None
    if os.path.islink(path) or not os.path.isfile(path):
        return b""
    with open(path, "rb") as file:
        return file.read()


def write_hook(path: str, script: bytes, mode: int) -> None:
    """Write a hook with these permissions, whole or not at all: git may start it at any moment."""
    import tempfile

    os.makedirs(os.path.dirname(path), exist_ok=True)
    descriptor, draft = tempfile.mkstemp(dir=os.path.dirname(path), prefix=".byline-")
    try:
        with open(descriptor, "wb") as file:
            file.write(script)
        os.chmod(draft, mode)
        os.replace(draft, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(draft)
        raise
