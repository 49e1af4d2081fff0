"""Bitbucket Pipelines.

Variables: https://support.atlassian.com/bitbucket-cloud/docs/variables-and-secrets/
"""

from byline.providers.change import Change, Environment, ReadFile
from byline.providers.values import abbreviated_id, branch_name, commit_id
from byline.repository.endpoints import Endpoints, Kind

SYSTEM = "Bitbucket Pipelines"
FULL_HISTORY = "Give the step, or the whole file, `clone: { depth: full }`."


def read_change(environ: Environment, read: ReadFile) -> Change:  # noqa: ARG001
    """What the pipeline is about. Raises UnreadableInput.

    Pipelines of pull requests run on a merge of the target that is made in the clone, so HEAD is not their head.
    """
    number = environ.get("BITBUCKET_PR_ID", "")
    tag = environ.get("BITBUCKET_TAG", "")
    branch = branch_name(environ.get("BITBUCKET_BRANCH", ""), "BITBUCKET_BRANCH")
    head = commit_id(environ.get("BITBUCKET_COMMIT", ""), "BITBUCKET_COMMIT") or "HEAD"
    if number:
        variable = "BITBUCKET_PR_DESTINATION_BRANCH"
        base = environ.get("BITBUCKET_PR_DESTINATION_COMMIT", "")
        target = branch_name(environ.get(variable, ""), variable)
        base = abbreviated_id(base, "BITBUCKET_PR_DESTINATION_COMMIT")
        endpoints = Endpoints(Kind.REQUEST, head=head, base=base, target=target)
    elif tag:
        endpoints = Endpoints(Kind.TAG, head=head, head_ref=f"refs/tags/{tag}")
    else:
        endpoints = Endpoints(Kind.BRANCH, head=head, target=branch)
    return Change(SYSTEM, endpoints, FULL_HISTORY, number=number, source=branch if number else "")
