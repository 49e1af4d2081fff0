"""Where BYLINE_NO_SKIP is set, as in CI, nothing is skipped silently."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
SKIPS = {
    "a test": 'import pytest\n\n\ndef test_a():\n    pytest.skip("no second git")\n',
    "a file": 'import pytest\n\npytest.importorskip("no_git", reason="no second git")\n\n\ndef test_a(): ...\n',
}
EXPECTED_FAILURE = "import pytest\n\n\n@pytest.mark.xfail(strict=True)\ndef test_a():\n    assert False\n"


def run(folder: Path, text: str, value: str) -> subprocess.CompletedProcess[str]:
    shutil.copy(TESTS / "conftest.py", folder)
    (folder / "test_it.py").write_text(text)
    paths = os.pathsep.join((str(TESTS), str(TESTS.parent / "hooks")))
    environment = os.environ | {"BYLINE_NO_SKIP": value, "PYTHONPATH": paths}
    command = [sys.executable, "-m", "pytest", "-c", os.devnull, "--rootdir", str(folder), "-p", "no:cacheprovider"]
    return subprocess.run(
        [*command, str(folder / "test_it.py"), "-p", "no:xdist"],
        env=environment,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("text", SKIPS.values(), ids=SKIPS)
def test_a_skip_is_a_failure_with_its_reason(tmp_path: Path, text: str) -> None:
    ended = run(tmp_path, text, "1")
    assert ended.returncode in (1, 2), ended.stdout
    assert "BYLINE_NO_SKIP is set, and this was skipped: " in ended.stdout
    assert "no second git" in ended.stdout
    assert run(tmp_path, text, "").returncode in (0, 5)


def test_an_expected_failure_stays_one(tmp_path: Path) -> None:
    assert run(tmp_path, EXPECTED_FAILURE, "1").returncode == 0
