"""How byline starts git: the one place that knows the program, its environment and its failures.

Only plumbing is started, with settings that keep a repository from running programs, hiding content or reaching
the network. Hooks inherit `GIT_DIR`, `GIT_INDEX_FILE` and the quarantine variables on purpose; they are kept for
the repository the hook runs in and dropped for any other.
"""

import os
import subprocess
import sys
from collections.abc import Container, Mapping
from contextlib import suppress
from typing import IO

from byline.errors import GitMissing, RepositoryError
from byline.repository.location import Repository

_SAFE_OPTIONS = (
    "--no-pager",
    "--no-replace-objects",
    "--literal-pathspecs",
    "-c",
    "core.fsmonitor=false",
    "-c",
    "diff.suppressBlankEmpty=false",
    "-c",
    "core.quotePath=true",
    # larger contents pass through git in pieces, as they pass through byline
    "-c",
    "core.bigFileThreshold=8m",
    # we name a graft file, an empty one: git would say on every failure that such files are on their way out
    "-c",
    "advice.graftFileDeprecated=false",
)

# What would make git run a program, write a trace into our pipes, change the form of a diff or hide parents.
_DROPPED = (
    "GIT_EXTERNAL_DIFF",
    "GIT_DIFF_OPTS",
    "GIT_PAGER",
    "GIT_ASKPASS",
    "GIT_LITERAL_PATHSPECS",
    "GIT_SHALLOW_FILE",
)
_DROPPED_PREFIXES = ("GIT_TRACE", "GIT_TRACE2")

# `git rev-parse --local-env-vars`, and what belongs to the push or the hook in progress.
_REPOSITORY_VARIABLES = frozenset(
    {
        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_CEILING_DIRECTORIES",
        "GIT_COMMON_DIR",
        "GIT_DIR",
        "GIT_GRAFT_FILE",
        "GIT_IMPLICIT_WORK_TREE",
        "GIT_INDEX_FILE",
        "GIT_NAMESPACE",
        "GIT_NO_REPLACE_OBJECTS",
        "GIT_OBJECT_DIRECTORY",
        "GIT_PREFIX",
        "GIT_QUARANTINE_PATH",
        "GIT_REPLACE_REF_BASE",
        "GIT_WORK_TREE",
    }
)

_SETTINGS = {
    # as replacements, grafts are local to a clone and show other parents than the commits name
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_FLUSH": "1",
    "LC_ALL": "C",
    "LANGUAGE": "C",
}


_WIDE_PIPE = 1 << 20

NO = 1
"""The exit code with which git says no."""

FAILED = 128
"""The one with which it fails, whether over something that it was asked for and is not there, or for want of memory."""

_ASIDES = ("hint:", "warning:")


def clean_environment(*, inherits: bool, environ: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment for git: the process's own without what could mislead it, with our settings on top."""
    kept = {
        name: value
        for name, value in (os.environ if environ is None else environ).items()
        if name not in _DROPPED
        and not name.startswith(_DROPPED_PREFIXES)
        and (inherits or name not in _REPOSITORY_VARIABLES)
    }
    return kept | _SETTINGS


def start_git(
    repository: Repository,
    *arguments: str,
    stdin: int = subprocess.DEVNULL,
    stderr: int = subprocess.PIPE,
    buffer: int = -1,
) -> subprocess.Popen[bytes]:
    """A running git with its output in a pipe. `stdin` may be `subprocess.PIPE`. Raises GitMissing."""
    # a commit graph can name other parents and trees than the commits do; the one on a server is the server's own
    doubts = () if "GIT_QUARANTINE_PATH" in os.environ else ("-c", "core.commitGraph=false")
    command = ["git", *_SAFE_OPTIONS, *doubts, f"--git-dir={repository.git_dir}", *arguments]
    return spawn(command, clean_environment(inherits=repository.inherits), stdin=stdin, stderr=stderr, buffer=buffer)


def widen(pipe: IO[bytes] | None) -> None:
    """Let a pipe hold more, for fewer turns between git and us: where the platform has it and the host allows it."""
    if sys.platform == "linux" and pipe is not None:
        import fcntl

        with suppress(OSError):
            fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, _WIDE_PIPE)


