"""Jenkins: multibranch pipelines, and the pull request builders for GitHub and GitLab.

Variables: https://www.jenkins.io/doc/book/pipeline/multibranch/ and the page /env-vars.html of any Jenkins.
"""

from byline.providers.change import Change, Environment, ReadFile
from byline.providers.values import branch_name, commit_id
from byline.repository.endpoints import Endpoints, Kind

SYSTEM = "Jenkins"
FULL_HISTORY = (
    "In the job's Git settings, leave out shallow clone, and add the refspec "
    "+refs/heads/*:refs/remotes/origin/* so that the target branch is fetched."
)


def read_change(environ: Environment, read: ReadFile) -> Change:  # noqa: ARG001
    """What the build is about. Raises UnreadableInput."""
    if environ.get("ghprbPullId"):
        return _pull_request_builder(environ)
    if environ.get("gitlabMergeRequestIid"):
        return _gitlab_merge_request(environ)
    if environ.get("CHANGE_ID"):
        return _multibranch_request(environ)
    return _branch_or_tag(environ)


def _id(environ: Environment, name: str) -> str:
    return commit_id(environ.get(name, ""), name)


def _branch(environ: Environment, name: str) -> str:
    return branch_name(environ.get(name, ""), name)


def _multibranch_request(environ: Environment) -> Change:
    """With the merge strategy, the checked out commit is a merge made in the workspace.

    Nothing tells it from a merge that somebody pushed, so it is judged like the others.
    """
    return Change(
        SYSTEM,
        Endpoints(Kind.REQUEST, target=_branch(environ, "CHANGE_TARGET")),
        FULL_HISTORY,
        number=environ["CHANGE_ID"],
        title=environ.get("CHANGE_TITLE", ""),
        source=environ.get("CHANGE_BRANCH", ""),
        pusher=environ.get("CHANGE_AUTHOR", ""),
    )


def _pull_request_builder(environ: Environment) -> Change:
    return Change(
        SYSTEM,
        Endpoints(
            Kind.REQUEST,
            head=_id(environ, "ghprbActualCommit") or "HEAD",
            target=_branch(environ, "ghprbTargetBranch"),
            head_ref=f"refs/pull/{environ['ghprbPullId']}/head",
        ),
        FULL_HISTORY,
        number=environ["ghprbPullId"],
        title=environ.get("ghprbPullTitle", ""),
        text=environ.get("ghprbPullLongDescription"),
        source=environ.get("ghprbSourceBranch", ""),
        pusher=environ.get("ghprbPullAuthorLogin", ""),
    )


def _gitlab_merge_request(environ: Environment) -> Change:
    return Change(
        SYSTEM,
        Endpoints(
            Kind.REQUEST,
            head=_id(environ, "gitlabMergeRequestLastCommit") or "HEAD",
            target=_branch(environ, "gitlabTargetBranch"),
            head_ref=f"refs/merge-requests/{environ['gitlabMergeRequestIid']}/head",
        ),
        FULL_HISTORY,
        number=environ["gitlabMergeRequestIid"],
        title=environ.get("gitlabMergeRequestTitle", ""),
        text=environ.get("gitlabMergeRequestDescription"),
        source=environ.get("gitlabSourceBranch", ""),
        pusher=environ.get("gitlabUserUsername", ""),
    )


def _branch_or_tag(environ: Environment) -> Change:
    """Jenkins knows the commit of the last build that passed, which may lie further back than the push began."""
    if environ.get("TAG_NAME"):
        return Change(SYSTEM, Endpoints(Kind.TAG, head_ref=f"refs/tags/{environ['TAG_NAME']}"), FULL_HISTORY)
    branch = _branch(environ, "BRANCH_NAME") or _branch(environ, "GIT_BRANCH").removeprefix("origin/")
    before = _id(environ, "GIT_PREVIOUS_SUCCESSFUL_COMMIT") or _id(environ, "GIT_PREVIOUS_COMMIT")
    endpoints = Endpoints(
        Kind.PUSH if before else Kind.BRANCH,
        head=_id(environ, "GIT_COMMIT") or "HEAD",
        base=before,
        target=branch,
        default=branch if environ.get("BRANCH_IS_PRIMARY") == "true" else "",
    )
    return Change(SYSTEM, endpoints, FULL_HISTORY)
