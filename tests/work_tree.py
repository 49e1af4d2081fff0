"""Copies of this source tree as it lies here, for tests that build, install or publish it."""

import fcntl
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# Where packages are kept between runs; asked before the tests get a home of their own.
_CACHES = {
    "PIP_CACHE_DIR": str(Path("~/.cache/pip").expanduser()),
    "UV_CACHE_DIR": str(Path("~/.cache/uv").expanduser()),
}
_NETWORK = ("PIP_", "UV_", "SSL_CERT_", "REQUESTS_CA", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY")


def installer_settings() -> dict[str, str]:
    """The variables that tell pip and uv where packages come from on this machine."""
    settings = {name: value for name, value in os.environ.items() if name.upper().startswith(_NETWORK)}
    return _CACHES | settings | {"PIP_DISABLE_PIP_VERSION_CHECK": "1"}


def copy_work_tree(target: Path) -> Path:
    """The files that git tracks or would track, as they are now."""
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    for name in os.fsdecode(listed.stdout).split("\0"):
        if name and (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)
    return target


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder that `make` fills, once for all processes of a test run."""
    base = factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    folder, done = shared / name, shared / f"{name}.done"
    with open(shared / f"{name}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            done.touch()
    return folder
