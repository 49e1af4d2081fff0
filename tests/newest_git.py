"""The newest git that Debian has, compiled from its source, as a second git for the tests of hooks.

    python tests/newest_git.py     build it now, and print where it is

It is built once into a cache (`$BYLINE_TEST_CACHE`, else ~/.cache/byline-tests), in about a minute, by apt-get, gcc and
make; what of these is missing is installed if root runs the tests. The mirror is the one this machine uses already.
"""

import fcntl
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

# Only what needs no further library; -O0, because the compiler then takes a third of the time.
_WITHOUT = ("CURL", "EXPAT", "GETTEXT", "OPENSSL", "PERL", "PYTHON", "RUST", "TCLTK")
_BUILD = ["CFLAGS=-O0 -w", *(f"NO_{part}=1" for part in _WITHOUT)]
_NEEDED = {"gcc": "gcc", "make": "make", "xz": "xz-utils"}
_LIBRARIES = ("libc6-dev", "zlib1g-dev")
_KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"

# What git starts by these names for a fetch or a push; all are one program.
_PROGRAMS = ("git", "git-receive-pack", "git-upload-pack", "git-upload-archive")


class NoNewestGit(Exception):
    """There is no second git; the text says why and what to do."""


def cache_folder() -> Path:
    """Where builds are kept between runs."""
    named = os.environ.get("BYLINE_TEST_CACHE")
    return Path(named) if named else Path("~/.cache/byline-tests").expanduser()


def wanted() -> bool:
    """Whether it is to be built for the tests: where nothing may be skipped."""
    return bool(os.environ.get("BYLINE_NO_SKIP"))


def newest_git(cache: Path, *, build: bool) -> Path:
    """The folder that holds the program `git` of the newest release. Raises NoNewestGit.

    `build` makes it if it is not in the cache; processes that ask at the same time wait for one build.
    """
    built = _built(cache)
    if built is None and not build:
        raise NoNewestGit(f"there is no second git in {cache}: `python tests/newest_git.py` builds it in a minute")
    if built is None:
        cache.mkdir(parents=True, exist_ok=True)
        with open(cache / "git.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            built = _built(cache) or _build(cache)
    return built / "bin"


def _built(cache: Path) -> Path | None:
    builds = [place for place in cache.glob("git-*") if (place / "bin" / "git").exists()]
    return max(builds, key=_version, default=None)


def _version(place: Path) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", place.name)]


def _build(cache: Path) -> Path:
    with tempfile.TemporaryDirectory(dir=cache) as scratch:
        _install_what_is_missing()
        source = _unpack(_download(Path(scratch)))
        target = cache / source.name
        _run(["make", f"-j{os.cpu_count() or 1}", *_BUILD, f"prefix={target}", "git"], source)
        draft = Path(scratch) / "draft"
        _lay_out(source / "git", draft)
        draft.rename(target)
        return target


def _lay_out(program: Path, target: Path) -> None:
    """As `make install` would, with as much as commits, pushes and rebases need."""
    for folder in ("bin", "libexec/git-core", "share/git-core/templates"):
        (target / folder).mkdir(parents=True)
    shutil.copy2(program, target / "bin" / "git")
    for name in _PROGRAMS:
        (target / "libexec" / "git-core" / name).symlink_to("../../bin/git")


def _install_what_is_missing() -> None:
    missing = [package for name, package in _NEEDED.items() if shutil.which(name) is None]
    if not Path("/usr/include/zlib.h").exists():
        missing += _LIBRARIES
    if not missing:
        return
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        raise NoNewestGit(f"git cannot be compiled here: install {' '.join(missing)}")
    _run(["apt-get", "update"])
    _run(["apt-get", "install", "--yes", "--no-install-recommends", *missing])


def _download(folder: Path) -> Path:
    """git's own source archive, without Debian's changes; apt-get checks its signature."""
    if shutil.which("apt-get") is None:
        raise NoNewestGit("the newest git is taken from Debian's sources, and there is no apt-get here")
    (folder / "lists" / "partial").mkdir(parents=True)
    (folder / "cache" / "archives" / "partial").mkdir(parents=True)
    signed = f"Signed-By: {_KEYRING}\n" if Path(_KEYRING).exists() else ""
    sources = folder / "newest.sources"
    sources.write_text(f"Types: deb-src\nURIs: {_mirror()}\nSuites: sid\nComponents: main\n{signed}")
    apt = ["apt-get", "--quiet"]
    for option in (
        f"Dir::Etc::SourceList={sources}",
        "Dir::Etc::SourceParts=/dev/null",
        f"Dir::State::Lists={folder / 'lists'}",
        f"Dir::Cache={folder / 'cache'}",
        "APT::Sandbox::User=root",
    ):
        apt += ["--option", option]
    _run([*apt, "update"], folder)
    _run([*apt, "source", "--download-only", "--tar-only", "git"], folder)
    return next(folder.glob("git_*.orig.tar.*"))


def _mirror() -> str:
    """The Debian mirror of this machine."""
    ask = ["apt-get", "indextargets", "--format", "$(SITE)", "Created-By: Packages", "Label: Debian"]
    if not _run(ask).split():
        _run(["apt-get", "update"])  # apt-get only names what it has a list of
    sites = _run(ask).split()
    if not sites:
        raise NoNewestGit("the newest git is taken from Debian's sources, and apt-get knows no mirror of Debian here")
    return sites[0]


def _unpack(archive: Path) -> Path:
    _run(["tar", "--extract", "--file", archive.name], archive.parent)
    return next(place for place in archive.parent.glob("git-*") if place.is_dir())


def _run(command: list[str], folder: Path | None = None) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, errors="replace", check=False)
    if done.returncode:
        last_words = "\n".join((done.stdout + done.stderr).splitlines()[-8:])
        raise NoNewestGit(f"`{' '.join(command)}` failed:\n{last_words}")
    return done.stdout


if __name__ == "__main__":
    try:
        print(newest_git(cache_folder(), build=True) / "git")
    except NoNewestGit as problem:
        sys.exit(str(problem))
