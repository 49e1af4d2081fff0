"""Azure Pipelines.

Variables: https://learn.microsoft.com/en-us/azure/devops/pipelines/build/variables
"""

import re

from byline.providers.change import Change, Environment, ReadFile
from byline.providers.values import branch_name, commit_id
from byline.repository.endpoints import Endpoints, Kind

SYSTEM = "Azure Pipelines"
FULL_HISTORY = "Begin the job with the step `checkout: self` and its setting `fetchDepth: 0`."

_MERGE_REF = re.compile(r"refs/pull/[1-9][0-9]*/merge")


def read_change(environ: Environment, read: ReadFile) -> Change:  # noqa: ARG001
    """What the run is about. Raises UnreadableInput. Pushes do not say what the branch pointed to before."""
    if environ.get("SYSTEM_PULLREQUEST_PULLREQUESTID"):
        return _request(environ)
    ref = environ.get("BUILD_SOURCEBRANCH", "")
    tag = ref.startswith("refs/tags/")
    endpoints = Endpoints(
        Kind.TAG if tag else Kind.BRANCH,
        head=commit_id(environ.get("BUILD_SOURCEVERSION", ""), "BUILD_SOURCEVERSION") or "HEAD",
        target=branch_name(ref, "BUILD_SOURCEBRANCH") if ref.startswith("refs/heads/") else "",
        head_ref=ref,
    )
    return Change(SYSTEM, endpoints, FULL_HISTORY, pusher=environ.get("BUILD_REQUESTEDFOREMAIL", ""))


def _request(environ: Environment) -> Change:
    head = commit_id(environ.get("SYSTEM_PULLREQUEST_SOURCECOMMITID", ""), "SYSTEM_PULLREQUEST_SOURCECOMMITID")
    built = commit_id(environ.get("BUILD_SOURCEVERSION", ""), "BUILD_SOURCEVERSION")
    merges = _MERGE_REF.fullmatch(environ.get("BUILD_SOURCEBRANCH", "")) is not None
    target = branch_name(environ.get("SYSTEM_PULLREQUEST_TARGETBRANCH", ""), "SYSTEM_PULLREQUEST_TARGETBRANCH")
    number = environ.get("SYSTEM_PULLREQUEST_PULLREQUESTNUMBER") or environ["SYSTEM_PULLREQUEST_PULLREQUESTID"]
    return Change(
        SYSTEM,
        Endpoints(Kind.REQUEST, head=head or ("" if merges else "HEAD"), merge=built if merges else "", target=target),
        FULL_HISTORY,
        number=number,
        source=environ.get("SYSTEM_PULLREQUEST_SOURCEBRANCH", "").removeprefix("refs/heads/"),
        pusher=environ.get("BUILD_REQUESTEDFOREMAIL", ""),
    )
