"""Options that several commands share, and a parser that reports mistakes as one sentence."""

import argparse
from typing import NoReturn

from byline.errors import UsageError
from byline.model import Place
from byline.reporters import FORMATS
from byline.reporters.style import CHOICES


class Parser(argparse.ArgumentParser):
    """The parser of one command. Raises UsageError where argparse would print and exit."""

    def __init__(self, command: str, summary: str, epilog: str = "") -> None:
        super().__init__(
            prog=f"byline {command}",
            description=summary,
            epilog=epilog,
            allow_abbrev=False,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )

    def error(self, message: str) -> NoReturn:
        """Raise UsageError with the sentence and where to read on."""
        raise UsageError(message, f"`{self.prog} --help` shows what it takes.")


def add_selection(parser: Parser) -> None:
    """The options that say which commits are meant."""
    chosen = parser.add_argument_group("which commits (newest first, as git log lists them)")
    chosen.add_argument(
        "revisions",
        nargs="*",
        metavar="REVISION",
        help="a range such as main..feature, or one commit; with nothing chosen: the whole history of HEAD",
    )
    chosen.add_argument("--all", action="store_true", help="everything that any branch or tag reaches")
    chosen.add_argument(
        "--stdin", action="store_true", help="full commit ids from standard input, one a line, each on its own"
    )
    chosen.add_argument("--staged", action="store_true", help="what is staged for the next commit")
    chosen.add_argument("--message", metavar="FILE", help="a commit message; with --staged, the message of that commit")
    chosen.add_argument("--patch", metavar="FILE", help="a diff or the mails of git format-patch; - for standard input")
    chosen.add_argument("--repo", metavar="DIR", help="the repository (default: where you are)")
    chosen.add_argument(
        "--jobs",
        type=_count,
        metavar="N",
        help="processes that share a long history (default: one for each processor, at most 8)",
    )


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < int(text[:4]) < 257 or len(text) > 3:
        raise argparse.ArgumentTypeError(f"{text} is not a number of processes from 1 to 256")
    return int(text)


def add_policy(parser: argparse._ActionsContainer, purpose: str) -> None:
    """The option that names another policy than the repository's own."""
    parser.add_argument("--policy", metavar="FILE|REF:PATH", help=purpose)


def add_place(parser: argparse._ActionsContainer) -> None:
    """The option that says whose enforcement counts."""
    parser.add_argument(
        "--place",
        choices=[place.value for place in Place],
        help="judge as there; a policy may enforce less in one place than in another "
        "(default: commit for --staged and --message, push for the rest)",
    )


def add_output(parser: Parser) -> None:
    """The options that say how and where the report is written."""
    shown = parser.add_argument_group("the report")
    shown.add_argument(
        "--format",
        choices=list(FORMATS),
        default="text",
        help="text for people (only commits with something to say), json for one document, jsonl for one object a "
        "line and commit, markdown for a page; the others are what the CI systems and tools of these names read "
        "(default: text)",
    )
    shown.add_argument("--output", metavar="FILE", help="write it to a file, which changes only when all is done")
    shown.add_argument(
        "--color", choices=CHOICES, default="auto", help="colour (default: auto, where a terminal has it)"
    )
