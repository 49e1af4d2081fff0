"""From what a CI system says about a change to the commits that belong to it.

The rule is the same for all systems: what the head reaches and the base does not. What the base is depends on the
kind of change. A clone that lacks part of that history is deepened or refused; it never counts as having less.
"""

import os
from collections.abc import Sequence
from typing import NamedTuple

from byline.errors import IncompleteHistory, RepositoryError, UnknownRevision, UsageError
from byline.repository.commit_object import parse_header
from byline.repository.endpoints import Endpoints, Kind
from byline.repository.fetch_history import Remote
from byline.repository.location import Repository
from byline.repository.object_reader import TRY_AGAIN, ObjectReader
from byline.repository.revisions import peel
from byline.repository.run_git import git_answers, git_output

UNSHALLOW = "Fetch the whole history first: git fetch --unshallow"
"""How any shallow clone gets its whole history."""

_LONGEST_COMMIT = 1 << 20
_USUAL_DEFAULTS = ("main", "master")


class Located(NamedTuple):
    """The two ends of a change. `bases` are full ids, and what they reach does not belong to the change.

    `policy_at` is the commit whose policy counts; empty where there was nothing before the change. `target` is the
    branch that the commits go to, empty where none is known. `why` says where the base comes from.
    """

    head: str
    bases: tuple[str, ...]
    policy_at: str
    target: str
    why: str
    notes: tuple[str, ...] = ()


class ChangeRange(NamedTuple):
    """The commits of a change, newest first, and the repository as it is after a possible deepening.

    `base` is the commit that the change started from, empty for a change with a root of its own.
    """

    repository: Repository
    base: str
    head: str
    commits: tuple[str, ...]


def locate(repository: Repository, endpoints: Endpoints, remote: Remote, full_history: str) -> Located:
    """Both ends of a change. `full_history` tells how the CI system's clones get their whole history, if there is one.

    Raises UnknownRevision and IncompleteHistory when an end cannot be had, UsageError when no base can be told.
    """
    return _Search(repository, endpoints, remote, full_history).located()


