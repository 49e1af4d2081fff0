"""The pre-commit framework, started with `--from-ref` and `--to-ref` or by pre-commit.ci.

Variables: https://pre-commit.com/#pre-push. pre-commit.ci names no commits and has no network while hooks run.
"""

from byline.providers.change import Change, Environment, ReadFile
from byline.providers.values import branch_name
from byline.repository.endpoints import Endpoints, Kind

SYSTEM = "pre-commit"
FULL_HISTORY = "pre-commit.ci has only what it cloned: let another CI run `byline ci`."


def read_change(environ: Environment, read: ReadFile) -> Change:  # noqa: ARG001
    """The two revisions as they were named on the command line; without them the checked out branch."""
    target = branch_name(environ.get("PRE_COMMIT_REMOTE_BRANCH", ""), "PRE_COMMIT_REMOTE_BRANCH")
    base = environ.get("PRE_COMMIT_FROM_REF", "")
    head = environ.get("PRE_COMMIT_TO_REF", "") or "HEAD"
    kind = Kind.REQUEST if base else Kind.BRANCH
    return Change(SYSTEM, Endpoints(kind, head, base, target=target), FULL_HISTORY)
