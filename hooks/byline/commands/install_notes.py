"""The part of `byline install` and `byline uninstall` that shares notes with a remote."""

from typing import NamedTuple

from byline.commands.judge import prepare_judge
from byline.repository.discovery import discover
from byline.repository.location import Repository
from byline.repository.shared_notes import Shared, check_sharing, find_remote, share, shared, unshare


class Sharing(NamedTuple):
    """What is to be shared, and whether the policy has notes written."""

    repository: Repository
    shared: Shared
    are_written: bool


def planned_sharing(repo: str | None, remote: str) -> Sharing:
    """What `byline install --notes REMOTE` is to set up; without a name, for the remote that there is.

    Raises UsageError for a remote that there is not, and BylineError where settings of git are in the way.
    """
    repository = discover(repo)
    notes = prepare_judge(repository, None).policy.notes
    planned = Sharing(repository, Shared(find_remote(repository, remote), notes.ref), notes.commit)
    check_sharing(repository, planned.shared)
    return planned


def share_notes(planned: Sharing) -> list[str]:
    """Set up fetch and push of the notes; what was done, in lines."""
    one = planned.shared
    done = "set up" if share(planned.repository, one) else "as it was"
    names = " ".join(f"--notes={ref.removeprefix('refs/notes/')}" for ref in (one.ref, one.tracking))
    lines = [
        f"notes on commits, shared with {one.remote} ({done}):",
        f"  git fetch          brings those of others, as {one.tracking}",
        f"  git push           sends those on the commits of the push, to {one.ref}; the pre-push hook does it",
        f"  to read them       git log {names}",
        "  Whoever can read the remote can read them: what was found in a commit, and by which rule it was judged.",
    ]
    if not planned.are_written:
        lines.append(
            "  The policy has no notes written ([notes] commit = true); `byline annotate` writes them by hand."
        )
    return lines


def stop_sharing(repo: str | None) -> list[str]:
    """Take that out again; what was done, in lines. Notes themselves stay."""
    repository = discover(repo)
    lines = []
    for one in list(shared(repository)):
        unshare(repository, one)
        lines += [
            f"notes are no longer shared with {one.remote}; those that are here stay, and can be deleted with:",
            f"  git update-ref -d {one.ref}; git update-ref -d {one.tracking}",
        ]
    return lines
