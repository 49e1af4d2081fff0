"""Sends notes to a remote, on top of those that it has. Nothing but notes is sent, and none is ever overwritten."""

import os
import random
import subprocess
import time
from collections.abc import Mapping

from byline.errors import RepositoryError
from byline.repository.location import Repository
from byline.repository.note_writer import Combine, combined, import_notes, tip_of
from byline.repository.run_git import FAILED, NO, clean_environment, git_answers, git_words, spawn
from byline.repository.shared_notes import Shared

_TRIES = 10
_MOST_UNMOVED = 3
_LONGEST_REASON = 200
_PUSH = ("--quiet", "--no-verify", "--no-follow-tags", "--recurse-submodules=no")
_FETCH = ("--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules", "--no-auto-maintenance")

# A way to ask for passwords that the person has set up, as editors do.
_KEPT = ("GIT_ASKPASS",)


def send_notes(repository: Repository, to: Shared, notes: Mapping[str, str], combine: Combine) -> int:
    """Have the remote hold these notes as well; how many it lacked. Raises RepositoryError with the reason.

    `combine` decides about commits on which both have a note. Where somebody else was faster, theirs come first.
    """
    tip = tip_of(repository, to.tracking)
    unmoved = 0
    complaint = b""
    for attempt in range(_TRIES):
        wanted = combined(repository, tip, notes, combine)
        complaint = _push(repository, to, tip, wanted) if wanted else b""
        if not complaint:
            return len(wanted)
        # the star keeps git from failing over a remote that has no notes yet
        _talk(repository, "fetch", *_FETCH, "--refmap=", "--", to.remote, f"+{to.ref}*:{to.tracking}*")
        before, tip = tip, tip_of(repository, to.tracking)
        unmoved += tip == before
        if unmoved == _MOST_UNMOVED:
            break
        time.sleep(random.random() * 0.1 * attempt)  # noqa: S311 - nothing secret hangs on it
    raise _not_sent(to, complaint)


def _not_sent(to: Shared, complaint: bytes) -> RepositoryError:
    """Why a push failed, without the name that the notes had on their way."""
    lines = complaint.decode(errors="replace").splitlines()
    refusal = next((line for line in lines if line.startswith(" ! ")), "")
    if not refusal:
        return RepositoryError(
            f"git push to {to.ref} of {to.remote} failed: {git_words(complaint)[:_LONGEST_REASON]}",
            f"See whether it can be reached: git ls-remote {to.remote}",
        )
    reason = refusal.rpartition(" (")[2].rstrip(")")
    told = [line.removeprefix("remote:").strip() for line in lines if line.startswith("remote:")]
    words = next((line for line in told if line and not line.startswith("hint:")), "")
    because = f"{reason}: {words}" if words else reason
    return RepositoryError(
        f"{to.remote} does not take notes in {to.ref}: {because[:_LONGEST_REASON]}",
        f"They are kept here. Ask those who run {to.remote} whether {to.ref} may be pushed there.",
    )


def _push(repository: Repository, to: Shared, tip: str, notes: Mapping[str, str]) -> bytes:
    """Send a commit with these notes on `tip`. What git complains of; empty when it is done."""
    outgoing = f"refs/byline/outgoing/{os.getpid()}"
    try:
        complaint = import_notes(repository, outgoing, tip, notes, "--force")
        complaint = complaint or _talk(repository, "push", *_PUSH, "--", to.remote, f"{outgoing}:{to.ref}")
        if not complaint:  # git does this itself only where it also fetches the ref
            git_answers(repository, "update-ref", to.tracking, outgoing, no=(NO, FAILED))
        return complaint
    finally:
        git_answers(repository, "update-ref", "-d", outgoing, no=(NO, FAILED))


def _talk(repository: Repository, *arguments: str) -> bytes:
    """Run git with the remote as the person's own settings say. What it complains of; empty when it is done."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    environment = clean_environment(inherits=repository.inherits) | kept
    command = ["git", f"--git-dir={repository.git_dir}", *arguments]
    process = spawn(command, environment, stdin=subprocess.DEVNULL)
    _, complaint = process.communicate()
    return (complaint or b"it gave no reason") if process.returncode else b""
