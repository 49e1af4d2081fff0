"""Judging a large push in two processes: the older half of the commits goes to a copy of this one.

Halves, and not every other commit: git reads neighbours in one go.

The copy sends back what is worth telling and counts the rest. If it ends before it said that it is done, for whatever
reason, the push could not be checked. It is ended with this process's judging, whatever comes of it.
"""

import os
import pickle
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from typing import NamedTuple

from byline.errors import EXIT_NOT_CHECKED, EXIT_OK, RepositoryError
from byline.model import CommitReport, Outcome

WORTHWHILE = 600
"""Commits from which on a second process saves time."""

_BATCH = 100

Judge = Callable[[Sequence[str]], Iterable[CommitReport]]


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
    middle = len(ids) // 2
    read_end, write_end = os.pipe()
    copy = os.fork()
    if not copy:
        os.close(read_end)
        _work(ids[middle:], judge, write_end)
    os.close(write_end)
    try:
        yield from told(judge(ids[:middle]))
        yield from _answers(read_end)
    finally:
        with suppress(ProcessLookupError):
            os.kill(copy, signal.SIGKILL)
        os.waitpid(copy, 0)
        os.close(read_end)


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


def _work(ids: Sequence[str], judge: Judge, write_end: int) -> None:
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
