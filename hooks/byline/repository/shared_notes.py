"""The settings of git by which a clone shares its notes with a remote.

Notes are fetched into refs of their own (`refs/notes/remotes/...`): a fetch that wrote into the clone's own notes would
overwrite what was noted since, and `git fetch --prune` would delete it. They are pushed by the pre-push hook
(`note_push`). A `remote.NAME.push` setting could not put them on top of those that the remote has meanwhile, and it
would change what a plain `git push` pushes.
"""

from collections.abc import Iterator
from typing import NamedTuple

from byline.errors import BylineError, UsageError
from byline.repository.location import Repository
from byline.repository.note_reader import tracking_ref
from byline.repository.remotes import remotes, usual_remote
from byline.repository.run_git import git_answers, git_output


class Shared(NamedTuple):
    """A remote with which notes are shared, and the ref that they have there and here."""

    remote: str
    ref: str

    @property
    def setting(self) -> str:
        """Git's setting that says so. In the section of the remote it goes away, or gets another name, with it."""
        return f"remote.{self.remote}.bylineNotes"

    @property
    def fetch_setting(self) -> str:
        """The setting with what `git fetch` fetches."""
        return f"remote.{self.remote}.fetch"

    @property
    def tracking(self) -> str:
        """The ref that holds here what was fetched last."""
        return tracking_ref(self.remote, self.ref)

    @property
    def refspec(self) -> str:
        """What makes git fetch the notes. Without the star it would fail as long as the remote has none."""
        return f"+{self.ref}*:{self.tracking}*"


def find_remote(repository: Repository, name: str) -> str:
    """The remote of this name; without one, the remote that there is. Raises UsageError."""
    there = remotes(repository)
    name = name or usual_remote(there)
    if name not in there:
        said = f"there is no remote {name}" if name else "it is not clear which remote is meant"
        listed = f"It is one of: {', '.join(there)}." if there else "Add one first: git remote add origin ADDRESS"
        raise UsageError(said, listed)
    return name


def shared(repository: Repository) -> Iterator[Shared]:
    """The remotes with which this clone shares notes."""
    options = ("config", "--local", "--null", "--get-regexp", r"^remote\..*\.bylinenotes$")
    for entry in (git_answers(repository, *options) or b"").decode("utf-8", "surrogateescape").split("\0")[:-1]:
        key, _, ref = entry.partition("\n")
        yield Shared(key.removeprefix("remote.").rpartition(".")[0], ref)


def shared_with(repository: Repository, remote: str) -> Shared | None:
    """What is shared with a remote, of which git may also hand over the address; None where nothing is."""
    setting = Shared(remote, "").setting
    ref = git_answers(repository, "config", "--local", "--get", setting) if remote else None
    return Shared(remote, ref.decode("utf-8", "surrogateescape").strip()) if ref else None


def check_sharing(repository: Repository, wanted: Shared) -> None:
    """Raise BylineError where a clone's own notes, or what `git fetch` does, would suffer."""
    fetched = _fetched(repository, wanted)
    if not fetched:
        raise BylineError(
            f"{wanted.fetch_setting} is not set: `git fetch {wanted.remote}` would then bring notes and nothing else",
            f"Set it first: git config {wanted.fetch_setting} '+refs/heads/*:refs/remotes/{wanted.remote}/*'",
        )
    overwriting = next((one for one in fetched if _writes(one, wanted.ref)), None)
    if overwriting is not None:
        raise BylineError(
            f"{wanted.fetch_setting} has {overwriting}: every fetch overwrites the notes of this clone with it",
            f"Take it out: git config --fixed-value --unset {wanted.fetch_setting} '{overwriting}'",
        )


def share(repository: Repository, wanted: Shared) -> bool:
    """Have git fetch the notes of a remote, and byline push them. False when that is so already."""
    there = [one for one in shared(repository) if one.remote == wanted.remote]
    if there == [wanted] and wanted.refspec in _fetched(repository, wanted):
        return False
    for one in there:
        unshare(repository, one)
    git_output(repository, "config", "--local", "--add", wanted.fetch_setting, wanted.refspec)
    git_output(repository, "config", "--local", wanted.setting, wanted.ref)
    return True


def unshare(repository: Repository, one: Shared) -> None:
    """Take the settings of `share` out again. Notes that were fetched stay. Raises RepositoryError."""
    if one.refspec in _fetched(repository, one):
        git_output(repository, "config", "--local", "--fixed-value", "--unset-all", one.fetch_setting, one.refspec)
    git_output(repository, "config", "--local", "--unset-all", one.setting)


def _fetched(repository: Repository, one: Shared) -> list[str]:
    listed = git_answers(repository, "config", "--null", "--get-all", one.fetch_setting) or b""
    return listed.decode("utf-8", "surrogateescape").split("\0")[:-1]


def _writes(refspec: str, ref: str) -> bool:
    """Whether what is fetched by a refspec goes into this very ref."""
    start, star, end = refspec.partition(":")[2].partition("*")
    return ref == start if not star else ref.startswith(start) and ref.endswith(end)
