"""Pushes that were let in before they were checked: a file each, until post-receive has checked them.

The files outlive a crash between the two hooks, so that `byline doctor` can tell of a check that never ended.
"""

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import NamedTuple

FOLDER = os.path.join("byline", "deferred")

RefLine = tuple[str, str, str]
"""Old id, new id and name of a ref."""


class Deferred(NamedTuple):
    """A push whose check was put off: the event of its pre-receive, its refs, and the file that says so.

    `refs` is None where the file is damaged, as a power cut leaves it: any push may then be that one.
    """

    event: str
    refs: tuple[RefLine, ...] | None
    path: str


def put_off(git_dir: str, event: str, refs: Iterable[RefLine]) -> None:
    """Remember that these refs are let in unchecked. Raises OSError."""
    folder = os.path.join(git_dir, FOLDER)
    os.makedirs(folder, mode=0o750, exist_ok=True)
    draft = os.path.join(folder, f".{event}")
    with open(draft, "w", encoding="ascii") as file:
        json.dump([list(ref) for ref in refs], file)
        file.flush()
        os.fsync(file.fileno())
    os.rename(draft, os.path.join(folder, event))


def deferred(git_dir: str) -> Iterator[Deferred]:
    """All pushes whose check is still due, by name of their event."""
    folder = os.path.join(git_dir, FOLDER)
    for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else ():
        path = os.path.join(folder, name)
        if not name.startswith("."):
            with suppress(FileNotFoundError), open(path, "rb") as file:
                yield Deferred(name, _refs(file.read()), path)


def _refs(data: bytes) -> tuple[RefLine, ...] | None:
    try:
        return tuple((str(old), str(new), str(ref)) for old, new, ref in json.loads(data))
    except (ValueError, TypeError):
        return None


def done(one: Deferred) -> None:
    """Forget a push whose check has ended. A damaged file stays, to be told of."""
    if one.refs is not None:
        with suppress(FileNotFoundError):
            os.unlink(one.path)
