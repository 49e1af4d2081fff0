"""Where a change begins and ends, as far as somebody outside the repository can say."""

from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What a change is; it decides where its commits begin."""

    REQUEST = "change request"
    """Commits that the target branch lacks."""
    SINGLE = "single commit"
    """One commit that is reviewed by itself, as Gerrit does."""
    QUEUE = "merge queue"
    """Commits that a merge queue is about to put on the target branch."""
    PUSH = "push"
    """Commits after the one that the branch pointed to before."""
    TAG = "tag"
    """Commits that the default branch lacks."""
    BRANCH = "branch"
    """A run on a branch that no change started: on a schedule, by hand, or the system does not say."""
    DELETION = "deletion"
    """A branch or tag that went away: no commits."""


class Endpoints(NamedTuple):
    """Texts are empty where nothing is known.

    `head` and `base` are commit ids or revisions. `merge` is the id of a merge of head and target that the CI system
    made for its run. `target` is the branch that the commits go to and `default` the default branch, both without
    `refs/heads/`. `head_ref` is a ref of the remote that holds the head. `named` tells that a person named the base:
    then it alone counts. `target_named` tells that a person named the target: then there has to be such a branch.
    """

    kind: Kind
    head: str = "HEAD"
    base: str = ""
    merge: str = ""
    target: str = ""
    default: str = ""
    head_ref: str = ""
    named: bool = False
    target_named: bool = False
