"""Commits that stood where others stand now: what the reflog of a clone still has, and what changes the same."""

from collections.abc import Iterable, Sequence

from byline.repository.location import Repository
from byline.repository.run_git import FAILED, git_answers, git_output

MOST = 1000
"""Entries of the reflog that are looked at."""

_MOST_PATCHES = 200


def reflog(repository: Repository) -> list[str]:
    """The commits that HEAD has been at, the latest first, each once."""
    listed = git_answers(repository, "rev-list", "--walk-reflogs", f"--max-count={MOST}", "HEAD", no=(FAILED,)) or b""
    return list(dict.fromkeys(listed.decode("ascii", "replace").split()))


def left_behind(repository: Repository, shas: Iterable[str], tips: Iterable[str]) -> frozenset[str]:
    """Those of the commits that neither the tips nor any branch has in its history. Raises RepositoryError."""
    wanted = list(shas)
    feed = "\n".join([*wanted, *(f"^{tip}" for tip in tips), ""]).encode("ascii")
    reachable = git_output(repository, "rev-list", "--stdin", "--not", "--branches", feed=feed) if wanted else b""
    return frozenset(wanted).intersection(reachable.decode("ascii").split())


def trees(repository: Repository, shas: Iterable[str]) -> dict[str, str]:
    """Commit to tree."""
    feed = "".join(f"{sha}\n" for sha in shas).encode("ascii")
    if not feed:
        return {}
    options = ("--no-walk=unsorted", "--stdin", "--format=%H %T")
    out = git_answers(repository, "rev-list", *options, feed=feed, no=(FAILED,)) or b""
    rows = (line.split() for line in out.decode("ascii", "replace").splitlines() if not line.startswith("commit "))
    return {row[0]: row[1] for row in rows if len(row) == 2}


def patch_ids(repository: Repository, shas: Sequence[str]) -> dict[str, str]:
    """Commit to the id of its patch, which stays the same when it is rebased; nothing for merges and many commits."""
    if not shas or len(shas) > _MOST_PATCHES:
        return {}
    options = ("--stdin", "--root", "-p", "--no-ext-diff", "--no-textconv", "--no-color")
    out = git_output(repository, "diff-tree", *options, feed="".join(f"{sha}\n" for sha in shas).encode("ascii"))
    answer = git_output(repository, "patch-id", "--stable", feed=out)
    rows = (line.split() for line in answer.decode("ascii", "replace").splitlines())
    return {row[1]: row[0] for row in rows if len(row) == 2}
