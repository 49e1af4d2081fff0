"""What all hooks in a developer's clone have in common."""

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from functools import partial
from itertools import chain

from byline.check import examine
from byline.commands.judge import Judge, prepare_judge
from byline.errors import EXIT_NOT_CHECKED, EXIT_OK, BylineError
from byline.model import Commit, Outcome, Place
from byline.reporters.closing import Closing
from byline.repository.discovery import discover
from byline.repository.location import Repository
from byline.repository.search import Search

ReadCommits = Callable[[Repository, ExitStack], Callable[[Search], Iterable[Commit]]]
"""Begins to read when it gets the repository, and hands over commits when it is known what to search for.

What has to be closed in the end it puts on the stack.
"""

Watch = Callable[[Repository, Judge, Iterable[Commit]], Iterable[Commit]]
"""Looks at the commits of a hook before they are judged."""


def judge_commits(
    read: ReadCommits,
    place: Place,
    policy: str | None,
    closing: Closing,
    *,
    silent: frozenset[Outcome] = frozenset((Outcome.OK,)),
    watch: Watch | None = None,
) -> int:
    """Judge the commits of a hook and print those that matter. Returns the exit code for git.

    About the `silent` outcomes nothing is said. `watch` sees the commits first, and may add to them.
    """
    with ExitStack() as until_done:
        repository = discover()
        commits_for = read(repository, until_done)
        judge = prepare_judge(repository, policy)
        return _judge(commits_for, judge, place, closing, silent, watch and partial(watch, repository, judge))


def _judge(
    commits_for: Callable[[Search], Iterable[Commit]],
    judge: Judge,
    place: Place,
    closing: Closing,
    silent: frozenset[Outcome],
    watched: Callable[[Iterable[Commit]], Iterable[Commit]] | None,
) -> int:
    try:
        commits = commits_for(judge.detection.search)
        if watched is not None:
            commits = watched(commits)
        reports = examine(commits, judge.detection, judge.policy, place)
        told = (report for report in reports if report.decision and report.decision.outcome not in silent)
        first = next(told, None)
        if first is None:
            return EXIT_OK
        from byline.reporters.hook_text import tell_hook

        summary = tell_hook(chain([first], told), judge.header, closing)
        judge.tell_notices()
    except BylineError as error:
        return _after_failure(error, judge)
    if summary.exit_code == EXIT_NOT_CHECKED:
        return _tolerated(judge, EXIT_NOT_CHECKED)
    return summary.exit_code


def _after_failure(error: BylineError, judge: Judge) -> int:
    if error.exit_code != EXIT_NOT_CHECKED or judge.policy.on_error != "allow":
        raise error
    from byline.reporters.notices import tell_failure

    tell_failure(str(error), error.remedy)
    return _tolerated(judge, error.exit_code)


def _tolerated(judge: Judge, code: int) -> int:
    """The exit code after a failure: a warning on a client whose policy says so."""
    if judge.policy.on_error != "allow":
        return code
    from byline.reporters.notices import tell

    tell('going on without the check, because the policy says on-error = "allow"')
    return EXIT_OK
