"""`byline check`: find marks and hold them against the policy."""

from collections.abc import Sequence
from functools import partial

from byline.commands.arguments import Parser, add_output, add_place, add_policy, add_selection
from byline.commands.examination import Examination
from byline.commands.judge import prepare_judge
from byline.commands.selection import check_choice, examined, open_repository, usual_place
from byline.model import Place
from byline.reporters.delivery import deliver
from byline.reporters.output import open_output
from byline.repository.location import Repository

_SUMMARY = "Find the marks of AI tools in commits and hold them against the repository's policy."
_EXAMPLES = """\
examples:
  byline check                              the whole history of HEAD
  byline check @{upstream}..                what a push of this branch would add
  byline check origin/main..HEAD --policy origin/main:byline.toml
  byline check --staged --message draft.txt the next commit with this message
  byline check --all --format json --output report.json

Ends with exit code 1 when the policy blocks a commit, and with 3 when one could not be checked.
"""


def run(arguments: Sequence[str]) -> int:
    """Judge the chosen commits and report. Returns the exit code."""
    parser = Parser("check", _SUMMARY, _EXAMPLES)
    add_selection(parser)
    judging = parser.add_argument_group("the policy")
    add_policy(judging, "judge by this one (default: byline.toml, .byline.toml or pyproject.toml at the root)")
    add_place(judging)
    add_output(parser)
    options = parser.parse_args(arguments)
    check_choice(options)
    repository = open_repository(options)
    judge = prepare_judge(repository, options.policy, long_run=True)
    judge.tell_missing_policy()
    judge.tell_notices()
    place = usual_place(options)
    here = Examination(judge.detection, judge.policy, place)
    elsewhere = partial(_examination, repository, options.policy, place)
    with open_output(options.output, options.format, options.color) as output:
        reports = examined(options, repository, here, elsewhere, judge.policy.baseline)
        return deliver(reports, options.format, output, judge.header).exit_code


def _examination(repository: Repository | None, policy: str | None, place: Place) -> Examination:
    judge = prepare_judge(repository, policy, long_run=True)
    return Examination(judge.detection, judge.policy, place)
