"""`byline policy diff`: which commits two policies would decide differently."""

import sys
from collections.abc import Iterator, Sequence

from byline.check import examine
from byline.commands.arguments import Parser, add_place
from byline.commands.judge import Judge
from byline.commands.policy_search import either
from byline.commands.policy_subcommands.choice import chosen_judge
from byline.errors import EXIT_OK
from byline.model import CommitReport, Place
from byline.reporters.output import terminal
from byline.reporters.policy_diff import PolicyDiff
from byline.repository.discovery import discover
from byline.repository.history import walk
from byline.repository.location import Repository
from byline.repository.revisions import select_commits

_SUMMARY = "Tell which commits two policies would decide differently, and why."
_EXAMPLES = """\
examples:
  byline policy diff HEAD:byline.toml byline.toml         what an edit changes for the history of HEAD
  byline policy diff byline.toml qemu v1.0..              what a preset would have said since v1.0
"""


def run(arguments: Sequence[str]) -> int:
    """Judge the commits by both policies and tell where they differ. Returns the exit code."""
    parser = Parser("policy diff", _SUMMARY, _EXAMPLES)
    parser.add_argument("before", metavar="A", help="a policy: FILE, REF:PATH or the name of a preset")
    parser.add_argument("after", metavar="B", help="another one")
    parser.add_argument("revisions", nargs="*", metavar="REVISION", help="which commits (default: the history of HEAD)")
    parser.add_argument("--repo", metavar="DIR", help="the repository (default: where you are)")
    add_place(parser)
    options = parser.parse_args(arguments)
    repository = discover(options.repo)
    judges = [chosen_judge(repository, name) for name in (options.before, options.after)]
    output = terminal(sys.stdout, "auto")
    report = PolicyDiff(output, options.before, options.after)
    for before, after in _pairs(repository, options.revisions, judges, Place(options.place or Place.PUSH)):
        report.compare(before, after)
    report.end()
    return EXIT_OK


def _pairs(
    repository: Repository, revisions: Sequence[str], judges: Sequence[Judge], place: Place
) -> Iterator[tuple[CommitReport, CommitReport]]:
    """Each commit as both judges see it, without a decision where a policy's baseline leaves it out."""
    judged = [frozenset(_ids(repository, revisions, judge.policy.baseline)) for judge in judges]
    first, second = judges
    search = either(first.detection.search, second.detection.search)
    for commit in walk(repository, _ids(repository, revisions, ()), search):
        reports = [next(examine([commit], judge.detection, judge.policy, place)) for judge in judges]
        before, after = (
            report if commit.sha in ids else report._replace(decision=None)
            for report, ids in zip(reports, judged, strict=True)
        )
        yield before, after


def _ids(repository: Repository, revisions: Sequence[str], baseline: Sequence[str]) -> Iterator[str]:
    return select_commits(repository, revisions, head_history=not revisions, without=baseline)
