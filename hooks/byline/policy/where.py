"""Whether a commit is one that a scope or an exemption is about."""

from byline.model import Commit
from byline.policy.patterns import wildcard
from byline.policy.schema import Where


def moment(commit: Commit, now: int | None, *, claimed: bool = False) -> int | None:
    """The time by which a policy dates the commit, in seconds since 1970.

    That is when a server got it, unless the policy goes by what the commit claims; else the later of its two dates,
    else `now`. Both dates are claims of whoever made it: taking the later one, an old author date alone hides nothing.
    """
    if commit.arrival is not None and not claimed:
        return commit.arrival
    dates = [who.when for who in (commit.author, commit.committer) if who.when is not None]
    return max(dates) if dates else now


def about(where: Where, commit: Commit, when: int | None) -> bool:
    """Whether all that `where` says of commits is true of this one. Paths are not looked at.

    What is not known of the commit (a branch, labels, its size) is not true of it; a commit without a date is one
    that is being made, so it lies within all dates.
    """
    return (
        (where.authors is None or where.authors(commit.author.name, commit.author.email))
        and _one_of(where.branches, commit.branch)
        and _one_of(where.source_branches, commit.source_branch)
        and _one_of(where.pushers, commit.pusher)
        and (where.labels is None or any(label in where.labels for label in commit.labels or ()))
        and (where.commits is None or commit.sha in where.commits)
        and within(where.start, where.end, when)
        and (where.max_lines is None or (commit.lines_added is not None and commit.lines_added <= where.max_lines))
    )


def within(start: int | None, end: int | None, when: int | None) -> bool:
    """Whether a moment lies between two others; no moment lies anywhere."""
    return when is None or ((start is None or when >= start) and (end is None or when < end))


def _one_of(patterns: tuple[str, ...] | None, text: str | None) -> bool:
    return patterns is None or (text is not None and any(wildcard(pattern, text) for pattern in patterns))
