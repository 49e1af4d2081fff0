"""Examining a history: in this process, or in further ones too when it is long."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from itertools import chain, islice
from typing import NamedTuple

from byline.check import examine
from byline.detectors import Detection
from byline.errors import RepositoryError
from byline.model import CommitReport, Place
from byline.policy.schema import Policy
from byline.repository.history import HistoryReader, walk
from byline.repository.location import Repository

# Starting processes costs about as much as examining so many commits.
_WORTHWHILE = 600

_BATCH = 100

# Batches whose reports wait for those before them, for each process.
_MOST_HELD = 4


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
    return _in_processes(repository, chain(first, waiting), here, elsewhere, jobs)


def usual_jobs() -> int:
    """As many processes as the machine has processors for this one, and no more than eight."""
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(allowed, 8))


def _in_processes(
    repository: Repository,
    shas: Iterator[str],
    here: Examination,
    elsewhere: Callable[[], Examination],
    jobs: int,
) -> Iterator[CommitReport]:
    """Hand batches to further processes, and examine one here whenever they have enough to do."""
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    batches = iter(lambda: list(islice(shas, _BATCH)), [])
    handed_out: deque[Future[list[CommitReport]]] = deque()
    in_order: deque[Future[list[CommitReport]] | list[CommitReport]] = deque()
    with (
        HistoryReader(repository, here.detection.search) as history,
        ProcessPoolExecutor(jobs - 1, initializer=_prepare, initargs=(repository, elsewhere)) as pool,
    ):
        try:
            while True:
                while handed_out and handed_out[0].done():
                    handed_out.popleft()
                while len(handed_out) < 2 * (jobs - 1) and (batch := next(batches, None)):
                    handed_out.append(pool.submit(_examine_batch, batch))
                    in_order.append(handed_out[-1])
                if not in_order:
                    return
                first = in_order[0]
                ready = isinstance(first, list) or first.done()
                if not ready and len(in_order) < _MOST_HELD * jobs and (batch := next(batches, None)):
                    in_order.append(_examined(history, here, batch))
                    continue
                in_order.popleft()
                yield from first if isinstance(first, list) else first.result()
        except BrokenProcessPool as error:
            raise RepositoryError(
                "one of the processes that share the work was ended from outside, perhaps for want of memory",
                "Try again with fewer of them: --jobs 1",
            ) from error
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
    return _examined(*_work[0], shas)


def _examined(history: HistoryReader, examination: Examination, shas: list[str]) -> list[CommitReport]:
    detection, policy, place = examination
    # findings hold what was seen; the contents they were seen in are not kept
    return [
        report._replace(commit=report.commit._replace(added_lines=(), configs=()))
        for report in examine(history.commits(shas), detection, policy, place)
    ]
