"""The commits of a push, ref by ref, held against the policy of each ref.

An update is judged on all that is new to its ref, even if other refs of the server have it: a ref with a laxer policy
would launder it otherwise. A new ref is judged on what no ref has that was judged alike.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import NamedTuple

from byline.check import examine
from byline.commands.stages.clock import Clock
from byline.commands.stages.second_process import WORTHWHILE, judge_in_two, two_processes_help
from byline.commands.stages.server_policy import PolicyBook, RefJudge, depends_on_pusher
from byline.model import Commit, CommitReport, Place
from byline.policy.patterns import wildcard
from byline.reporters.push_report import PushReport, RefReport
from byline.repository.history import walk
from byline.repository.location import Repository
from byline.repository.received import ReceivedRef, commit_ids, peeled, stored_refs
from byline.repository.server_environment import SERVER_REFS
from byline.repository.server_settings import ServerSettings
from byline.repository.tip_files import TipFiles

_TRUSTED = ("refs/heads/", "refs/tags/")
_NOTES = "refs/notes/"
_NOTE_PATH = re.compile(r"[0-9a-f/]{40,}")


class Range(NamedTuple):
    """Commits to judge alike: what `tips` reach and `without` do not."""

    ref: ReceivedRef
    judge: RefJudge
    tips: tuple[str, ...]
    without: tuple[str, ...]


def judge_push(
    report: PushReport,
    repository: Repository,
    settings: ServerSettings,
    refs: Sequence[ReceivedRef],
    option: str | None,
    clock: Clock,
    *,
    moved: bool = False,
) -> None:
    """Judge every commit that the push adds to a ref, and fill in the report. Raises BylineError and OutOfTime.

    `moved` tells that the refs have changed already, as in post-receive: the policy is then that from before.
    """
    ids = [oid for ref in refs for oid in (ref.old, ref.new) if oid.strip("0")]
    commits = peeled(repository, ids)
    with TipFiles(repository) as tips:
        before = {ref.name: ref.old for ref in refs} if moved else {}
        book = PolicyBook(tips, repository, settings, option, before)
        try:
            ranges = _ranges(report, repository, settings, refs, commits, book)
        finally:
            report.policies = book.texts
        report.policy_notices = book.notices()
        seen: dict[tuple[object, ...], set[str]] = {}
        for one in ranges:
            fresh = _fresh(commit_ids(repository, one.tips, one.without), seen.setdefault(one.judge.key, set()))
            _judge_range(report, repository, one, fresh, clock)


def _ranges(
    report: PushReport,
    repository: Repository,
    settings: ServerSettings,
    refs: Sequence[ReceivedRef],
    commits: dict[str, str],
    book: PolicyBook,
) -> list[Range]:
    excluded = (*settings.exclude, *SERVER_REFS.get(settings.server, ()))
    known = _Known(repository, settings, book, excluded)
    ranges: list[Range] = []
    for ref in refs:
        if ref.deletes:
            report.refs.append(RefReport(ref.name, ref.old, ref.new, "delete"))
            if book.holds_policy(ref):
                report.deleted_policy = ref.name
            continue
        if any(wildcard(pattern, ref.name) for pattern in excluded):
            report.refs.append(RefReport(ref.name, ref.old, ref.new, "skip", "written by the server or excluded"))
            continue
        new, old = commits[ref.new], "" if ref.creates else commits[ref.old]
        note = "" if new else "leads to no commit"
        report.refs.append(RefReport(ref.name, ref.old, ref.new, "create" if ref.creates else "update", note))
        judge = book.judge(ref, old)
        report.header = report.header if ranges else judge.judge.header
        if not new:
            continue
        if ref.is_branch:
            files = book.change(old or book.default_tip, new)
            # a new branch that starts at an older commit has an older policy, and changes nothing by it
            report.policy_changes += [(ref.name, file) for file in files if old or not book.default_tip]
        without = known.to(judge, old)
        ranges.append(Range(ref, judge, (new,), (*without, *_present(repository, judge.judge.policy.baseline))))
    return _merged(ranges)


def _merged(ranges: Iterable[Range]) -> list[Range]:
    """Ranges of the same judge that leave out the same commits become one, as those of many new branches."""
    merged: dict[tuple[object, ...], Range] = {}
    for one in ranges:
        key = (one.judge.key, one.without, one.ref.name.startswith(_NOTES))
        there = merged.get(key)
        merged[key] = one if there is None else there._replace(tips=there.tips + one.tips)
    return list(merged.values())


class _Known:
    """What need not be judged again for a ref, because it was judged alike before."""

    def __init__(
        self, repository: Repository, settings: ServerSettings, book: PolicyBook, excluded: Sequence[str]
    ) -> None:
        self._repository = repository
        self._book = book
        self._excluded = excluded
        # where pushes may pass unjudged, or by another policy, that a ref holds a commit says nothing
        passes = settings.defer or settings.on_error == "allow" or settings.override
        alike = book.from_server or settings.branch_policies == "tighten"
        self._strict = alike and not passes and not book.before
        self._stored: dict[tuple[object, ...], tuple[str, ...]] = {}

    def to(self, judge: RefJudge, old: str) -> tuple[str, ...]:
        """Tips to leave out for a ref with this judge whose present commit is `old`, or is none."""
        default = (self._book.default_tip,) if self._book.default_tip and self._alike_default(judge) else ()
        if old:
            return tuple(dict.fromkeys((old, *default)))
        if not self._strict or judge.own or depends_on_pusher(judge.judge.policy):
            return default
        if judge.key not in self._stored:
            self._stored[judge.key] = tuple(
                oid
                for name, oid in stored_refs(self._repository, *_TRUSTED)
                if not any(wildcard(pattern, name) for pattern in self._excluded)
                and self._book.vector(judge, ReceivedRef("", "", name).branch) == judge.key[1]
            )
        return self._stored[judge.key]

    def _alike_default(self, judge: RefJudge) -> bool:
        return not judge.own and self._book.vector(judge, self._book.default_branch) == judge.key[1]


def _judge_range(report: PushReport, repository: Repository, one: Range, ids: Iterator[str], clock: Clock) -> None:
    judge = one.judge.judge
    notes = one.ref.name.startswith(_NOTES)

    def judged(shas: Iterable[str]) -> Iterator[CommitReport]:
        going = (
            commit._replace(branch=one.ref.branch, pusher=report.pusher or None)
            for commit in walk(repository, shas, judge.detection.search)
            if not (notes and _is_note(commit))
        )
        for found in examine(going, judge.detection, judge.policy, Place.SERVER):
            clock.check()
            yield found

    first = list(islice(_until(ids, clock), WORTHWHILE))
    if len(first) < WORTHWHILE or not two_processes_help():
        for found in judged(chain(first, _until(ids, clock))):
            report.count(found)
        return
    every = [*first, *_until(ids, clock)]
    before = len(report.kept)
    for batch in judge_in_two(every, judged):
        report.count_clean(batch.clean)
        for found in batch.others:
            report.count(found)
    report.keep_in_order(before, every)


def _until(ids: Iterable[str], clock: Clock) -> Iterator[str]:
    for sha in ids:
        clock.check()
        yield sha


def _fresh(ids: Iterable[str], seen: set[str]) -> Iterator[str]:
    for sha in ids:
        if sha not in seen:
            seen.add(sha)
            yield sha


def _is_note(commit: Commit) -> bool:
    """Whether a commit under refs/notes/ is what `git notes` makes: files named as the objects they are about."""
    return bool(commit.changes) and all(_NOTE_PATH.fullmatch(change.path) for change in commit.changes)


def _present(repository: Repository, baseline: Sequence[str]) -> tuple[str, ...]:
    """Those commits of a policy's baseline that are here."""
    from byline.repository.revisions import peel

    return tuple(sha for sha in peel(repository, baseline).values() if sha) if baseline else ()
