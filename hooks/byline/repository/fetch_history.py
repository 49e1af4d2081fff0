"""History that a clone lacks, fetched from its remote: the one place where byline has git use the network.

Only `byline ci` comes here, and only if it may. Nothing is sent but git's own request, no ref is written, and a clone
with its whole history keeps it.
"""

import os
import re
from collections.abc import Sequence
from contextlib import suppress

from byline.errors import RepositoryError
from byline.repository.location import Repository
from byline.repository.partial_clone import is_partial
from byline.repository.remotes import remotes, usual_remote
from byline.repository.revisions import peel
from byline.repository.run_git import FAILED, NO, git_answers, git_output

_FIRST_DEPTH = 100
_OPTIONS = (
    "--quiet",
    "--no-tags",
    "--no-write-fetch-head",
    "--no-recurse-submodules",
    "--no-auto-maintenance",
    "--refmap=",
)
_ID = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_REF = re.compile(r"refs/[A-Za-z0-9_][A-Za-z0-9_./#+-]*")


class Remote:
    """The remote that a clone came from. `name` is empty where there is none."""

    def __init__(self, repository: Repository, *, may_fetch: bool) -> None:
        self._repository = repository
        self._may_fetch = may_fetch
        self._fetched = False
        self._refs: tuple[str, ...] = ()
        self._listings: dict[str, bytes | None] = {}
        self.name = usual_remote(remotes(repository))

    @property
    def may_fetch(self) -> bool:
        """Whether there is a remote that may be asked."""
        return self._may_fetch and bool(self.name)

    @property
    def fetched(self) -> bool:
        """Whether something was fetched."""
        return self._fetched

    def forbid(self) -> None:
        """Fetch nothing from now on."""
        self._may_fetch = False

    def bring(self, name: str, refs: Sequence[str]) -> str:
        """The id of the commit that an id or a revision names; empty if it cannot be had.

        A missing commit is fetched by its id and, from servers that refuse ids, by refs that reach it.
        """
        if not name:
            return ""
        found = peel(self._repository, [name]).get(name, "")
        self._refs = tuple(dict.fromkeys((*self._refs, *(ref for ref in refs if _REF.fullmatch(ref)))))
        if found or not self.may_fetch or not _ID.fullmatch(name):
            return found
        depth = ("--depth=1",) if self._repository.shallow else ()
        if not self._fetch(depth, [name]) and self._refs:
            self._fetch((), self._refs)
        return peel(self._repository, [name])[name]

    def tip(self, branch: str) -> str:
        """The commit that a branch of the remote points to, here after the call; empty if there is none."""
        if not branch or not self.may_fetch:
            return ""
        sha = (self._listed(branch) or b"").split(b"\t")[0].decode("ascii", "replace")
        return self.bring(sha, [f"refs/heads/{branch}"])

    def lacks(self, branch: str) -> bool:
        """Whether the remote says that it has no such branch."""
        return self.may_fetch and self._listed(branch) == b""

    def _listed(self, branch: str) -> bytes | None:
        """What the remote says of a branch, asked once; None when it does not answer."""
        if branch not in self._listings:
            asked = ("ls-remote", "--", self.name, f"refs/heads/{branch}")
            self._listings[branch] = git_answers(self._repository, *asked, no=(NO, FAILED))
        return self._listings[branch]

    def default_branch(self) -> str:
        """The branch that the remote's HEAD points to; empty if it does not say."""
        if not self.may_fetch:
            return ""
        asked = ("ls-remote", "--symref", "--", self.name, "HEAD")
        listed = git_answers(self._repository, *asked, no=(NO, FAILED)) or b""
        line = listed.split(b"\n")[0].decode("utf-8", "surrogateescape")
        return line.removeprefix("ref: refs/heads/").partition("\t")[0] if line.startswith("ref: refs/heads/") else ""

    def depths(self) -> Sequence[tuple[str, ...]]:
        """Options of git fetch that reach further and further back, the last one all the way."""
        present = git_output(self._repository, "rev-list", "--count", "HEAD").decode("ascii")
        first = max(_FIRST_DEPTH, 4 * int(present))
        return ((f"--depth={first}",), (f"--depth={10 * first}",), ("--unshallow",))

    def deepen(self, depth: tuple[str, ...], commits: Sequence[str]) -> Repository:
        """The repository after its history was fetched to a depth, as seen from these commits."""
        self._fetch_or_refs(depth, commits)
        self._repository = self._repository._replace(
            shallow=os.path.exists(os.path.join(self._repository.common_dir, "shallow"))
        )
        return self._repository

    def fill(self, commits: Sequence[str]) -> None:
        """Get the contents that a partial clone has left at the remote, for these commits and all before them."""
        if self.may_fetch and is_partial(self._repository, self.name):
            self._fetch_or_refs(("--refetch", "--no-filter"), commits)

    def _fetch_or_refs(self, options: Sequence[str], commits: Sequence[str]) -> None:
        """Fetch commits and, from servers that refuse ids, the refs that reach them."""
        if not self._fetch(options, commits) and self._refs:
            self._fetch(options, self._refs)

    def _fetch(self, options: Sequence[str], wants: Sequence[str]) -> bool:
        with suppress(RepositoryError):
            git_output(self._repository, "fetch", *_OPTIONS, *options, "--end-of-options", self.name, *wants)
            self._fetched = True
            return True
        return False
