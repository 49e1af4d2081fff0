"""GitLab CI.

Variables: https://docs.gitlab.com/ci/variables/predefined_variables/
"""

from byline.providers.change import Change, Environment, ReadFile, Squash
from byline.providers.values import branch_name, commit_id, names
from byline.repository.endpoints import Endpoints, Kind

SYSTEM = "GitLab CI"
FULL_HISTORY = 'Give the job `variables: { GIT_DEPTH: "0" }`.'


def read_change(environ: Environment, read: ReadFile) -> Change:  # noqa: ARG001
    """What the pipeline is about. Raises UnreadableInput."""
    if environ.get("CI_MERGE_REQUEST_IID"):
        return _merge_request(environ)
    if environ.get("CI_EXTERNAL_PULL_REQUEST_IID"):
        return _external_request(environ)
    return _branch_or_tag(environ)


def _id(environ: Environment, name: str) -> str:
    return commit_id(environ.get(name, ""), name)


def _branch(environ: Environment, name: str) -> str:
    return branch_name(environ.get(name, ""), name)


def _merge_request(environ: Environment) -> Change:
    """Merged results and merge trains run on a merge commit and name the head by itself; other pipelines do not."""
    number = environ["CI_MERGE_REQUEST_IID"]
    head = _id(environ, "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA")
    tip = _id(environ, "CI_COMMIT_SHA")
    title = environ.get("CI_MERGE_REQUEST_TITLE", "")
    squashes = environ.get("CI_MERGE_REQUEST_SQUASH_ON_MERGE") == "true"
    return Change(
        SYSTEM,
        Endpoints(
            Kind.REQUEST,
            head=head or tip or "HEAD",
            base=_id(environ, "CI_MERGE_REQUEST_DIFF_BASE_SHA") or _id(environ, "CI_MERGE_REQUEST_TARGET_BRANCH_SHA"),
            merge=tip if head and head != tip else "",
            target=_branch(environ, "CI_MERGE_REQUEST_TARGET_BRANCH_NAME"),
            default=_branch(environ, "CI_DEFAULT_BRANCH"),
            head_ref=environ.get("CI_MERGE_REQUEST_REF_PATH", ""),
        ),
        FULL_HISTORY,
        number=number,
        title=title,
        text=environ.get("CI_MERGE_REQUEST_DESCRIPTION"),
        text_cut=environ.get("CI_MERGE_REQUEST_DESCRIPTION_IS_TRUNCATED") == "true",
        source=environ.get("CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", ""),
        labels=names(environ.get("CI_MERGE_REQUEST_LABELS", "")) or (),
        pusher=environ.get("GITLAB_USER_LOGIN", ""),
        # the template of the message is the title alone unless the project chose another one
        squash=Squash(True, f"{title}\n") if squashes else None,
    )


def _external_request(environ: Environment) -> Change:
    """A pull request on another host, whose repository GitLab mirrors."""
    return Change(
        SYSTEM,
        Endpoints(
            Kind.REQUEST,
            head=_id(environ, "CI_EXTERNAL_PULL_REQUEST_SOURCE_BRANCH_SHA") or _id(environ, "CI_COMMIT_SHA") or "HEAD",
            base=_id(environ, "CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_SHA"),
            target=_branch(environ, "CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_NAME"),
            default=_branch(environ, "CI_DEFAULT_BRANCH"),
        ),
        FULL_HISTORY,
        number=environ["CI_EXTERNAL_PULL_REQUEST_IID"],
        source=environ.get("CI_EXTERNAL_PULL_REQUEST_SOURCE_BRANCH_NAME", ""),
        pusher=environ.get("GITLAB_USER_LOGIN", ""),
    )


def _branch_or_tag(environ: Environment) -> Change:
    tag = environ.get("CI_COMMIT_TAG", "")
    before = "" if tag else _id(environ, "CI_COMMIT_BEFORE_SHA")
    pushed = environ.get("CI_PIPELINE_SOURCE", "push") == "push"
    return Change(
        SYSTEM,
        Endpoints(
            Kind.TAG if tag else Kind.PUSH if pushed else Kind.BRANCH,
            head=_id(environ, "CI_COMMIT_SHA") or "HEAD",
            base=before,
            target="" if tag else _branch(environ, "CI_COMMIT_BRANCH"),
            default=_branch(environ, "CI_DEFAULT_BRANCH"),
            head_ref=f"refs/tags/{tag}" if tag else "",
        ),
        FULL_HISTORY,
        pusher=environ.get("GITLAB_USER_LOGIN", ""),
    )
