"""The files that git keeps here."""

import os

from byline.errors import BylineError
from byline.repository.files import read_file
from byline.repository.location import Repository
from byline.repository.run_git import git_output


def tracked_files(repository: Repository) -> tuple[str, ...]:
    """Paths from the root of the working tree, as the index has them. Raises RepositoryError."""
    listed = git_output(repository, "ls-files", "-z", "--cached")
    return tuple(dict.fromkeys(path.decode("utf-8", "surrogateescape") for path in listed.split(b"\0") if path))


def read_tracked(repository: Repository, path: str) -> bytes | None:
    """What a tracked file holds in the working tree; None when it is not there, or no file that can be read."""
    if repository.work_tree is None:
        return None
    place = os.path.join(repository.work_tree, path)
    if os.path.islink(place) or not os.path.isfile(place):
        return None
    try:
        return read_file(place, missing_is_fine=True)
    except BylineError:
        return None
