"""What a push asks a server to do: the ref lines that git hands to its hooks, and the commits behind them.

Formats: https://git-scm.com/docs/githooks#pre-receive. The old value is what the client claims; git itself refuses the
update later when the ref has another one, so a wrong claim gains nothing.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, NamedTuple

from byline.errors import UnreadableInput
from byline.repository.conversation import Conversation
from byline.repository.location import Repository
from byline.repository.run_git import git_answers, git_failed, git_output

MOST_REFS = 50_000
"""Ref lines of one push that are read at most."""

_ID = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_LONGEST_LINE = 1 << 16
_HEADS = "refs/heads/"
_REVIEW = ("refs/for/", "refs/drafts/")


class ReceivedRef(NamedTuple):
    """One ref of a push. An id of nothing but zeros stands for a ref that does not exist."""

    old: str
    new: str
    name: str

    @property
    def deletes(self) -> bool:
        """Whether the push removes the ref."""
        return not self.new.strip("0")

    @property
    def creates(self) -> bool:
        """Whether the server does not have the ref yet."""
        return not self.old.strip("0")

    @property
    def branch(self) -> str | None:
        """The short name of the branch that the push goes to: also the one that a review (`refs/for/`) is for."""
        if self.name.startswith(_HEADS):
            return self.name.removeprefix(_HEADS)
        for start in _REVIEW:
            if self.name.startswith(start):
                return self.name.removeprefix(start).partition("%")[0].removeprefix(_HEADS)
        return None

    @property
    def is_branch(self) -> bool:
        """Whether the ref itself is a branch."""
        return self.name.startswith(_HEADS)


def received_ref(old: str, new: str, name: str) -> ReceivedRef:
    """A ref line from its three words. Raises UnreadableInput."""
    if not (_ID.fullmatch(old) and _ID.fullmatch(new) and len(old) == len(new) and name.startswith("refs/")):
        raise UnreadableInput(
            "what git handed to this hook is not a line of a push (OLD NEW REF)",
            "This hook is started by git on the server; see whether another hook or wrapper changes its input.",
        )
    return ReceivedRef(old, new, name)


def read_received(stream: IO[bytes]) -> tuple[ReceivedRef, ...]:
    """The ref lines of standard input; the last one may lack its newline. Raises UnreadableInput."""
    refs: list[ReceivedRef] = []
    while line := stream.readline(_LONGEST_LINE):
        old, _, rest = line.decode("utf-8", "surrogateescape").rstrip("\n").partition(" ")
        new, _, name = rest.partition(" ")
        refs.append(received_ref(old, new, name))
        if len(refs) > MOST_REFS:
            raise UnreadableInput(f"the push has over {MOST_REFS:,} refs", "Push fewer refs at a time.")
    return tuple(refs)


def commit_ids(repository: Repository, tips: Sequence[str], without: Iterable[str], *options: str) -> Iterator[str]:
    """Full ids of the commits that the tips reach and `without` do not, newest first, as git finds them.

    `options` are further ones of `git rev-list`, such as `--not --branches`. Raises RepositoryError.
    """
    lines = [*tips, *(f"^{oid}" for oid in without)]
    with Conversation(repository, "rev-list", "--stdin", *options) as git:
        git.send_all("".join(f"{line}\n" for line in lines).encode("ascii"))
        for line in git.answers:
            yield line.rstrip().decode("ascii")
        git.check()


def peeled(repository: Repository, oids: Sequence[str]) -> dict[str, str]:
    """The commit behind each object id of a push; empty for a tag of a file or a tree.

    Raises RepositoryError when an object is missing: a push that names it cannot be judged.
    """
    wanted = list(dict.fromkeys(oids))
    if not wanted:
        return {}
    feed = "".join(f"{oid}\n{oid}^{{commit}}\n" for oid in wanted).encode("ascii")
    answers = git_output(repository, "cat-file", "--batch-check=%(objectname)", feed=feed).decode("ascii").split("\n")
    found: dict[str, str] = {}
    for oid, itself, commit in zip(wanted, answers[::2], answers[1::2], strict=False):
        if itself != oid:
            raise git_failed("cat-file", f"object {oid} is missing".encode())
        found[oid] = commit if _ID.fullmatch(commit) else ""
    return found


def stored_refs(repository: Repository, *prefixes: str) -> Iterator[tuple[str, str]]:
    """Names and object ids of the refs that lead to a commit, as they are before the push."""
    form = "--format=%(objecttype) %(*objecttype) %(objectname) %(refname)"
    listed = git_output(repository, "for-each-ref", form, *prefixes)
    for line in listed.decode("utf-8", "surrogateescape").split("\n")[:-1]:
        kind, behind, oid, name = line.split(" ", 3)
        if kind == "commit" or (kind == "tag" and behind == "commit"):
            yield name, oid


def symbolic_head(repository: Repository) -> str:
    """The full name of the branch that HEAD names, which need not exist; empty where HEAD names none."""
    answer = git_answers(repository, "symbolic-ref", "--quiet", "HEAD")
    return (answer or b"").decode("utf-8", "surrogateescape").rstrip("\n")
