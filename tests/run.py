"""Set up `.venv` with byline and all that its tests need, then run the tests.

    python3 tests/run.py                          everything
    python3 tests/run.py tests/unit -x            arguments go to pytest
    python3 tests/run.py --prepare                set up only
    python3 tests/run.py --bench REPOSITORY ...   measure, in an environment of its own with byline as users install it

Works with nothing but Python 3.11 or newer and git. An environment is made anew when pyproject.toml changes.
"""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_PYTHON = "Scripts/python.exe" if os.name == "nt" else "bin/python"
PYTHON = ROOT / ".venv" / _PYTHON
BENCH_PYTHON = ROOT / ".venv-bench" / _PYTHON


def prepare() -> None:
    """Make the environment of the tests, unless it is there and made from this very pyproject.toml."""
    wanted = hashlib.sha256((ROOT / "pyproject.toml").read_bytes() + sys.version.encode()).hexdigest()
    stamp = PYTHON.parent.parent / "byline-setup"
    if not stamp.exists() or stamp.read_text() != wanted:
        _install(PYTHON, "dev", "--editable", str(ROOT))
        stamp.write_text(wanted)


def _install(python: Path, group: str, *what: str) -> None:
    directory = python.parent.parent
    print(f"Setting up {directory.name} ...", flush=True)
    venv.create(directory, with_pip=True, clear=True, symlinks=os.name != "nt")
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--upgrade", "pip>=25.1"], check=True)
    subprocess.run([*pip, *what, "--group", f"{ROOT / 'pyproject.toml'}:{group}"], check=True)


def _bench(arguments: list[str]) -> int:
    _install(BENCH_PYTHON, "bench", str(ROOT))
    return subprocess.run([str(BENCH_PYTHON), str(ROOT / "tests/bench"), *arguments], check=False).returncode


def _test(arguments: list[str]) -> int:
    prepare()
    if arguments == ["--prepare"]:
        return 0
    one_process = any(argument.startswith(("-n", "--numprocesses", "-x", "--pdb")) for argument in arguments)
    workers = [] if one_process else ["-n", "auto"]
    return subprocess.run([str(PYTHON), "-m", "pytest", *workers, *arguments], cwd=ROOT, check=False).returncode


def main() -> int:
    """Exit code of the tests, of the benchmarks, or of the set-up."""
    arguments = sys.argv[1:]
    try:
        return _bench(arguments[1:]) if arguments[:1] == ["--bench"] else _test(arguments)
    except subprocess.CalledProcessError as error:
        return error.returncode


if __name__ == "__main__":
    sys.exit(main())
