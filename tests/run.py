"""Set up `.venv` with byline and all that its tests need, then run the tests.

    python3 tests/run.py                 everything
    python3 tests/run.py tests/unit -x   arguments go to pytest
    python3 tests/run.py --prepare       set up only

Works with nothing but Python 3.11 or newer and git. The environment is made anew when pyproject.toml changes.
"""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def prepare() -> None:
    """Make the environment, unless it is there and made from this very pyproject.toml."""
    stamp = VENV / "byline-setup"
    wanted = hashlib.sha256((ROOT / "pyproject.toml").read_bytes() + sys.version.encode()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print("Setting up .venv ...", flush=True)
    venv.create(VENV, with_pip=True, clear=True)
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--upgrade", "pip>=25.1"], check=True)
    subprocess.run([*pip, "--editable", str(ROOT), "--group", f"{ROOT / 'pyproject.toml'}:dev"], check=True)
    stamp.write_text(wanted)


def main() -> int:
    """Exit code of the tests, or of the set-up."""
    arguments = sys.argv[1:]
    try:
        prepare()
    except subprocess.CalledProcessError as error:
        return error.returncode
    if arguments == ["--prepare"]:
        return 0
    workers = (
        []
        if any(argument.startswith(("-n", "--numprocesses", "-x", "--pdb")) for argument in arguments)
        else ["-n", "auto"]
    )
    return subprocess.run([str(PYTHON), "-m", "pytest", *workers, *arguments], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
