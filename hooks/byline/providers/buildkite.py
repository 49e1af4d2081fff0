"""Buildkite.

Variables: https://buildkite.com/docs/pipelines/configure/environment-variables
"""

from byline.providers.change import Change, Environment, ReadFile
from byline.providers.values import branch_name, commit_id, is_number, names
from byline.repository.endpoints import Endpoints, Kind

SYSTEM = "Buildkite"
FULL_HISTORY = "Take --depth out of BUILDKITE_GIT_CLONE_FLAGS and BUILDKITE_GIT_FETCH_FLAGS."


def read_change(environ: Environment, read: ReadFile) -> Change:  # noqa: ARG001
    """What the build is about. Raises UnreadableInput. Pushes do not say what the branch pointed to before."""
    commit = environ.get("BUILDKITE_COMMIT", "")
    head = "HEAD" if commit == "HEAD" else commit_id(commit, "BUILDKITE_COMMIT") or "HEAD"
    default = _branch(environ, "BUILDKITE_PIPELINE_DEFAULT_BRANCH")
    number = environ.get("BUILDKITE_PULL_REQUEST", "")
    tag = environ.get("BUILDKITE_TAG", "")
    queued = commit_id(environ.get("BUILDKITE_MERGE_QUEUE_BASE_COMMIT", ""), "BUILDKITE_MERGE_QUEUE_BASE_COMMIT")
    if queued:
        target = _branch(environ, "BUILDKITE_MERGE_QUEUE_BASE_BRANCH")
        return Change(SYSTEM, Endpoints(Kind.QUEUE, head, queued, target=target, default=default), FULL_HISTORY)
    if is_number(number):
        target = _branch(environ, "BUILDKITE_PULL_REQUEST_BASE_BRANCH")
        endpoints = Endpoints(Kind.REQUEST, head, target=target, default=default, head_ref=f"refs/pull/{number}/head")
        labels = names(environ.get("BUILDKITE_PULL_REQUEST_LABELS", ""))
        source = environ.get("BUILDKITE_BRANCH", "")
        return Change(SYSTEM, endpoints, FULL_HISTORY, number=number, source=source, labels=labels)
    if tag:
        return Change(SYSTEM, Endpoints(Kind.TAG, head, default=default, head_ref=f"refs/tags/{tag}"), FULL_HISTORY)
    branch = _branch(environ, "BUILDKITE_BRANCH")
    return Change(SYSTEM, Endpoints(Kind.BRANCH, head, target=branch, default=default), FULL_HISTORY)


def _branch(environ: Environment, name: str) -> str:
    return branch_name(environ.get(name, ""), name)
