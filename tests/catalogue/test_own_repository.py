"""byline's own repository passes its own policy: what carries marks on purpose is declared, and nothing else does."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from real_git import RealRepository

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = ("build", "dist", "bench-results", ".venv", ".venv-bench", ".git")
CACHES = ("__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", ".import_linter_cache")


@pytest.fixture(scope="module")
def all_of_it(tmp_path_factory: pytest.TempPathFactory) -> RealRepository:
    """A repository with one commit that adds every file of this one."""
    path = tmp_path_factory.mktemp("own") / "repository"
    shutil.copytree(ROOT, path, ignore=shutil.ignore_patterns(*NOT_OURS, *CACHES, "*.egg-info", "compiled.py"))
    made = RealRepository.create(path)
    made.git("add", "--all", "--force")
    made.git("commit", "--quiet", "--message=Add everything")
    return made


def check(repository: RealRepository, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "byline", "check", "HEAD", "--repo", str(repository.path), *options]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_everything_that_is_here_passes_the_policy_that_is_here(all_of_it: RealRepository) -> None:
    ended = check(all_of_it)
    assert ended.returncode == 0, ended.stdout + ended.stderr


def test_it_passes_because_of_what_is_declared_and_not_for_want_of_marks(
    all_of_it: RealRepository, tmp_path: Path
) -> None:
    text = (ROOT / "byline.toml").read_text(encoding="utf-8")
    strict = tmp_path / "strict.toml"
    strict.write_text(text.partition("[[exempt]]")[0], encoding="utf-8")
    assert check(all_of_it, "--policy", str(strict)).returncode == 1


def test_the_policy_s_own_examples_hold() -> None:
    command = [sys.executable, "-m", "byline", "policy", "test", "byline.toml"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr


def test_only_data_is_exempt() -> None:
    policy = tomllib.loads((ROOT / "byline.toml").read_text(encoding="utf-8"))
    exempt = {path for exemption in policy["exempt"] for path in exemption["paths"]}
    assert exempt == {"/hooks/byline/catalogue/tools/**", "/docs/catalogue.md", "/tests/**"}
