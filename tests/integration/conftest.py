"""Fixtures for tests with real hooks: two gits, a person's home, byline installed, and clones to work in."""

import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from integration.clone import BAN, Clone, Programs, install_byline, make_home
from newest_git import NoNewestGit, cache_folder, newest_git, wanted

CACHE = cache_folder()
"""Asked before the tests get a home of their own."""


@pytest.fixture(scope="session")
def byline_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the programs `byline` and its Python are."""
    return install_byline(tmp_path_factory.mktemp("environment") / "with byline")


@pytest.fixture(scope="session", params=["git", "newest-git"])
def git_folder(request: pytest.FixtureRequest) -> Path:
    """Where git is: the one on the PATH, then the newest there is."""
    if request.param == "git":
        return Path(str(shutil.which("git"))).parent
    try:
        return newest_git(CACHE, build=wanted())
    except NoNewestGit as reason:
        pytest.skip(str(reason))


@pytest.fixture(scope="session")
def programs(git_folder: Path, byline_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Programs:
    """The programs that a person of the test uses, each git with a home of its own."""
    return Programs(git_folder, byline_folder, make_home(tmp_path_factory.mktemp("person")))


@pytest.fixture(scope="session")
def hooked(programs: Programs, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Clone]:
    """Takes a policy; gives a clone with that policy, one commit and byline's usual hooks, to be copied."""

    @cache
    def make(policy: str) -> Clone:
        clone = Clone.begin(tmp_path_factory.mktemp("template"), programs)
        clone.commit("Start the project", {"byline.toml": policy, "readme.txt": "A project.\n"} if policy else {})
        installed = clone.attempt("byline", "install")
        assert installed.code == 0, installed.err
        return clone

    return make


@pytest.fixture
def make_clone(hooked: Callable[[str], Clone], tmp_path: Path) -> Callable[[str], Clone]:
    """Takes a policy; gives a clone with that policy, one commit and byline's usual hooks."""
    return lambda policy: hooked(policy).copy(tmp_path / "clone")


@pytest.fixture
def clone(make_clone: Callable[[str], Clone]) -> Clone:
    """A clone whose policy forbids AI, with one commit and byline's usual hooks."""
    return make_clone(BAN)
