"""byline installed for a server: a Python environment of its own, readable by every account, made once a session.

Tests of a hook then run what an administrator runs: `PYTHON -I -m byline hook ...`, with the compiled catalogue.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import byline
from byline.catalogue.compile import compiled_source

_NEEDED = ("ahocorasick_rs", "git", "gitdb", "pyjson5", "smmap", "unidiff", "yaml", "_yaml")
_SYSTEM_PYTHON = "/usr/bin/python3"


class NoPython(Exception):
    """No Python here can be run by other accounts; the text says why."""


def install_for_servers() -> Path:
    """The Python that hooks are run with, in a folder that everybody can read. Raises NoPython."""
    folder = Path(tempfile.mkdtemp(prefix="byline-server-"))
    folder.chmod(0o755)
    python = folder / "venv" / "bin" / "python"
    subprocess.run([_base_python(), "-m", "venv", "--without-pip", str(folder / "venv")], check=True)
    packages = next((folder / "venv" / "lib").glob("python3*/site-packages"))
    source = Path(byline.__file__).parent
    shutil.copytree(source, packages / "byline", ignore=shutil.ignore_patterns("__pycache__"))
    (packages / "byline" / "catalogue" / "compiled.py").write_text(compiled_source(), encoding="utf-8")
    for name in _NEEDED:
        found = importlib.util.find_spec(name)
        if found is None or found.origin is None:
            continue
        if found.submodule_search_locations:
            shutil.copytree(Path(found.origin).parent, packages / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(found.origin, packages)
    subprocess.run([str(python), "-m", "compileall", "-q", str(packages)], check=True)
    _check(python)
    return python


def _base_python() -> str:
    """The Python that runs the tests if other accounts can reach it, else the system's, of the same version."""
    own = Path(sys.executable).resolve()
    if os.geteuid() != 0 or all(parent.stat().st_mode & 0o005 == 0o005 for parent in own.parents):
        return str(own)
    version = "import sys; print(sys.version_info[:2] == " + repr(tuple(sys.version_info[:2])) + ")"
    if os.path.exists(_SYSTEM_PYTHON):
        asked = subprocess.run([_SYSTEM_PYTHON, "-c", version], capture_output=True, text=True, check=False)
        if asked.stdout.strip() == "True":
            return _SYSTEM_PYTHON
    raise NoPython(f"other accounts cannot reach {own}, and {_SYSTEM_PYTHON} is not the same version")


def _check(python: Path) -> None:
    done = subprocess.run([str(python), "-I", "-m", "byline", "--version"], capture_output=True, text=True, check=False)
    if done.returncode:
        raise NoPython(f"the copy of byline for servers does not run: {done.stderr}")
