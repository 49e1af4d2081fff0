"""Woodpecker.

Variables: https://woodpecker-ci.org/docs/usage/environment
"""

from byline.providers.change import Change, Environment, ReadFile
from byline.providers.values import branch_name, commit_id, names
from byline.repository.endpoints import Endpoints, Kind

SYSTEM = "Woodpecker"
FULL_HISTORY = "Give the clone step the settings `partial: false` and `depth: 0`."


def read_change(environ: Environment, read: ReadFile) -> Change:  # noqa: ARG001
    """What the pipeline is about. Raises UnreadableInput.

    The commit before a push is that of the previous pipeline, which counts only if it ran on the same branch.
    """
    event = environ["CI_PIPELINE_EVENT"]
    head = commit_id(environ.get("CI_COMMIT_SHA", ""), "CI_COMMIT_SHA") or "HEAD"
    default = _branch(environ, "CI_REPO_DEFAULT_BRANCH")
    number = environ.get("CI_COMMIT_PULL_REQUEST", "")
    pusher = environ.get("CI_COMMIT_AUTHOR", "")
    if event.startswith("pull_request"):
        ref = environ.get("CI_COMMIT_REF", "")
        target = _branch(environ, "CI_COMMIT_TARGET_BRANCH")
        endpoints = Endpoints(Kind.REQUEST, head, target=target, default=default, head_ref=ref)
        labels = names(environ.get("CI_COMMIT_PULL_REQUEST_LABELS", "")) or ()
        source = environ.get("CI_COMMIT_SOURCE_BRANCH", "")
        return Change(SYSTEM, endpoints, FULL_HISTORY, number, source=source, labels=labels, pusher=pusher)
    if event in ("tag", "release"):
        endpoints = Endpoints(Kind.TAG, head, default=default, head_ref=environ.get("CI_COMMIT_REF", ""))
        return Change(SYSTEM, endpoints, FULL_HISTORY, pusher=pusher)
    branch = _branch(environ, "CI_COMMIT_BRANCH")
    before = ""
    if event == "push" and environ.get("CI_PREV_COMMIT_BRANCH") == environ.get("CI_COMMIT_BRANCH"):
        before = commit_id(environ.get("CI_PREV_COMMIT_SHA", ""), "CI_PREV_COMMIT_SHA")
    kind = Kind.PUSH if event == "push" else Kind.BRANCH
    return Change(SYSTEM, Endpoints(kind, head, before, target=branch, default=default), FULL_HISTORY, pusher=pusher)


def _branch(environ: Environment, name: str) -> str:
    return branch_name(environ.get(name, ""), name)
