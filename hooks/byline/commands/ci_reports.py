"""Which reports a CI run writes, and where: several at once, and by itself those that the CI system can show."""

import os
from argparse import Namespace
from contextlib import ExitStack

from byline.commands.arguments import Parser
from byline.errors import UsageError
from byline.reporters import FORMATS, make_reporter
from byline.reporters.ci_log import safe_in_log
from byline.reporters.interface import Output, Reporter
from byline.reporters.output import open_output
from byline.reporters.several import Several
from byline.reporters.step_summary import open_step_summary
from byline.reporters.style import CHOICES

_IN_LOG = {
    "GitHub Actions": "github",
    "Forgejo Actions": "github",
    "Gitea Actions": "github",
    "Azure Pipelines": "azure",
    "TeamCity": "teamcity",
}
"""CI system to the format that it picks out of a job's log."""

_AUTO = "auto"


def add_reports(parser: Parser) -> None:
    """The options that say which reports are written."""
    shown = parser.add_argument_group("the reports")
    shown.add_argument(
        "--format",
        choices=[_AUTO, *FORMATS],
        default=_AUTO,
        help="of the report on standard output (default: text, with the annotations that the CI system understands)",
    )
    shown.add_argument("--output", metavar="FILE", help="write that report to a file")
    shown.add_argument(
        "--report", metavar="FORMAT=FILE", action="append", default=[], help="one more report; may be given repeatedly"
    )
    shown.add_argument("--previous", metavar="FILE", help="the last run's report in the format json, to compare with")
    shown.add_argument("--color", choices=CHOICES, default="auto", help="colour (default: auto)")


def open_reports(stack: ExitStack, options: Namespace, system: str) -> Reporter:
    """One reporter for all that was asked for. Raises UsageError, and BylineError for files that cannot be written."""
    more = [_parsed(text) for text in options.report]
    name = "text" if options.format == _AUTO else options.format
    output = stack.enter_context(open_output(options.output, name, options.color))
    in_log = bool(system) and options.output in (None, "-")
    reporters = [make_reporter(name, safe_in_log(output, name) if in_log else output)]
    if options.format == _AUTO and in_log and system in _IN_LOG:
        reporters.append(make_reporter(_IN_LOG[system], output))
    if options.format == _AUTO and os.environ.get("GITHUB_STEP_SUMMARY") and _IN_LOG.get(system) == "github":
        stream = stack.enter_context(open_step_summary(os.environ["GITHUB_STEP_SUMMARY"]))
        reporters.append(make_reporter("markdown", Output(stream)))
    for format_name, path in more:
        opened = open_output(path, format_name, option=f"--report {format_name}=FILE")
        reporters.append(make_reporter(format_name, stack.enter_context(opened)))
    return Several(reporters)


def _parsed(text: str) -> tuple[str, str]:
    name, equals, path = text.partition("=")
    if name not in FORMATS:
        from difflib import get_close_matches

        close = get_close_matches(name, FORMATS, 1)
        hint = f"; did you mean {close[0]}?" if close else ""
        raise UsageError(f"there is no report format {name}{hint}", f"The formats are {', '.join(FORMATS)}.")
    if not equals or not path:
        raise UsageError(f"--report {text} names no file", f"Write it as --report {name}=FILE.")
    return name, path
