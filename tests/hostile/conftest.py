"""Hostile repositories are all built from one that carries marks everywhere."""

from pathlib import Path

import pytest

from hostile.checked import LINE, MESSAGE, Canary
from real_git import RealRepository


@pytest.fixture
def marked(repository: RealRepository) -> RealRepository:
    """A repository with a plain commit, and one on top with marks in its message and in an added line."""
    repository.commit("First", {"a.py": "x = 1\n"})
    repository.commit(MESSAGE, {"a.py": f"x = 1\n{LINE}\n", "b.txt": "text\n"})
    return repository


@pytest.fixture
def canary(tmp_path: Path) -> Canary:
    """A program that must never be started."""
    return Canary(tmp_path)
