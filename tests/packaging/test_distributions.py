"""The wheel and the source distribution, and fresh environments into which pip puts byline."""

import os
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

import byline
from real_git import RealRepository
from work_tree import ROOT, copy_work_tree, installer_settings, made_once

pytestmark = pytest.mark.slow

PACKAGE = ROOT / "hooks" / "byline"
CLAUDE = "Co-Authored-By: Claude <noreply@anthropic.com>"


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a program with nothing of the test run's own Python."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env=environment | installer_settings(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a source distribution, and with the wheel that was built from that."""

    def make(folder: Path) -> None:
        tree = copy_work_tree(folder / "tree")
        run(sys.executable, "-m", "build", "--outdir", folder / "dist", tree, cwd=folder)

    return made_once(tmp_path_factory, "built", make) / "dist"


@pytest.fixture(scope="module")
def wheel(built: Path) -> zipfile.ZipFile:
    return zipfile.ZipFile(next(built.glob("*.whl")))


def test_the_wheel_holds_byline_and_nothing_else(wheel: zipfile.ZipFile) -> None:
    tops = {name.split("/")[0] for name in wheel.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"byline"}
    assert len(tops) == 2


def test_the_wheel_holds_all_of_byline(wheel: zipfile.ZipFile) -> None:
    wanted = {
        path.relative_to(PACKAGE.parent).as_posix()
        for path in PACKAGE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.name != "compiled.py"
    }
    assert wanted <= set(wheel.namelist())
    assert "byline/catalogue/compiled.py" in wheel.namelist()


def test_the_wheel_says_what_it_is(wheel: zipfile.ZipFile) -> None:
    names = {name.split("/", 1)[1]: name for name in wheel.namelist() if ".dist-info/" in name}
    metadata = wheel.read(names["METADATA"]).decode()
    assert "\nRequires-Python: >=3.11\n" in metadata
    assert "\nLicense-Expression: MIT\n" in metadata
    assert "\nProvides-Extra: framework\n" in metadata
    assert "# byline" in metadata
    assert "licenses/LICENSE" in names
    assert wheel.read(names["entry_points.txt"]).decode().startswith("[console_scripts]\nbyline = byline.cli:")


def test_the_source_distribution_holds_what_builds_and_tests_it(built: Path) -> None:
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        names = {name.split("/", 1)[1] for name in archive.getnames() if "/" in name}
    assert {"pyproject.toml", "setup.py", "README.md", "LICENSE", "hooks/byline/cli.py"} <= names
    assert not [name for name in names if name.startswith((".venv", "build/", "bench-results"))]


def fresh_environment(folder: Path) -> Path:
    """A new environment with pip; where its programs are."""
    venv.create(folder, with_pip=True)
    return folder / "bin"


@pytest.mark.parametrize("way", [[], ["--editable"]], ids=["plain", "editable"])
def test_pip_installs_the_tree(tmp_path: Path, way: list[str]) -> None:
    tree = copy_work_tree(tmp_path / "tree")
    programs = fresh_environment(tmp_path / "venv")
    run(programs / "pip", "install", "--quiet", *way, ".", cwd=tree)
    assert_works(programs, tmp_path)
    if not way:
        shutil.rmtree(tree)
        assert_works(programs, tmp_path)


def assert_works(programs: Path, folder: Path) -> None:
    """byline runs in every way it can be started, and finds what it should."""
    version = f"byline {byline.__version__}\n"
    assert run(programs / "byline", "--version", cwd=folder).stdout == version
    assert run(programs / "python", "-I", "-m", "byline", "--version", cwd=folder).stdout == version
    repository = RealRepository.create(folder / "repository")
    repository.commit(f"Add a\n\n{CLAUDE}\n")
    assert CLAUDE in run(programs / "byline", "scan", "HEAD", cwd=repository.path).stdout
    assert "github-copilot" in run(programs / "byline", "tools", cwd=folder).stdout
    assert run(programs / "pip", "check", cwd=folder).stdout.startswith("No broken requirements")
