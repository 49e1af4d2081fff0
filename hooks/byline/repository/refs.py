"""Which refs there are, be they in order or not.

Asked for the object of a ref, git says "missing" of a ref that is not there, of one whose object is lost, and of one
whose file was emptied, as a power cut leaves it.
"""

from collections.abc import Sequence

from byline.errors import RepositoryError
from byline.lazy_pattern import lazy_pattern
from byline.repository.location import Repository
from byline.repository.run_git import FAILED, NO, git_answers, git_failed, start_git

_BROKEN = b"ignoring broken ref"
_ID = lazy_pattern(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


class BrokenRefError(RepositoryError):
    """A ref that git cannot read."""


def refs_like(repository: Repository, *patterns: str) -> Sequence[str]:
    """Full names of the refs that match. Raises BrokenRefError when git cannot read one of them, RepositoryError."""
    process = start_git(repository, "for-each-ref", "--format=%(refname)", *patterns)
    out, complaint = process.communicate()
    if process.returncode:
        raise git_failed("for-each-ref", complaint)
    if _BROKEN in complaint:
        named = complaint.partition(_BROKEN)[2].decode(errors="replace").split("\n")[0].strip()
        raise BrokenRefError(f"git cannot read the ref {named}", "Run `git fsck`, and set it anew from a clone.")
    return out.decode("utf-8", "surrogateescape").split("\n")[:-1]


def is_nowhere(repository: Repository, name: str) -> bool:
    """Whether what git calls missing under a name is not there at all: it is neither an id nor a ref that is there."""
    if _ID.fullmatch(name):
        return False
    return not ((name == "HEAD" or name.startswith("refs/")) and is_there(repository, name))


def is_there(repository: Repository, ref: str) -> bool:
    """Whether there is such a ref, HEAD or full name, whatever it leads to. HEAD is not while its branch is not."""
    if ref == "HEAD":
        pointed = git_answers(repository, "symbolic-ref", "--quiet", "HEAD", no=(NO, FAILED))
        if pointed is None:
            return True
        ref = pointed.decode("utf-8", "surrogateescape").rstrip("\n")
    try:
        return ref in refs_like(repository, ref)
    except BrokenRefError:
        return True
