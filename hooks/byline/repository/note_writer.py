"""Writes git notes on many commits with one process. Format: https://git-scm.com/docs/git-fast-import"""

import random
import subprocess
import time
from collections.abc import Mapping

from byline.errors import RepositoryError
from byline.repository.location import Repository
from byline.repository.run_git import git_answers, git_failed, start_git

_PATIENCE = 30.0
"""Seconds for which others may get ahead."""

_OTHERS = (b"Not updating", b"cannot lock ref", b"Unable to create", b"reference already exists", b"failed to update")
_WHO = b"byline <byline@localhost>"


def write_notes(repository: Repository, ref: str, notes: Mapping[str, str]) -> None:
    """Set the note of each commit in the notes ref; other notes stay. Raises RepositoryError.

    Somebody who writes the same ref at the same moment is not overwritten: git then refuses the update, because the
    new notes do not contain theirs, and the whole is tried again.
    """
    if not ref.startswith("refs/notes/"):
        raise RepositoryError(f"{ref} is no notes ref", "Name one below refs/notes/, such as refs/notes/byline.")
    until = time.monotonic() + _PATIENCE
    tries = 0
    while notes:
        process = start_git(repository, "fast-import", "--quiet", "--done", stdin=subprocess.PIPE)
        _, complaint = process.communicate(_stream(ref, _tip(repository, ref), notes))
        if not process.returncode:
            return
        if time.monotonic() >= until or not any(words in complaint for words in _OTHERS):
            raise git_failed("fast-import", complaint)
        tries += 1
        time.sleep(random.random() * min(0.02 * tries, 0.5))  # noqa: S311 - nothing secret hangs on it


def _tip(repository: Repository, ref: str) -> str:
    answer = git_answers(repository, "rev-parse", "--verify", "--quiet", "--end-of-options", ref)
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