def capacity(pipe: IO[bytes] | None) -> int:
    """Bytes that a pipe is known to hold; 0 where the platform does not tell."""
    if sys.platform == "linux" and pipe is not None:
        import fcntl

        with suppress(OSError):
            return fcntl.fcntl(pipe.fileno(), fcntl.F_GETPIPE_SZ)
    return 0


def bound_memory(process: subprocess.Popen[bytes], size: int) -> None:
    """Have git end with an error rather than use more memory than this, packs apart: where the platform can do it."""
    if sys.platform == "linux":
        import resource

        with suppress(OSError, ValueError):
            resource.prlimit(process.pid, resource.RLIMIT_DATA, (size, size))


def spawn(
    command: list[str],
    environment: dict[str, str],
    *,
    stdin: int,
    stderr: int = subprocess.PIPE,
    buffer: int = -1,
    directory: str | None = None,
) -> subprocess.Popen[bytes]:
    """Start a git command line, with its output in a pipe. Raises GitMissing when there is no git."""
    if os.name == "nt":
        # Windows looks for programs in the current directory first, which is the checked repository.
        environment = environment | {"NoDefaultCurrentDirectoryInExePath": "1"}
    try:
        return subprocess.Popen(
            command,
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=stderr,
            env=environment,
            bufsize=buffer,
            cwd=directory,
        )
    except FileNotFoundError as error:
        if directory is not None and not os.path.isdir(directory):
            raise RepositoryError(f"there is no directory {directory}", "Name one that exists.") from error
        raise GitMissing(
            "the program git was not found", "Install git 2.31 or newer, or put it on the PATH."
        ) from error
    except NotADirectoryError as error:
        raise RepositoryError(f"{directory} is not a directory", "Name a directory of a repository.") from error
    except PermissionError as error:
        raise GitMissing(f"git could not be started: {error}", "Check the PATH and its permissions.") from error


def git_output(repository: Repository, *arguments: str, feed: bytes | None = None) -> bytes:
    """All that a git command prints. Raises RepositoryError with git's own words when it fails."""
    return StartedGit(repository, *arguments, feed=feed).output()


class StartedGit:
    """A git command that works while we do something else, until its output is asked for."""

    def __init__(self, repository: Repository, *arguments: str, feed: bytes | None = None) -> None:
        self._what = arguments[0]
        self._feed = feed
        stdin = subprocess.DEVNULL if feed is None else subprocess.PIPE
        self._process = start_git(repository, *arguments, stdin=stdin)

    def output(self) -> bytes:
        """All that it prints. Raises RepositoryError with git's own words when it fails. To be called once."""
        out, complaint = self._process.communicate(self._feed)
        if self._process.returncode:
            raise git_failed(self._what, complaint)
        return out

    def end(self) -> None:
        """End it, when nobody is going to ask."""
        if self._process.returncode is None:
            self._process.kill()
            self._process.communicate()


def git_answers(
    repository: Repository, *arguments: str, feed: bytes | None = None, no: Container[int] = (NO,)
) -> bytes | None:
    """As `git_output`, but None when git says no, with one of these exit codes.

    Raises RepositoryError when git fails otherwise or was ended, which is no answer.
    """
    process = start_git(repository, *arguments, stdin=subprocess.DEVNULL if feed is None else subprocess.PIPE)
    out, complaint = process.communicate(feed)
    if process.returncode in no:
        return None
    if process.returncode:
        raise git_failed(arguments[0], complaint)
    return out


def git_failed(what: str, complaint: bytes) -> RepositoryError:
    """A failure of git as one sentence, in git's own words."""
    return RepositoryError(
        f"git {what} failed: {git_words(complaint)}",
        "Run `git fsck` to see whether the repository is damaged, and check again.",
    )


def git_words(complaint: bytes) -> str:
    """What git said on standard error, in one line; advice and warnings only where it said nothing else."""
    lines = complaint.decode(errors="replace").strip().splitlines()
    said = [line for line in lines if line and not line.startswith(_ASIDES)] or lines
    return "; ".join(said) or "it gave no reason"
