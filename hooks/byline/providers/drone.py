"""Drone.

Variables: https://docs.drone.io/pipeline/environment/reference/
"""

from byline.providers.change import Change, Environment, ReadFile
from byline.providers.values import branch_name, commit_id
from byline.repository.endpoints import Endpoints, Kind

SYSTEM = "Drone"
FULL_HISTORY = "Take `depth` out of the pipeline's `clone` section."


def read_change(environ: Environment, read: ReadFile) -> Change:  # noqa: ARG001
    """What the build is about. Raises UnreadableInput.

    Builds of pull requests run on a merge that is made in the clone, so HEAD is not their head.
    """
    event = environ.get("DRONE_BUILD_EVENT", "")
    head = _id(environ, "DRONE_COMMIT_AFTER") or _id(environ, "DRONE_COMMIT_SHA") or "HEAD"
    default = _branch(environ, "DRONE_REPO_BRANCH")
    ref = environ.get("DRONE_COMMIT_REF", "")
    pusher = environ.get("DRONE_COMMIT_AUTHOR", "")
    if event == "pull_request":
        target = _branch(environ, "DRONE_TARGET_BRANCH")
        return Change(
            SYSTEM,
            Endpoints(Kind.REQUEST, head, target=target, default=default, head_ref=ref),
            FULL_HISTORY,
            number=environ.get("DRONE_PULL_REQUEST", ""),
            title=environ.get("DRONE_PULL_REQUEST_TITLE", ""),
            source=environ.get("DRONE_SOURCE_BRANCH", ""),
            pusher=pusher,
        )
    if event == "tag":
        return Change(SYSTEM, Endpoints(Kind.TAG, head, default=default, head_ref=ref), FULL_HISTORY, pusher=pusher)
    kind, before = (Kind.PUSH, _id(environ, "DRONE_COMMIT_BEFORE")) if event == "push" else (Kind.BRANCH, "")
    endpoints = Endpoints(kind, head, before, target=_branch(environ, "DRONE_BRANCH"), default=default)
    return Change(SYSTEM, endpoints, FULL_HISTORY, pusher=pusher)


def _id(environ: Environment, name: str) -> str:
    return commit_id(environ.get(name, ""), name)


def _branch(environ: Environment, name: str) -> str:
    return branch_name(environ.get(name, ""), name)
