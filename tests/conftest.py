"""What every test runs under: git without anybody's configuration, and no variables of a hook in progress."""

import os
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import settings

from real_git import RealRepository, isolated_settings

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)

# whether a case is slow depends on the machine and on what else runs there
settings.register_profile("byline", deadline=None, print_blob=True)
settings.load_profile("byline")


@pytest.fixture(autouse=True, scope="session")
def isolated_git(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep git away from the configuration of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("GIT_")]:
            patch.delenv(name)
        for name, value in isolated_settings(tmp_path_factory.mktemp("home")).items():
            patch.setenv(name, value)
        yield


@pytest.fixture
def repository(tmp_path: Path) -> RealRepository:
    """An empty repository with a working tree."""
    return RealRepository.create(tmp_path / "repository")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where BYLINE_NO_SKIP is set, as in CI, a skipped test is a failed one."""
    return unless_skipped((yield))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for a file that skips itself as a whole."""
    return unless_skipped((yield))


def unless_skipped(report: Report) -> Report:
    """The report, failed if it would have been skipped where nothing may be; expected failures stay."""
    if os.environ.get("BYLINE_NO_SKIP") and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        report.outcome = "failed"
        report.longrepr = f"BYLINE_NO_SKIP is set, and this was skipped: {reason}"
    return report
