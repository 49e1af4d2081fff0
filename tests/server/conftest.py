"""Servers with byline at their door."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from server.gate import POLICY, Gate
from server.installation import NoPython, install_for_servers


@pytest.fixture(scope="session")
def server_python() -> Iterator[Path]:
    """The Python that hooks run byline with."""
    try:
        python = install_for_servers()
    except NoPython as reason:
        pytest.skip(str(reason))
    yield python
    shutil.rmtree(python.parents[2], ignore_errors=True)


@pytest.fixture
def open_gate(tmp_path: Path, server_python: Path) -> Gate:
    """A server without hooks and without commits."""
    return Gate(tmp_path, server_python)


@pytest.fixture
def gate(open_gate: Gate) -> Gate:
    """A server whose policy, on main, denies every AI tool; with pre-receive and post-receive."""
    open_gate.start(POLICY)
    return open_gate


@pytest.fixture
def bare(open_gate: Gate) -> Gate:
    """A server with a policy on main and no hooks."""
    open_gate.start(POLICY)
    for stage in ("pre-receive", "post-receive"):
        (open_gate.server.path / "hooks" / stage).unlink()
    return open_gate
