"""Which policy judges a ref of a push: the server's own, or what the branches say before the push.

Without a policy of the server, the default branch's holds everywhere, and another branch's own can only tighten it:
it was pushed by the same people whose pushes it judges. Nothing is ever read from what is being pushed.
"""

import os
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple

from byline.commands.judge import Judge, judge_by
from byline.commands.policy_source import PolicyText, find_policy_text
from byline.errors import BylineError, PolicyError, UnreadableInput
from byline.policy.load import find_policy
from byline.policy.notices import Notice
from byline.policy.patterns import wildcard
from byline.policy.schema import Policy, Where
from byline.reporters.push_report import Gone, PolicyChange
from byline.reporters.words import counted
from byline.repository.location import Repository
from byline.repository.received import ReceivedRef, symbolic_head
from byline.repository.server_settings import ServerSettings
from byline.repository.tip_files import FileWithheld, TipFiles

_MEND = "Correct it (`byline policy check` finds the same faults), amend the commit, and push again."
_USUAL_DEFAULTS = ("refs/heads/main", "refs/heads/master")


class NoServerPolicyError(BylineError):
    """There is no policy, and the server's settings say that there must be one."""


class PushedPolicyError(BylineError):
    """A policy that a push brings, or takes away, after which nobody could push a better one."""


class RefJudge(NamedTuple):
    """The judge of a ref. `own` tells that the branch's policy differs from the one that holds everywhere.

    `key` is the same for refs whose commits get the same verdicts, but for who pushes them.
    """

    judge: Judge
    own: bool
    key: tuple[object, ...]


class PolicyBook:
    """The policies of a push, each read and parsed once."""

    def __init__(
        self,
        tips: TipFiles,
        repository: Repository,
        settings: ServerSettings,
        option: str | None,
        before: Mapping[str, str],
    ) -> None:
        self.before = before
        self._tips = tips
        self._repository = repository
        self._settings = settings
        self._judges: dict[tuple[tuple[str, bytes, int], ...], Judge] = {}
        self._kept: list[PolicyText] = []  # what `_identity` tells apart must not be freed
        self.texts: dict[str, str] = {}
        self.default_branch, self.default_tip = self._default()
        named = option or settings.policy or os.environ.get(settings.policy_variable or "-", "")
        self.from_server = bool(named)
        self._floor = self._named(settings.floor)
        self._everywhere = self._named(named) or self._of_tip(self.default_tip) or self._named(settings.default)

    def judge(self, ref: ReceivedRef, old_commit: str) -> RefJudge:
        """The judge of a ref whose present value leads to `old_commit`, which is empty for a new ref.

        Raises PolicyError, CatalogueError, UnreadableInput and NoServerPolicyError.
        """
        text, floors, own = self._everywhere, [self._floor], False
        if not self.from_server and ref.is_branch and old_commit and old_commit != self.default_tip:
            mine = self._of_tip(old_commit)
            own = mine is not None and (text is None or mine.data != text.data)
            if own:
                floors += [text] if self._settings.branch_policies == "tighten" else []
                text = mine
        judge = self._judge(text, *floors)
        return RefJudge(judge, own, (id(judge), _vector(judge.policy, ref.branch)))

    def vector(self, judge: RefJudge, branch: str | None) -> tuple[bool, ...]:
        """Which scopes and exemptions of a judge's policy that name branches are about this one."""
        return _vector(judge.judge.policy, branch)

    def notices(self) -> Sequence[Notice]:
        """What is worth knowing of the policies that were used, each once."""
        return tuple(dict.fromkeys(notice for judge in self._judges.values() for notice in judge.notices()))

    def mention(self, word: bytes, commits: Iterable[str]) -> bool:
        """Whether a policy that may hold, with those of these commits, has this word in it or in what it extends."""
        texts = (self._everywhere, self._floor, *(self._of_tip(commit) for commit in commits))
        return any(word in text.data or b"extends" in text.data for text in texts if text is not None)

    def holds_policy(self, ref: ReceivedRef) -> bool:
        """Whether the policy that holds everywhere is read from this very branch."""
        return not self.from_server and ref.branch == self.default_branch and self._of_tip(self.default_tip) is not None

    def change(self, ref: str, old_commit: str, new_commit: str) -> PolicyChange | None:
        """What becomes of a branch's policy between two commits; None where it stays as it is.

        Raises PushedPolicyError when the new policy is of no use and branches decide: nobody could push a better one.
        """
        try:
            before = self._of_tip(old_commit)
        except BylineError:
            before = None
        change: PolicyChange | None = None
        try:
            after = self._of_tip(new_commit)
            if (before and (before.file, before.data)) == (after and (after.file, after.data)):
                return None
            files = tuple(dict.fromkeys(text.file for text in (before, after) if text is not None))
            gone = self._without(ref) if after is None else None
            change = PolicyChange(ref, files, before is None, gone)
            if after is not None:
                judge_by(after)
        except BylineError as error:
            if not self.from_server:
                raise _pushed(error, ref) from error
        if change is not None and change.gone is Gone.NOTHING and self._asks_for_policy:
            raise PushedPolicyError(
                f"it removes the policy ({change.files[0]} of {ref}), and without one this server lets nothing in",
                "Keep the file, or have the administrator set byline.default first.",
            )
        return change

    def _without(self, ref: str) -> Gone:
        """What judges later pushes to a branch that has no policy any more."""
        if ref != f"refs/heads/{self.default_branch}" and self._of_tip(self.default_tip) is not None:
            return Gone.DEFAULT_BRANCH
        if self._settings.default:
            return Gone.DEFAULT
        return Gone.NOTHING if self._floor is None else Gone.FLOOR

    @property
    def _asks_for_policy(self) -> bool:
        return not self.from_server and self._settings.missing_policy == "refuse"

    def _default(self) -> tuple[str, str]:
        """Name and commit of the default branch: HEAD's, or a usual name where HEAD leads to none; else empty."""
        head = symbolic_head(self._repository)
        for name in (head, *_USUAL_DEFAULTS):
            then = self.before.get(name, name)
            tip = self._tips.commit(then) if then.strip("0") else ""
            if tip:
                return name.removeprefix("refs/heads/"), tip
        return head.removeprefix("refs/heads/"), ""

    def _of_tip(self, tip: str) -> PolicyText | None:
        def read(name: str) -> bytes | None:
            return self._tips.read(tip, name)

        found = find_policy(read) if tip else None
        return None if found is None else PolicyText(*found, read)

    def _named(self, name: str) -> PolicyText | None:
        """What the server's settings name; a branch of the push stands for what it was before."""
        ref, colon, path = name.partition(":")
        for full in (ref, f"refs/heads/{ref}"):
            if colon and full in self.before:
                name = f"{self.before[full]}:{path}"
        return find_policy_text(self._repository, name) if name else None

    def _judge(self, text: PolicyText | None, *floors: PolicyText | None) -> Judge:
        if text is None and not any(floors) and self._settings.missing_policy == "refuse":
            raise NoServerPolicyError(
                "there is no policy to judge this push by, and the server asks for one",
                "The administrator sets byline.policy or byline.default, or the default branch brings a byline.toml.",
            )
        below = [floor for floor in floors if floor is not None]
        key = tuple(_identity(part) for part in (text, *below))
        if key not in self._judges:
            self._judges[key] = judge_by(text, *below, long_run=True)
            self._kept += [part for part in (text, *below) if part is not None]
            self.texts |= {part.file: sha256(part.data).hexdigest() for part in (text, *below) if part is not None}
        return self._judges[key]


