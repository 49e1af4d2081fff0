"""The remote that all clones of these tests come from."""

import pytest

from ci.topology import Remote, build_remote


@pytest.fixture(scope="session")
def remote(tmp_path_factory: pytest.TempPathFactory) -> Remote:
    """Built once; tests only clone it."""
    return build_remote(tmp_path_factory.mktemp("remote") / "project")
