"""Zuul, whose variables a job hands over in the environment: docs/ci.md shows how.

Variables: https://zuul-ci.org/docs/zuul/latest/job-content.html
"""

from byline.providers.change import Change, Environment, ReadFile
from byline.providers.values import branch_name, commit_id
from byline.repository.endpoints import Endpoints, Kind

SYSTEM = "Zuul"
FULL_HISTORY = "Zuul's own checkout has the whole history: run byline there rather than in a shallow copy."


def read_change(environ: Environment, read: ReadFile) -> Change:  # noqa: ARG001
    """What the build is about. Raises UnreadableInput.

    For a change, the checked out branch already has it and those before it in the queue, on top of origin's branch.
    """
    branch = branch_name(environ.get("ZUUL_BRANCH", ""), "ZUUL_BRANCH")
    number = environ.get("ZUUL_CHANGE", "")
    if number:
        return Change(
            SYSTEM, Endpoints(Kind.REQUEST, target=branch), FULL_HISTORY, number, text=environ.get("ZUUL_MESSAGE")
        )
    if environ.get("ZUUL_TAG"):
        return Change(SYSTEM, Endpoints(Kind.TAG, head_ref=f"refs/tags/{environ['ZUUL_TAG']}"), FULL_HISTORY)
    before = commit_id(environ.get("ZUUL_OLDREV", ""), "ZUUL_OLDREV")
    after = commit_id(environ.get("ZUUL_NEWREV", ""), "ZUUL_NEWREV")
    if before and not after and "ZUUL_NEWREV" in environ:
        return Change(SYSTEM, Endpoints(Kind.DELETION, base=before, target=branch), FULL_HISTORY)
    kind = Kind.PUSH if before or after else Kind.BRANCH
    return Change(SYSTEM, Endpoints(kind, after or "HEAD", before, target=branch), FULL_HISTORY)
