"""Which commits of a push are judged for which refs, by which policy, and as made when.

An update is judged on all that is new to its ref, even if other refs of the server have it: a ref with a laxer policy
would launder it otherwise. A new ref is judged on what no ref has that was judged alike.

Dates are claims of whoever made a commit. What the default branch holds is dated as it claims, because it has been
there; everything else is as old as its push.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from byline.commands.stages.server_policy import PolicyBook, RefJudge, depends_on_dates, depends_on_pusher
from byline.policy.patterns import wildcard
from byline.reporters.push_report import PushReport, RefReport
from byline.repository.location import Repository
from byline.repository.new_commits import Update
from byline.repository.received import ReceivedRef, stored_refs
from byline.repository.revisions import peel
from byline.repository.server_environment import SERVER_REFS
from byline.repository.server_settings import ServerSettings

NOTES = "refs/notes/"
_TRUSTED = ("refs/heads/", "refs/tags/")


class Range(NamedTuple):
    """Commits to judge alike: what the updates bring and `without` does not reach. `ref` is the first of their refs.

    `arriving` tells that they come to the server with this push, whatever their dates say.
    """

    ref: ReceivedRef
    judge: RefJudge
    updates: tuple[Update, ...]
    without: tuple[str, ...]
    arriving: bool = False

    @property
    def of_notes(self) -> bool:
        """Whether the refs are those of notes."""
        return self.ref.name.startswith(NOTES)


def ranges_of(
    report: PushReport,
    repository: Repository,
    settings: ServerSettings,
    refs: Sequence[ReceivedRef],
    commits: dict[str, str],
    book: PolicyBook,
) -> Iterator[Range]:
    """The ranges of a push; `report` learns what becomes of each ref. `commits` holds what each id leads to.

    A commit of an earlier range need not be judged again in a later one of the same judge.
    """
    known = _Known(repository, settings, book)
    ranges: list[Range] = []
    for ref in refs:
        if not _is_judged(report, known, ref, book):
            continue
        new, old = commits[ref.new], "" if ref.creates else commits[ref.old]
        note = "" if new else "leads to no commit"
        report.refs.append(RefReport(ref.name, ref.old, ref.new, "create" if ref.creates else "update", note))
        judge = book.judge(ref, old)
        report.header = report.header if ranges else judge.judge.header
        if not new:
            continue
        if ref.is_branch:
            change = book.change(ref.name, old or book.default_tip, new)
            # a new branch that starts at an older commit has an older policy, and changes nothing by it
            if change is not None and (old or not book.default_tip):
                report.policy_changes.append(change)
        ranges.append(Range(ref, judge, (Update(old, new),), known.to(judge, created=not old)))
    return known.dated(_merged(ranges))


def _is_judged(report: PushReport, known: "_Known", ref: ReceivedRef, book: PolicyBook) -> bool:
    if ref.deletes:
        report.refs.append(RefReport(ref.name, ref.old, ref.new, "delete"))
        if book.holds_policy(ref):
            report.deleted_policy = ref.name
        return False
    if known.is_excluded(ref.name):
        report.refs.append(RefReport(ref.name, ref.old, ref.new, "skip", "written by the server or excluded"))
        return False
    return True


def _merged(ranges: Iterable[Range]) -> list[Range]:
    """Ranges of the same judge that leave out the same commits become one, as those of many branches."""
    updates: dict[tuple[object, ...], list[Update]] = {}
    first: dict[tuple[object, ...], Range] = {}
    for one in ranges:
        key = (one.judge.key, one.without, one.of_notes)
        first.setdefault(key, one)
        updates.setdefault(key, []).extend(one.updates)
    return [one._replace(updates=tuple(updates[key])) for key, one in first.items()]


class _Known:
    """What the server holds from before the push, and what of it need not be judged again for a ref."""

    def __init__(self, repository: Repository, settings: ServerSettings, book: PolicyBook) -> None:
        self._repository = repository
        self._book = book
        self._excluded = (*settings.exclude, *SERVER_REFS.get(settings.server, ()))
        # where pushes may pass unjudged, or by another policy, that a ref holds a commit says nothing
        passes = settings.defer or settings.on_error == "allow" or settings.override
        alike = book.from_server or settings.branch_policies == "tighten"
        self._strict = alike and not passes and not book.before
        self._stored: dict[tuple[object, ...], tuple[str, ...]] = {}
        self._baselines: dict[tuple[str, ...], tuple[str, ...]] = {}

    def is_excluded(self, name: str) -> bool:
        """Whether a ref is the server's own, or the settings leave it out."""
        return any(wildcard(pattern, name) for pattern in self._excluded)

    def to(self, judge: RefJudge, *, created: bool) -> tuple[str, ...]:
        """Commits to leave out for a ref with this judge, besides its present one: they were judged alike before."""
        return (*self._judged_alike(judge, created=created), *self._baseline(judge.judge.policy.baseline))

    def dated(self, ranges: Iterable[Range]) -> Iterator[Range]:
        """The ranges, in two where the date of a commit matters and the default branch holds some of them already."""
        for one in ranges:
            default = self._book.default_tip
            if not depends_on_dates(one.judge.judge.policy) or not (default or self._holds_refs()):
                yield one
            elif not default or default in one.without:
                yield one._replace(arriving=True)
            else:
                yield one._replace(arriving=True, without=(*one.without, default))
                yield one

    def _judged_alike(self, judge: RefJudge, *, created: bool) -> tuple[str, ...]:
        default = (self._book.default_tip,) if self._book.default_tip and self._alike_default(judge) else ()
        if not created or not self._strict or judge.own or depends_on_pusher(judge.judge.policy):
            return default
        if judge.key not in self._stored:
            self._stored[judge.key] = tuple(
                oid
                for name, oid in stored_refs(self._repository, *_TRUSTED)
                if not self.is_excluded(name)
                and self._book.vector(judge, ReceivedRef("", "", name).branch) == judge.key[1]
            )
        return self._stored[judge.key]

    def _alike_default(self, judge: RefJudge) -> bool:
        return not judge.own and self._book.vector(judge, self._book.default_branch) == judge.key[1]

    def _baseline(self, baseline: tuple[str, ...]) -> tuple[str, ...]:
        """Those commits of a policy's baseline that are here."""
        if baseline not in self._baselines:
            found = peel(self._repository, baseline).values() if baseline else ()
            self._baselines[baseline] = tuple(sha for sha in found if sha)
        return self._baselines[baseline]

    def _holds_refs(self) -> bool:
        """Whether there was any branch or tag before the push; without one it brings the history of a project."""
        before = self._book.before
        return any(before.get(name, oid).strip("0") for name, oid in stored_refs(self._repository, *_TRUSTED))
