"""`byline scan`: find marks and judge nothing."""

from collections.abc import Sequence
from functools import partial

from byline.commands.arguments import Parser, add_output, add_policy, add_selection
from byline.commands.examination import Examination
from byline.commands.judge import prepare_search
from byline.commands.selection import check_choice, examined, open_repository
from byline.model import Place
from byline.reporters.ci_log import safe_in_any_log
from byline.reporters.delivery import deliver
from byline.reporters.interface import Header
from byline.reporters.output import open_output
from byline.repository.location import Repository

_SUMMARY = "Find the marks of AI tools in commits. No policy is asked and nothing is forbidden."
_EXAMPLES = """\
examples:
  byline scan                                  the whole history of HEAD
  byline scan --all --format jsonl             everything, one JSON object a line
  byline scan v1.0..v2.0 --repo ~/src/project  between two tags of another repository
  git rev-list --author=me HEAD | byline scan --stdin
  git format-patch --stdout main | byline scan --patch -

Ends with exit code 0 whatever it finds, and with 3 when something could not be read.
"""


def run(arguments: Sequence[str]) -> int:
    """Scan the chosen commits and report what was found. Returns the exit code."""
    parser = Parser("scan", _SUMMARY, _EXAMPLES)
    add_selection(parser)
    add_policy(parser, "also look for the tools that this policy defines (default: the repository's own)")
    add_output(parser)
    options = parser.parse_args(arguments)
    check_choice(options)
    repository = open_repository(options)
    catalogue, detection = prepare_search(repository, options.policy)
    elsewhere = partial(_examination, repository, options.policy)
    names = {tool.id: tool.name for tool in catalogue.tools.values()}
    with open_output(options.output, options.format, options.color) as opened:
        output = safe_in_any_log(opened, options.format, options.output)
        reports = examined(options, repository, Examination(detection, None, Place.PUSH), elsewhere)
        return deliver(reports, options.format, output, Header(None, names)).exit_code


def _examination(repository: Repository | None, policy: str | None) -> Examination:
    return Examination(prepare_search(repository, policy)[1], None, Place.PUSH)
