"""Travis CI.

Variables: https://docs.travis-ci.com/user/environment-variables/
"""

from byline.providers.change import Change, Environment, ReadFile
from byline.providers.values import abbreviated_id, branch_name, commit_id, is_number
from byline.repository.endpoints import Endpoints, Kind

SYSTEM = "Travis CI"
FULL_HISTORY = "Set `git: { depth: false }` in .travis.yml."


def read_change(environ: Environment, read: ReadFile) -> Change:  # noqa: ARG001
    """What the build is about. Raises UnreadableInput. For a pull request, TRAVIS_BRANCH is the target."""
    number = environ.get("TRAVIS_PULL_REQUEST", "")
    branch = branch_name(environ.get("TRAVIS_BRANCH", ""), "TRAVIS_BRANCH")
    tag = environ.get("TRAVIS_TAG", "")
    commit = commit_id(environ.get("TRAVIS_COMMIT", ""), "TRAVIS_COMMIT") or "HEAD"
    if is_number(number):
        head = commit_id(environ.get("TRAVIS_PULL_REQUEST_SHA", ""), "TRAVIS_PULL_REQUEST_SHA")
        ref = f"refs/pull/{number}/head"
        # TRAVIS_COMMIT is then the merge of both
        endpoints = Endpoints(Kind.REQUEST, head or commit, target=branch, head_ref=ref)
        return Change(SYSTEM, endpoints, FULL_HISTORY, number, source=environ.get("TRAVIS_PULL_REQUEST_BRANCH", ""))
    if tag:
        return Change(SYSTEM, Endpoints(Kind.TAG, commit, head_ref=f"refs/tags/{tag}"), FULL_HISTORY)
    pushed = environ.get("TRAVIS_EVENT_TYPE", "push") == "push"
    before = environ.get("TRAVIS_COMMIT_RANGE", "").partition("...")[0] if pushed else ""
    endpoints = Endpoints(
        Kind.PUSH if pushed else Kind.BRANCH,
        commit,
        abbreviated_id(before, "TRAVIS_COMMIT_RANGE"),
        target=branch,
    )
    return Change(SYSTEM, endpoints, FULL_HISTORY)
