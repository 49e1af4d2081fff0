"""The hook that was there before byline's, run after it with the same arguments and input."""

import subprocess
from collections.abc import Sequence

from byline.errors import RepositoryError

OPTION = "--then="


def split_earlier(arguments: Sequence[str]) -> tuple[str, list[str]]:
    """The hook that the first argument names, if it does, and the arguments that git gave."""
    rest = list(arguments)
    named = rest.pop(0).removeprefix(OPTION) if rest and rest[0].startswith(OPTION) else ""
    return named, rest


def run_earlier(path: str, arguments: Sequence[str], data: bytes) -> int:
    """The exit code of the hook; one that was ended by a signal counts as 3. Raises RepositoryError."""
    try:
        done = subprocess.run([path, *arguments], input=data, check=False)
    except OSError as error:
        raise RepositoryError(f"the hook {path} cannot be run: {error.strerror}", "Check its permissions.") from error
    return done.returncode if done.returncode >= 0 else 3
