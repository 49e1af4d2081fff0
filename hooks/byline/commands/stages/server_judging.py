"""The commits of a push, held against the policy of the refs that they come to."""

import re
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING

from byline.check import examine
from byline.commands.stages.clock import Clock
from byline.commands.stages.second_process import WORTHWHILE, judge_in_two, two_processes_help
from byline.commands.stages.server_policy import PolicyBook
from byline.commands.stages.server_ranges import Range, ranges_of
from byline.model import Commit, CommitReport, Place
from byline.reporters.push_report import PushReport
from byline.repository.history import walk
from byline.repository.location import Repository
from byline.repository.new_commits import new_commits
from byline.repository.received import ReceivedRef, peeled
from byline.repository.server_settings import ServerSettings
from byline.repository.tip_files import TipFiles

if TYPE_CHECKING:
    from byline.commands.stages.server_notes import Notebook

_NOTE_PATH = re.compile(r"[0-9a-f/]{40,}")


def judge_push(
    report: PushReport,
    repository: Repository,
    settings: ServerSettings,
    refs: Sequence[ReceivedRef],
    option: str | None,
    clock: Clock,
    *,
    moved: bool = False,
    notebook: "Notebook | None" = None,
) -> None:
    """Judge every commit that the push adds to a ref, and fill in the report. Raises BylineError and OutOfTime.

    `moved` tells that the refs have changed already, as in post-receive: the policy is then that from before.
    With a `notebook`, which gets them all, only commits are judged that concern it.
    """
    ids = [oid for ref in refs for oid in (ref.old, ref.new) if oid.strip("0")]
    commits = peeled(repository, ids)
    with TipFiles(repository) as tips:
        before = {ref.name: ref.old for ref in refs} if moved else {}
        book = PolicyBook(tips, repository, settings, option, before)
        report.policy_from_server = book.from_server
        report.policy_branch = f"refs/heads/{book.default_branch}"
        try:
            ranges = list(ranges_of(report, repository, settings, refs, commits, book))
        finally:
            report.policies = book.texts
        report.policy_notices = book.notices()
    now = int(time.time())
    seen: dict[tuple[object, ...], set[str]] = {}
    for one in ranges:
        if notebook is not None and not notebook.concerns(one.judge.judge):
            continue
        brought = new_commits(repository, one.updates, one.without)
        fresh = _fresh(brought, seen.setdefault(one.judge.key, set()))
        _judge_range(report, repository, one, fresh, clock, now, notebook)


def _judge_range(
    report: PushReport,
    repository: Repository,
    one: Range,
    ids: Iterator[str],
    clock: Clock,
    now: int,
    notebook: "Notebook | None",
) -> None:
    judge = one.judge.judge
    arrival = now if one.arriving else None

    def judged(shas: Iterable[str]) -> Iterator[CommitReport]:
        going = (
            commit._replace(branch=one.ref.branch, pusher=report.pusher or None, arrival=arrival)
            for commit in walk(repository, shas, judge.detection.search)
            if not (one.of_notes and _is_note(commit))
        )
        for found in examine(going, judge.detection, judge.policy, Place.SERVER):
            clock.check()
            yield found

    def count(found: CommitReport) -> None:
        report.count(found)
        if notebook is not None:
            notebook.add(judge, found)

    first = list(islice(_until(ids, clock), WORTHWHILE))
    each_is_wanted = notebook is not None and notebook.asked(judge)
    if len(first) < WORTHWHILE or each_is_wanted or not two_processes_help():
        for found in judged(chain(first, _until(ids, clock))):
            count(found)
        return
    every = [*first, *_until(ids, clock)]
    before = len(report.kept)
    for batch in judge_in_two(every, judged):
        report.count_clean(batch.clean)
        for found in batch.others:
            count(found)
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
