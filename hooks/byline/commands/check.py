"""`byline check`: find marks and hold them against the policy."""

from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial

from byline.commands.arguments import Parser, add_output, add_place, add_policy, add_selection
from byline.commands.examination import Examination
from byline.commands.judge import Judge, prepare_judge
from byline.commands.missing_policy import tell_missing_policy
from byline.commands.noted_evidence import detection_with_notes
from byline.commands.selection import check_choice, examined, open_repository, usual_place
from byline.model import Place
from byline.reporters.ci_log import safe_in_any_log
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
    judging.add_argument(
        "--notes",
        action="store_true",
        help="show what byline's notes say of the environment a commit was made in; it counts where the policy says so",
    )
    add_output(parser)
    options = parser.parse_args(arguments)
    check_choice(options)
    repository = open_repository(options)
    judge = prepare_judge(repository, options.policy, long_run=True)
    if not judge.file:
        tell_missing_policy(repository)
    judge.tell_notices()
    place = usual_place(options)
    elsewhere = partial(_elsewhere, repository, options.policy, place, notes=options.notes)
    with ExitStack() as until_done:
        here = _examination(repository, judge, place, until_done, notes=options.notes)
        opened = until_done.enter_context(open_output(options.output, options.format, options.color))
        output = safe_in_any_log(opened, options.format, options.output)
        reports = examined(options, repository, here, elsewhere, judge.policy.baseline)
        return deliver(reports, options.format, output, judge.header).exit_code


def _elsewhere(repository: Repository | None, policy: str | None, place: Place, *, notes: bool) -> Examination:
    """The examination in a further process, which keeps what it reads notes with until it ends."""
    judge = prepare_judge(repository, policy, long_run=True)
    return _examination(repository, judge, place, ExitStack(), notes=notes)


def _examination(
    repository: Repository | None, judge: Judge, place: Place, until_done: ExitStack, *, notes: bool
) -> Examination:
    detection = detection_with_notes(repository, judge, place, until_done, asked=notes)
    return Examination(detection, judge.policy, place)
