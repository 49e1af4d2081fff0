"""Writes git notes on many commits with one process. Format: https://git-scm.com/docs/git-fast-import"""

import random
import subprocess
import time
from collections.abc import Callable, Mapping

from byline.errors import RepositoryError
from byline.repository.location import Repository
from byline.repository.note_reader import read_notes
from byline.repository.refs import refs_like
from byline.repository.run_git import git_answers, git_failed, start_git

Combine = Callable[[str, bytes], str | None]
"""Takes a new note and the one that is there; gives the note to be there, or None to leave it as it is."""

_PATIENCE = 30.0
"""Seconds for which others may get ahead."""

_OTHERS = (b"Not updating", b"cannot lock ref", b"Unable to create", b"reference already exists", b"failed to update")
_WHO = b"byline <byline@localhost>"


def write_notes(
    repository: Repository, ref: str, notes: Mapping[str, str], combine: Combine = lambda new, _there: new
) -> int:
    """Set the note of each commit in the notes ref; other notes stay. How many were set. Raises RepositoryError.

    Somebody who writes the same ref at the same moment is not overwritten: git then refuses the update, because the
    new notes do not contain theirs, and the whole is tried again.
    """
    if not ref.startswith("refs/notes/"):
        raise RepositoryError(f"{ref} is no notes ref", "Name one below refs/notes/, such as refs/notes/byline.")
    until = time.monotonic() + _PATIENCE
    tries = 0
    while notes:
        tip = tip_of(repository, ref)
        wanted = combined(repository, tip, notes, combine)
        complaint = import_notes(repository, ref, tip, wanted) if wanted else b""
        if not complaint:
            return len(wanted)
        if time.monotonic() >= until or not any(words in complaint for words in _OTHERS):
            raise git_failed("fast-import", complaint)
        tries += 1
        time.sleep(random.random() * min(0.02 * tries, 0.5))  # noqa: S311 - nothing secret hangs on it
    return 0


def combined(repository: Repository, tip: str, notes: Mapping[str, str], combine: Combine) -> dict[str, str]:
    """The notes to set on top of those that `tip` holds; `tip` is empty where there are none yet."""
    wanted: dict[str, str | None] = dict(notes)
    for sha, there in read_notes(repository, tip, notes, beginnings=True) if tip else ():
        wanted[sha] = combine(notes[sha], there)
    return {sha: text for sha, text in wanted.items() if text is not None}


def import_notes(repository: Repository, ref: str, tip: str, notes: Mapping[str, str], *options: str) -> bytes:
    """Have `ref` name a commit on `tip` with these notes. What git complains of; empty when it is done."""
    process = start_git(repository, "fast-import", "--quiet", "--done", *options, stdin=subprocess.PIPE)
    _, complaint = process.communicate(_stream(ref, tip, notes))
    return (complaint or b"it gave no reason") if process.returncode else b""


def tip_of(repository: Repository, ref: str) -> str:
    """What a ref names; empty where there is none. Raises RepositoryError for one that is broken."""
    answer = git_answers(repository, "rev-parse", "--verify", "--quiet", "--end-of-options", ref)
    if answer is None:
        refs_like(repository, ref)
    return (answer or b"").decode("ascii").strip()


def _stream(ref: str, tip: str, notes: Mapping[str, str]) -> bytes:
    parts = [
        b"commit " + ref.encode("utf-8", "surrogateescape"),
        b"committer " + _WHO + f" {int(time.time())} +0000".encode(),
        _data(b"Notes by byline\n"),
    ]
    parts += [b"from " + tip.encode("ascii")] if tip else []
    for sha, text in notes.items():
        parts += [b"N inline " + sha.encode("ascii"), _data(text.encode("utf-8", "backslashreplace"))]
    return b"\n".join([*parts, b"done", b""])


def _data(content: bytes) -> bytes:
    return b"data %d\n%s" % (len(content), content)