class _Search:
    """The search for both ends of one change."""

    def __init__(self, repository: Repository, endpoints: Endpoints, remote: Remote, full_history: str) -> None:
        self._repository = repository
        self._asked = endpoints
        self._remote = remote
        self._full_history = full_history

    def located(self) -> Located:
        head = self._head()
        kind = self._asked.kind
        if self._asked.target_named:
            self._check_target(self._asked.target)
        if kind is Kind.REQUEST:
            return self._request(head)
        if kind is Kind.SINGLE:
            located = self._last(head, "one commit is reviewed by itself")
            target = self._asked.target
            tip = self._branch_tip(target)
            if target and not tip:  # the commit before may be of the same author, with a policy of their own
                raise self._missing(f"the branch {target}", "where the change goes")
            return located._replace(policy_at=tip or located.policy_at)
        if kind in (Kind.PUSH, Kind.QUEUE):
            return self._push(head)
        return self._branch(head, "")

    def _head(self) -> str:
        asked = self._asked
        merged = self._merged()
        found = self._remote.bring(asked.head, [asked.head_ref]) if asked.head else merged
        if not found:
            if asked.head == "HEAD":
                raise UnknownRevision(
                    "there is no commit here yet, so there is no change to judge", "Make a first commit."
                )
            raise self._missing(asked.head or asked.merge, "the head of the change", "--head")
        if merged and merged != found:
            raise UnknownRevision(
                f"the run names {found[:10]} as the head of the change, but the checked out merge was made of "
                f"{merged[:10]}",
                "Start the run again; or name the commits with --base and --head.",
            )
        return found

    def _check_target(self, branch: str) -> None:
        """A name that a person wrote may be misspelt. The policy of something else must not count in its place."""
        if self._branch_tip(branch):
            return
        name = self._remote.name
        at_remote = branch.removeprefix(f"{name}/")
        if name and at_remote != branch:
            remedy = f"Write it without the name of the remote: --target {at_remote}"
        else:
            remedy = "Check the spelling: --target takes the name of the branch that the change goes to."
        if not name or self._remote.lacks(branch):
            where = f"on {name}" if name else "in this repository"
            raise UnknownRevision(f"there is no branch {branch} {where}, so its policy cannot be read", remedy)
        raise UnknownRevision(
            f"this clone does not hold the branch {branch} of {name}, and could not ask {name} for it",
            f"{remedy} Fetch it first: git fetch {name}",
        )

    def _merged(self) -> str:
        """The head that the CI system's own merge commit was made of; empty if there is none or it is not here."""
        merge = peel(self._repository, [self._asked.merge])[self._asked.merge]
        parents = self._parents(merge) if merge else ()
        return parents[1] if len(parents) == 2 else ""

    def _parents(self, commit: str) -> tuple[str, ...]:
        """As the commit itself names them: a shallow clone hides from git that there are any."""
        with ObjectReader(self._repository) as reader:
            beginning = b""
            for raw in reader.read([commit], limit=_LONGEST_COMMIT):
                if raw.kind != "commit":
                    raise RepositoryError(f"git could not read the commit {commit}", TRY_AGAIN)
                beginning = raw.beginning()
            return parse_header(beginning).parents

    def _request(self, head: str) -> Located:
        """The base that the system names is the target's tip when the event happened, or already the merge base."""
        asked = self._asked
        named = self._remote.bring(asked.base, [f"refs/heads/{asked.target}"])
        if asked.named and not named:
            raise self._missing(asked.base, "the base that was named")
        target = asked.target or ("" if named else self._default())
        tip = self._branch_tip(target)
        if not named and not tip:
            raise self._missing(asked.base or f"the branch {target or 'that the change goes to'}", "its base")
        merges_target = tip and tip != named and not asked.named and not self._reaches(tip, head)
        bases = tuple(dict.fromkeys(sha for sha in (named, tip if merges_target or not named else "") if sha))
        notes = () if named or not asked.base else (f"{asked.base[:10]}, the base that was named, is gone",)
        why = f"what {target} lacks" if target else f"what {(named or tip)[:10]} lacks"
        # what a system names is a commit of the target; what a person names may be one of the change itself
        is_newer = named and not asked.named and (named == tip or (tip and self._reaches(named, tip)))
        newest = named if is_newer or not tip else tip
        return Located(head, bases, newest, target, why, notes)

    def _push(self, head: str) -> Located:
        before = self._asked.base
        if not before:
            return self._branch(head, "the push made a new branch")
        found = self._remote.bring(before, [])
        if found:
            rewritten = not self._reaches(head, found)
            notes = ("the push replaced commits that were there before",) if rewritten else ()
            return Located(head, (found,), found, self._asked.target, f"what came after {found[:10]}", notes)
        gone = f"{before[:10]}, where the branch was before, is gone"
        if self._asked.kind is Kind.QUEUE or self._on_default():
            raise IncompleteHistory(
                f"{gone}, so it cannot be told where this push begins",
                "Name a commit that was judged before: byline ci --base COMMIT",
            )
        return self._branch(head, gone)

    def _branch(self, head: str, reason: str) -> Located:
        """A branch or tag without a beginning of its own: what the default branch lacks.

        On the default branch itself that would be nothing, so its last commit counts, with all that it merged.
        """
        asked = self._asked
        default = self._default()
        tip = self._branch_tip(default)
        notes = (reason,) if reason else ()
        if asked.kind is Kind.PUSH and asked.target and asked.target == default:
            return Located(head, (), "", default, "all of it, as the branch is new and is the default branch", notes)
        if self._on_default() or (tip == head and asked.kind is not Kind.TAG and not asked.target):
            return self._last(head, f"the last commit on {default or asked.target}")
        if not tip:
            if asked.kind is Kind.TAG:
                raise self._missing(f"the branch {default}" if default else "the default branch", "the base")
            raise UsageError(
                "it cannot be told where this change begins: no default branch is known",
                "Say it: byline ci --base COMMIT",
            )
        target = "" if asked.kind is Kind.TAG else asked.target
        return Located(head, (tip,), tip, target, f"what {default} lacks", notes)

    def _last(self, head: str, why: str) -> Located:
        parents = self._parents(head)
        first = self._remote.bring(parents[0], []) if parents else ""
        if parents and not first:
            raise self._missing(parents[0], "the commit before")
        notes: tuple[str, ...] = ()
        if self._asked.kind is not Kind.SINGLE:
            notes = ("nothing says where the change begins, so only its last commit and what it merged is judged",)
        return Located(head, (first,) if first else (), first, self._asked.target, why, notes)

    def _on_default(self) -> bool:
        return bool(self._asked.target) and self._asked.target == self._default()

    def _default(self) -> str:
        """The default branch: as the system says, as the clone remembers, as the remote says, or as usual."""
        if self._asked.default:
            return self._asked.default
        name = self._remote.name
        if name:
            pointed = git_answers(self._repository, "symbolic-ref", "--quiet", f"refs/remotes/{name}/HEAD") or b""
            known = pointed.decode("utf-8", "surrogateescape").strip().removeprefix(f"refs/remotes/{name}/")
            if known or (known := self._remote.default_branch()):
                return known
        usual = [branch for branch in _USUAL_DEFAULTS if self._local_tip(branch)]
        return usual[0] if len(usual) == 1 else ""

    def _branch_tip(self, branch: str) -> str:
        return (self._local_tip(branch) or self._remote.tip(branch)) if branch else ""

    def _local_tip(self, branch: str) -> str:
        """As last fetched. In a repository that came from nowhere, the branch itself."""
        place = f"refs/remotes/{self._remote.name}/" if self._remote.name else "refs/heads/"
        return peel(self._repository, [place + branch])[place + branch]

    def _reaches(self, tip: str, commit: str) -> bool:
        return git_answers(self._repository, "merge-base", "--is-ancestor", commit, tip) is not None

    def _missing(self, what: str, role: str, option: str = "--base") -> UnknownRevision | IncompleteHistory:
        """The failure to tell of, and what helps: whole history helps no clone that has it."""
        name = self._remote.name
        sentence = f"this {'clone' if name else 'repository'} does not hold {what}, {role}"
        if self._repository.shallow:
            return IncompleteHistory(sentence, self._full_history or UNSHALLOW)
        if self._full_history and not self._asked.named:
            return IncompleteHistory(sentence, self._full_history)
        fetch = f"fetch it first (git fetch {name})" if name else "fetch it first"
        return UnknownRevision(sentence, f"Check the spelling, {fetch}, or name another with {option}.")


