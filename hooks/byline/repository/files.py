"""Single files of a repository, from its working tree or from a commit."""

import os
import stat

from byline.errors import UnknownRevision, UnreadableInput
from byline.lazy_pattern import lazy_pattern
from byline.repository.location import Repository

LARGEST_FILE = 4 << 20
"""Bytes of a file that is read here at most."""

# A colon in braces belongs to the revision, as in HEAD^{/fix: this}.
_PLACE = lazy_pattern(r"(?s)((?:[^:{]|\{[^}]*\}?)+):(.*)")


def read_policy_candidate(repository: Repository, name: str) -> bytes | None:
    """A file at the root of the working tree, or of HEAD in a bare repository; None when there is none.

    Raises UnreadableInput when it is there and cannot be read.
    """
    if repository.work_tree is not None:
        return read_file(os.path.join(repository.work_tree, name), missing_is_fine=True)
    return _of_commit(repository, "HEAD", name)


def read_file(path: str, *, missing_is_fine: bool = False) -> bytes | None:
    """A file's content, at most `LARGEST_FILE` and one byte. Raises UnreadableInput with one sentence.

    A working tree can hold links to anything: what is no file, such as a pipe or a device, is not waited for.
    """
    try:
        with open(path, "rb", opener=_without_waiting) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise UnreadableInput(f"{path} is no file", "Put a file there, or remove it.")
            return file.read(LARGEST_FILE + 1)
    except FileNotFoundError as error:
        if os.path.islink(path):
            raise UnreadableInput(
                f"{path} is a link to what does not exist", "Put a file there, or remove the link."
            ) from error
        if missing_is_fine:
            return None
        raise UnreadableInput(f"there is no file {path}", "Check the spelling.") from error
    except OSError as error:
        raise UnreadableInput(f"{path} cannot be read: {error.strerror}", "Name a readable file.") from error


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def revision_of(place: str) -> str:
    """What stands before the path in `REF:PATH`; empty where that is not its form."""
    named = _PLACE.fullmatch(place)
    return named[1] if named else ""


def read_blob(repository: Repository, place: str) -> bytes:
    """The file that `REF:PATH` names. Raises UnknownRevision when there is none, else as `TipFiles.read`."""
    named = _PLACE.fullmatch(place)
    content = _of_commit(repository, named[1], named[2]) if named else None
    if content is None:
        raise _nowhere(repository, place, *(named.groups() if named else ()))
    return content


def _nowhere(repository: Repository, place: str, revision: str = "", path: str = "") -> UnknownRevision:
    """Why there is no such file: it is not in that commit, or there is no such commit."""
    if not revision or not path:
        return UnknownRevision(
            f"there is no file {place} in this repository", "Write it as REF:PATH, such as origin/main:byline.toml."
        )
    from byline.repository.revisions import resolve_commit
    from byline.repository.run_git import git_answers

    if git_answers(repository, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{tree}}") is None:
        try:
            resolve_commit(repository, revision)
        except UnknownRevision as unknown:
            return unknown
    return UnknownRevision(f"there is no file {path} in {revision}", "Check the spelling of its path.")


def _of_commit(repository: Repository, tip: str, name: str) -> bytes | None:
    from byline.repository.tip_files import TipFiles

    with TipFiles(repository) as files:
        return files.read(tip, name)
