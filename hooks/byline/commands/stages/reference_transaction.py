"""The reference-transaction hook: judge refs whoever changes them, also without a push (fetch, update-ref, a merge).

git starts it for every change of refs. It can refuse in the state `prepared` alone; it is a net beside pre-receive and
not a replacement: git tells it neither who pushes nor with which options.
"""

import sys
from collections.abc import Iterator, Sequence

from byline.commands.stages.server import guard
from byline.errors import EXIT_OK, UnreadableInput
from byline.repository.discovery import discover
from byline.repository.received import ReceivedRef, read_received, received_ref, stored_refs

_JUDGED = ("refs/heads/", "refs/tags/")


def run(arguments: Sequence[str], policy: str | None) -> int:
    """Judge the branches and tags of a transaction that is about to be made."""
    if "".join(arguments[:1]) != "prepared":
        sys.stdin.buffer.read()
        return EXIT_OK
    lines = [line for line in sys.stdin.buffer.read().splitlines() if line.rpartition(b" ")[2].startswith(_starts())]
    if not lines:
        return EXIT_OK
    return guard("reference-transaction", lambda: tuple(_with_real_values(lines)), policy)


def _starts() -> tuple[bytes, ...]:
    return tuple(start.encode("ascii") for start in _JUDGED)


def _with_real_values(lines: Sequence[bytes]) -> Iterator[ReceivedRef]:
    """The refs of the transaction. Where git was not told the old value, it is the one that the ref has."""
    from io import BytesIO

    refs = read_received(BytesIO(b"".join(line + b"\n" for line in lines)))
    known = dict(stored_refs(discover(), *_JUDGED)) if any(ref.creates for ref in refs) else {}
    for ref in refs:
        old = known.get(ref.name, ref.old) if ref.creates else ref.old
        if len(old) != len(ref.new):
            raise UnreadableInput(f"{ref.name} has an id of another length", "Check the repository's object format.")
        yield received_ref(old, ref.new, ref.name)
