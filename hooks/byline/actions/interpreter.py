"""The Python that hooks are to run byline with."""

import os
import sys
from collections.abc import Sequence
from importlib.machinery import PathFinder

from byline.errors import BylineError


def hook_interpreter() -> str:
    """The path of the running Python, if `python -I -m byline` finds byline there.

    Raises BylineError when it does not: byline then runs from a source tree, or from a user's private packages.
    """
    python = sys.executable
    if not python or not found_in_isolation(sys.path, os.environ.get("PYTHONPATH", "")):
        raise BylineError(
            "byline is not installed where a hook finds it: it runs from a source tree or from user packages",
            "Install it into an environment of its own, such as with pipx or `python -m venv`, and run it from there.",
        )
    return python.replace("\\", "/") if os.name == "nt" else python


def found_in_isolation(path: Sequence[str], python_path: str) -> bool:
    """Whether byline is still found on the module path without what Python's option -I takes away."""
    import site

    private = {os.path.abspath(entry) for entry in python_path.split(os.pathsep) if entry}
    private |= {os.getcwd(), os.path.abspath(site.getusersitepackages())}
    kept = [entry for entry in path if entry and os.path.abspath(entry) not in private]
    return PathFinder.find_spec("byline", kept) is not None
