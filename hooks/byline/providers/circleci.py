"""CircleCI.

Variables: https://circleci.com/docs/reference/variables/
"""

from byline.providers.change import Change, Environment, ReadFile
from byline.providers.values import branch_name, commit_id
from byline.repository.endpoints import Endpoints, Kind

SYSTEM = "CircleCI"
FULL_HISTORY = "Give the step `checkout` the setting `method: full`."


def read_change(environ: Environment, read: ReadFile) -> Change:  # noqa: ARG001
    """What the job is about. Raises UnreadableInput.

    The base of a pull request is no variable. Pipeline values know it: `--base << pipeline.git.base_revision >>`.
    """
    tag = environ.get("CIRCLE_TAG", "")
    branch = environ.get("CIRCLE_BRANCH", "")
    number = environ.get("CIRCLE_PR_NUMBER", "") or environ.get("CIRCLE_PULL_REQUEST", "").rpartition("/")[2]
    endpoints = Endpoints(
        Kind.TAG if tag else Kind.BRANCH,
        head=commit_id(environ.get("CIRCLE_SHA1", ""), "CIRCLE_SHA1") or "HEAD",
        # for a request from a fork, the branch is pull/NUMBER
        target="" if branch.startswith("pull/") else branch_name(branch, "CIRCLE_BRANCH"),
        head_ref=f"refs/tags/{tag}" if tag else "",
    )
    if number and not tag:
        endpoints = endpoints._replace(kind=Kind.REQUEST, target="", head_ref=f"refs/pull/{number}/head")
    pusher = environ.get("CIRCLE_PR_USERNAME") or environ.get("CIRCLE_USERNAME", "")
    return Change(SYSTEM, endpoints, FULL_HISTORY, number=number, source=branch if number else "", pusher=pusher)
