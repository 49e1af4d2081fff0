"""`byline ci`: judge the change that a CI run is about."""

import os
from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack

from byline.check import examine
from byline.commands.arguments import Parser, add_policy
from byline.commands.ci_change import change_here, change_note, target_policy
from byline.commands.ci_previous import LastRun, read_last_run
from byline.commands.ci_reports import add_reports, open_reports
from byline.commands.ci_texts import WholeChange
from byline.commands.judge import Judge
from byline.errors import EXIT_BLOCKED, EXIT_OK
from byline.model import Commit, CommitReport, Place
from byline.providers.change import Change
from byline.reporters.ci_notices import Notices
from byline.reporters.interface import ChangeNote, Header, Reporter
from byline.reporters.summary import Summary
from byline.repository.change_range import complete, locate
from byline.repository.discovery import discover
from byline.repository.endpoints import Kind
from byline.repository.fetch_history import Remote
from byline.repository.history import walk
from byline.repository.location import Repository

_SUMMARY = "Judge the change that a CI run is about: its commits, its description, and what a squash would make of it."
_EXAMPLES = """\
examples:
  byline ci                                        in any CI system that byline knows
  byline ci --base origin/main                     anywhere else
  byline ci --report sarif=byline.sarif --report junit=byline.xml
  byline ci --pr-body description.md --exit-zero   report only

The policy is that of the branch the change goes to, never the one that the change brings along.
Ends with exit code 1 when the policy blocks something, and with 3 when something could not be checked.
"""
_DELETED = "a branch or tag was deleted, so there is nothing to judge"


def run(arguments: Sequence[str]) -> int:
    """Judge the change of this run and report. Returns the exit code."""
    options = _options(arguments)
    change = change_here(options, os.environ)
    last_run = read_last_run(options.previous)
    repository = discover(options.repo)
    notices = Notices(in_log=bool(change.system))
    if change.endpoints.kind is Kind.DELETION:
        notices.tell(_DELETED)
        note = ChangeNote(change.system, change.endpoints.kind, "", "", _DELETED)
        with ExitStack() as stack:
            return _deliver(open_reports(stack, options, change.system), Header(None, {}, note), (), last_run, notices)
    remote = Remote(repository, may_fetch=not options.no_fetch)
    located = locate(repository, change.endpoints, remote, change.full_history)
    judge = target_policy(repository, located, options.policy, remote)
    if not judge.policy.fetch:
        remote.forbid()
    span = complete(repository, located, remote, change.full_history, without=judge.policy.baseline)
    remote.fill([located.head])
    note = change_note(change, located, span, judge.notices())
    notices.tell_change(note, len(span.commits), judge.file, fetched=remote.fetched)
    change = change._replace(endpoints=change.endpoints._replace(target=located.target))
    reports = _reports(span.repository, span.commits, change, judge)
    with ExitStack() as stack:
        reporter = open_reports(stack, options, change.system)
        code = _deliver(reporter, judge.header._replace(change=note), reports, last_run, notices)
    return EXIT_OK if code == EXIT_BLOCKED and options.exit_zero else code


def _options(arguments: Sequence[str]) -> Namespace:
    parser = Parser("ci", _SUMMARY, _EXAMPLES)
    chosen = parser.add_argument_group("which change (default: the one that the CI system names)")
    chosen.add_argument("--base", metavar="COMMIT", help="judge what this one lacks")
    chosen.add_argument("--head", metavar="COMMIT", help="the last commit of the change (default: HEAD)")
    chosen.add_argument("--target", metavar="BRANCH", help="the branch that the change goes to; its policy counts")
    chosen.add_argument("--pr-body", metavar="FILE", help="the description of the change request")
    chosen.add_argument("--repo", metavar="DIR", help="the repository (default: where you are)")
    chosen.add_argument(
        "--no-fetch", action="store_true", help="never fetch history that a shallow clone lacks: refuse instead"
    )
    judging = parser.add_argument_group("the policy")
    add_policy(judging, "judge by this one (default: the one of the branch that the change goes to)")
    judging.add_argument("--exit-zero", action="store_true", help="end with 0 also when the policy blocks something")
    add_reports(parser)
    return parser.parse_args(arguments)


def _reports(repository: Repository, shas: Sequence[str], change: Change, judge: Judge) -> Iterator[CommitReport]:
    """The commits, newest first, then what there is to say of the change as a whole."""

    def commits() -> Iterator[Commit]:
        for commit in walk(repository, shas, judge.detection.search):
            yield commit._replace(
                branch=change.endpoints.target or None,
                source_branch=change.source or None,
                pusher=change.pusher or None,
                labels=change.labels,
            )

    whole = WholeChange(change, judge)
    for report in examine(commits(), judge.detection, judge.policy, Place.CI):
        whole.add(report)
        yield report
    yield from whole.reports()


def _deliver(
    reporter: Reporter, header: Header, reports: Iterable[CommitReport], last_run: LastRun | None, notices: Notices
) -> int:
    summary = Summary(judged=header.policy is not None)
    reporter.begin(header)
    for report in reports:
        summary.count(report)
        if last_run is not None:
            last_run.compare(report)
        reporter.commit(report)
    if last_run is not None:
        summary.notes += last_run.sentences()
        for sentence in summary.notes:
            notices.tell(sentence)
    reporter.end(summary)
    return summary.exit_code
