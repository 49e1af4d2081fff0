"""Which repository are we in?"""

import os
import subprocess

from byline.errors import NotARepository, RepositoryError
from byline.repository.location import Repository
from byline.repository.run_git import FAILED, clean_environment, git_failed, spawn

_QUESTIONS = (
    "--absolute-git-dir",
    "--git-common-dir",
    "--is-shallow-repository",
    "--show-object-format",
    "--is-bare-repository",
)
_YES_OR_NO = ("true", "false")

# The question about the working directory, when it was asked ahead of time.
_asked: list[subprocess.Popen[bytes]] = []


def ask_ahead() -> None:
    """Have git look for the repository of the working directory while the rest of byline is loaded."""
    _asked.append(_ask(None))


def discover(directory: str | None = None) -> Repository:
    """The repository of a directory, or of the working directory and environment when none is named.

    Raises NotARepository, RepositoryError (git refuses to open it) and GitMissing.
    """
    inherits = directory is None
    process = _asked.pop() if inherits and _asked else _ask(directory)
    out, complaint = process.communicate()
    answers = os.fsdecode(out).split("\n")
    if len(answers) < len(_QUESTIONS):
        raise _refusal(directory or os.getcwd(), complaint)
    git_dir, common_dir, shallow, object_format, bare = answers[: len(_QUESTIONS)]
    if shallow not in _YES_OR_NO or bare not in _YES_OR_NO:
        raise RepositoryError(
            "the path of this repository holds a line break, which git gives no way to read", "Move it elsewhere."
        )
    if process.returncode not in (0, FAILED):
        raise git_failed("rev-parse", complaint)
    # --show-toplevel fails in a bare repository and inside .git; a name may itself hold a newline
    work_tree = "\n".join(answers[len(_QUESTIONS) :])[:-1] if process.returncode == 0 else None
    return Repository(
        git_dir=git_dir,
        common_dir=os.path.normpath(os.path.join(directory or os.getcwd(), common_dir)),
        work_tree=work_tree if bare == "false" and work_tree else None,
        shallow=shallow == "true",
        object_format=object_format,
        inherits=inherits,
    )


def _ask(directory: str | None) -> subprocess.Popen[bytes]:
    command = ["git", "rev-parse", *_QUESTIONS, "--show-toplevel"]
    environment = clean_environment(inherits=directory is None)
    return spawn(command, environment, stdin=subprocess.DEVNULL, directory=directory)


def _refusal(directory: str, complaint: bytes) -> RepositoryError:
    words = complaint.decode(errors="replace").strip()
    if "dubious ownership" in words:
        return RepositoryError(
            f"git refuses to open the repository in {directory}, because it belongs to another user",
            f"If you trust it, run: git config --global --add safe.directory {directory}",
        )
    if ("not a git repository" in words and not _holds_one(directory)) or "must be run in a work tree" in words:
        return NotARepository(
            f"there is no Git repository in {directory}", "Change into one, or name it with --repo DIR."
        )
    return RepositoryError(f"git cannot open the repository in {directory}: {words}", "Check it with `git status`.")


def _holds_one(directory: str) -> bool:
    """Whether a repository stands there or above that git takes for none, because it is damaged.

    git looks no further up than the file system goes, nor than GIT_CEILING_DIRECTORIES.
    """
    if "GIT_DIR" in os.environ or "GIT_CEILING_DIRECTORIES" in os.environ:
        return False
    folder = os.path.abspath(directory)
    while True:
        if os.path.lexists(os.path.join(folder, ".git")):
            return True
        above = os.path.dirname(folder)
        if above == folder or os.path.ismount(folder):
            return False
        folder = above