def _pushed(error: BylineError, ref: str) -> BylineError:
    """The failure to read a pushed policy; one that tells of the policy itself says whose it is."""
    if isinstance(error, PolicyError):
        head = f"the policy that it brings to {ref} has {counted(len(error.faults), 'fault')}:"
        sentence = "\n".join([head, *(f"  {fault}" for fault in error.faults)])
        return PushedPolicyError(sentence, error.remedy or _MEND)
    if isinstance(error, UnreadableInput) and not isinstance(error, FileWithheld):
        return PushedPolicyError(f"the policy that it brings to {ref} cannot be read: {error}", error.remedy)
    return error


def _identity(text: PolicyText | None) -> tuple[str, bytes, int]:
    """What tells policies apart: also where files come from that they extend."""
    if text is None:
        return ("", b"", 0)
    return (text.file, text.data, id(text.read) if b"extends" in text.data else 0)


def depends_on_pusher(policy: Policy) -> bool:
    """Whether the same commit may get another verdict when somebody else pushes it."""
    return any(where.pushers is not None for one in _all(policy) for where in _every_where(one))


def depends_on_dates(policy: Policy) -> bool:
    """Whether the same commit may get another verdict when it is dated otherwise."""
    return any(
        one.since is not None
        or any(exemption.end is not None for exemption in one.exemptions)
        or any((where.start, where.end) != (None, None) for where in _every_where(one))
        for one in _all(policy)
    )


def _all(policy: Policy) -> Sequence[Policy]:
    return (policy,) if policy.floor is None else (policy, *_all(policy.floor))


def _every_where(policy: Policy) -> Sequence[Where]:
    return [scope.where for scope in policy.scopes] + [exemption.where for exemption in policy.exemptions]


def _vector(policy: Policy, branch: str | None) -> tuple[bool, ...]:
    named = (where.branches for one in _all(policy) for where in _every_where(one))
    return tuple(_one_of(patterns, branch) for patterns in named if patterns is not None)


def _one_of(patterns: Sequence[str], branch: str | None) -> bool:
    return branch is not None and any(wildcard(pattern, branch) for pattern in patterns)