def complete(
    repository: Repository, located: Located, remote: Remote, full_history: str, without: Sequence[str] = ()
) -> ChangeRange:
    """The commits between the two ends, from a clone that is deepened as far as it takes.

    What the commits `without` reach is left out; those that are not here leave nothing out. Raises IncompleteHistory
    when commits between the ends stay missing.
    """
    if _is_cut(repository, located):
        repository = _deepened(repository, located, remote, full_history)
    base = ""
    if located.bases:  # the best one: of several bases, those that the others reach do not count
        base = (git_answers(repository, "merge-base", located.head, *located.bases) or b"").decode("ascii").strip()
    left_out = [sha for sha in peel(repository, without).values() if sha]
    commits = _between(repository, [located.head], [*located.bases, *left_out])
    return ChangeRange(repository, base, located.head, commits)


def _deepened(repository: Repository, located: Located, remote: Remote, full_history: str) -> Repository:
    for depth in remote.depths() if remote.may_fetch else ():
        repository = remote.deepen(depth, (located.head, *located.bases))
        if not _is_cut(repository, located):
            return repository
    begins = located.bases[0][:10] if located.bases else "its beginning"
    raise IncompleteHistory(
        f"this clone lacks commits between {begins} and {located.head[:10]}, so the change cannot be judged",
        full_history or UNSHALLOW,
    )


def _is_cut(repository: Repository, located: Located) -> bool:
    """Whether the boundary of a shallow clone lies where it could change what belongs to the change.

    If neither end reaches a commit of the boundary that the other does not reach, whatever lies beyond is common.
    """
    if not repository.shallow:
        return False
    with open(os.path.join(repository.common_dir, "shallow"), encoding="ascii", errors="replace") as file:
        boundary = frozenset(file.read().split())
    ahead = _between(repository, [located.head], located.bases)
    behind = _between(repository, located.bases, [located.head])
    return not boundary.isdisjoint(ahead) or not boundary.isdisjoint(behind)


def _between(repository: Repository, tips: Sequence[str], bases: Sequence[str]) -> tuple[str, ...]:
    if not tips:
        return ()
    feed = "".join(f"{sha}\n" for sha in (*tips, *(f"^{base}" for base in bases)))
    return tuple(git_output(repository, "rev-list", "--stdin", feed=feed.encode("ascii")).decode("ascii").split())
