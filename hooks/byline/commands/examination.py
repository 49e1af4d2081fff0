"""Examining a history: in this process, or in several when it is long."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from itertools import chain, islice
from typing import NamedTuple

from byline.check import examine
from byline.detectors import Detection
from byline.model import CommitReport, Place
from byline.policy.schema import Policy
from byline.repository.history import HistoryReader, walk
from byline.repository.location import Repository

# Starting processes costs about as much as examining so many commits.
_WORTHWHILE = 600

_BATCH = 200


class Examination(NamedTuple):
    """What commits are searched for and judged by; `policy` is None when they are only searched."""

    detection: Detection
    policy: Policy | None
    place: Place


def examine_history(
    repository: Repository,
    shas: Iterable[str],
    here: Examination,
    elsewhere: Callable[[], Examination],
    jobs: int,
) -> Iterator[CommitReport]:
    """A report for each commit, in the order given.

    `elsewhere` makes the same examination in another process: it holds no more than can be sent there.
    Raises what reading commits raises.
    """
    waiting = iter(shas)
    first = list(islice(waiting, _WORTHWHILE)) if jobs > 1 else []
    if len(first) < _WORTHWHILE:
        every = chain(first, waiting)
        return examine(walk(repository, every, here.detection.search), here.detection, here.policy, here.place)
    return _in_processes(repository, chain(first, waiting), elsewhere, jobs)


def usual_jobs() -> int:
    """As many processes as the machine has processors for this one, and no more than eight."""
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(allowed, 8))


def _in_processes(
    repository: Repository, shas: Iterator[str], elsewhere: Callable[[], Examination], jobs: int
) -> Iterator[CommitReport]:
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(jobs, initializer=_prepare, initargs=(repository, elsewhere)) as pool:
        under_way: deque[Future[list[CommitReport]]] = deque()
        try:
            while True:
                while len(under_way) < 2 * jobs and (batch := list(islice(shas, _BATCH))):
                    under_way.append(pool.submit(_examine_batch, batch))
                if not under_way:
                    return
                yield from under_way.popleft().result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


# What a further process works with, from when it starts to its end, with which the git processes end that it asks.
_work: list[tuple[HistoryReader, Examination]] = []


def _prepare(repository: Repository, elsewhere: Callable[[], Examination]) -> None:
    import signal

    # an interrupt reaches every process of the terminal; the first one tells of it
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    examination = elsewhere()
    _work.append((HistoryReader(repository, examination.detection.search).__enter__(), examination))


def _examine_batch(shas: list[str]) -> list[CommitReport]:
    history, (detection, policy, place) = _work[0]
    # findings hold what was seen; the contents they were seen in stay here
    return [
        report._replace(commit=report.commit._replace(added_lines=(), configs=()))
        for report in examine(history.commits(shas), detection, policy, place)
    ]
