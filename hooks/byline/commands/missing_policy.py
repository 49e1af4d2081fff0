"""What `byline check` says where it finds no policy: that nothing is judged, and whether HEAD has one all the same."""

from byline.errors import BylineError
from byline.policy.load import find_policy
from byline.reporters.notices import tell
from byline.repository.location import Repository
from byline.repository.tip_files import TipFiles

_SO = "so marks are only noted; nothing is forbidden"


def tell_missing_policy(repository: Repository | None) -> None:
    """Say that nothing is judged. A work tree need not hold what HEAD does, as after `git clone --no-checkout`."""
    if repository is None or repository.work_tree is None:
        tell(f"there is no policy file (byline.toml), {_SO}")
        return
    try:
        name = _name_at_head(repository)
    except BylineError as error:
        tell(
            f"there is no policy file (byline.toml) in the work tree, {_SO}; whether HEAD has one is not known: {error}"
        )
        if error.remedy:
            tell(error.remedy)
        return
    if name:
        tell(f"there is no policy file in the work tree, {_SO}; HEAD has one: byline check --policy HEAD:{name}")
    else:
        tell(f"there is no policy file (byline.toml), {_SO}")


def _name_at_head(repository: Repository) -> str:
    """The file that holds the policy of HEAD; empty where it has none. Raises BylineError where that is not known."""
    with TipFiles(repository) as files:
        found = find_policy(lambda name: files.read("HEAD", name))
    return found[0] if found else ""
