"""AppVeyor.

Variables: https://www.appveyor.com/docs/environment-variables/
"""

from byline.providers.change import Change, Environment, ReadFile
from byline.providers.values import branch_name, commit_id
from byline.repository.endpoints import Endpoints, Kind

SYSTEM = "AppVeyor"
FULL_HISTORY = "Take `clone_depth` and `shallow_clone` out of appveyor.yml."


def read_change(environ: Environment, read: ReadFile) -> Change:  # noqa: ARG001
    """What the build is about. Raises UnreadableInput.

    Builds of pull requests run on a merge, and APPVEYOR_REPO_BRANCH is then the target.
    """
    number = environ.get("APPVEYOR_PULL_REQUEST_NUMBER", "")
    tag = environ.get("APPVEYOR_REPO_TAG_NAME", "")
    branch = branch_name(environ.get("APPVEYOR_REPO_BRANCH", ""), "APPVEYOR_REPO_BRANCH")
    head = commit_id(environ.get("APPVEYOR_REPO_COMMIT", ""), "APPVEYOR_REPO_COMMIT") or "HEAD"
    if number:
        variable = "APPVEYOR_PULL_REQUEST_HEAD_COMMIT"
        endpoints = Endpoints(
            Kind.REQUEST,
            commit_id(environ.get(variable, ""), variable) or head,
            target=branch,
            head_ref=f"refs/pull/{number}/head",
        )
    elif tag:
        endpoints = Endpoints(Kind.TAG, head, head_ref=f"refs/tags/{tag}")
    else:
        endpoints = Endpoints(Kind.BRANCH, head, target=branch)
    return Change(
        SYSTEM,
        endpoints,
        FULL_HISTORY,
        number=number,
        title=environ.get("APPVEYOR_PULL_REQUEST_TITLE", ""),
        source=environ.get("APPVEYOR_PULL_REQUEST_HEAD_REPO_BRANCH", ""),
    )
