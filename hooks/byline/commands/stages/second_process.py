"""Judging a large push in two processes: a copy of this one begins with the older half of the commits.

Halves, and not every other commit: git reads neighbours in one go, the newest first. Whoever has done with its half
helps with the end of the other one.

The copy sends back what is worth telling and counts the rest. If it ends before it said that it is done, for whatever
reason, the push could not be checked. It is ended with this process's judging, whatever comes of it.
"""

import os
import pickle
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain, islice
from typing import NamedTuple

from byline.errors import EXIT_NOT_CHECKED, EXIT_OK, RepositoryError
from byline.model import CommitReport, Outcome

WORTHWHILE = 600
"""Commits from which on a second process saves time."""

_BATCH = 100

_BLOCK = 64
_MOST_BLOCKS = 4096
"""One byte each in a pipe; no platform has a smaller one."""

Judge = Callable[[Iterable[str]], Iterable[CommitReport]]


class Told(NamedTuple):
    """What became of a batch: how many commits there is nothing to say about, and the others."""

    clean: int
    others: tuple[CommitReport, ...]


class HalfJudgedError(RepositoryError):
    """The second process did not come to its end."""


def two_processes_help() -> bool:
    """Whether this system can copy a process, and has more than one processor for us."""
    return hasattr(os, "fork") and hasattr(os, "sched_getaffinity") and len(os.sched_getaffinity(0)) > 1


def judge_in_two(ids: Sequence[str], judge: Judge) -> Iterator[Told]:
    """What became of all commits, some at a time. Raises HalfJudgedError, and what judging raises."""
    newer, older = _Share(ids[: len(ids) // 2]), _Share(ids[len(ids) // 2 :])
    read_end, write_end = os.pipe()
    copy = os.fork()
    if not copy:
        os.close(read_end)
        _work(chain(older.own(), newer.of_the_other()), judge, write_end)
    os.close(write_end)
    try:
        yield from told(judge(chain(newer.own(), older.of_the_other())))
        yield from _answers(read_end)
    finally:
        with suppress(ProcessLookupError):
            os.kill(copy, signal.SIGKILL)
        os.waitpid(copy, 0)
        os.close(read_end)
        newer.close()
        older.close()


class _Share:
    """Commits of which two processes take blocks: the one that owns them from the first on, the other from the last."""

    def __init__(self, ids: Sequence[str]) -> None:
        size = max(_BLOCK, -(-len(ids) // _MOST_BLOCKS))
        self._blocks = [ids[start : start + size] for start in range(0, len(ids), size)]
        # a byte for each block: whoever gets one out of the pipe may take a block
        self._permits, write_end = os.pipe()
        with open(write_end, "wb") as pipe:
            pipe.write(bytes(len(self._blocks)))

    def own(self) -> Iterator[str]:
        """What is left of the commits, for the process that owns them."""
        return self._taken(self._blocks)

    def of_the_other(self) -> Iterator[str]:
        """What is left of the commits, for the other process."""
        return self._taken(reversed(self._blocks))

    def close(self) -> None:
        """To be called when all is done."""
        os.close(self._permits)

    def _taken(self, blocks: Iterable[Sequence[str]]) -> Iterator[str]:
        for block in blocks:
            if not os.read(self._permits, 1):
                return
            yield from block


def told(reports: Iterable[CommitReport]) -> Iterator[Told]:
    """The reports, some at a time, without what there is nothing to say about."""
    waiting = iter(reports)
    while batch := list(islice(waiting, _BATCH)):
        others = [shortened(report) for report in batch if not _is_clean(report)]
        yield Told(len(batch) - len(others), tuple(others))


def _is_clean(report: CommitReport) -> bool:
    return report.decision is not None and report.decision.outcome is Outcome.OK and not report.findings


def shortened(report: CommitReport) -> CommitReport:
    """The report without what was searched: only what was found is told and logged."""
    commit = report.commit
    return report._replace(
        commit=commit._replace(message=commit.subject, trailers=(), added_lines=(), configs=(), changes=())
    )


def _work(ids: Iterable[str], judge: Judge, write_end: int) -> None:
    """The life of the copy. Ends the process."""
    code = EXIT_NOT_CHECKED
    try:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        with open(write_end, "wb") as answers:
            for batch in told(judge(ids)):
                pickle.dump(batch, answers)
                answers.flush()
            pickle.dump(None, answers)
        code = EXIT_OK
    finally:
        os._exit(code)


def _answers(read_end: int) -> Iterator[Told]:
    with open(read_end, "rb", closefd=False) as answers:
        while True:
            try:
                answer: Told | None = pickle.load(answers)  # noqa: S301 - written by our own copy
            except (EOFError, pickle.UnpicklingError) as error:
                raise HalfJudgedError(
                    "the second process that judges this push ended too early", "Push again; the log tells more."
                ) from error
            if answer is None:
                return
            yield answer
