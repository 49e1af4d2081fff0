"""`byline policy show`: the policy that holds in the end."""

from collections.abc import Sequence

from byline.commands.arguments import Parser
from byline.commands.policy_source import PolicyText, find_policy_text
from byline.commands.policy_subcommands.choice import add_file, chosen_judge
from byline.commands.selection import repository_if_any
from byline.errors import EXIT_OK
from byline.reporters.notices import say
from byline.reporters.policy_lines import policy_lines
from byline.repository.location import Repository

_SUMMARY = "Show the policy as it holds after everything it extends, each line with the file and line it comes from."


def run(arguments: Sequence[str]) -> int:
    """Show the effective policy as TOML. Returns the exit code."""
    parser = Parser("policy show", _SUMMARY)
    add_file(parser)
    parser.add_argument(
        "--floor",
        metavar="FILE|REF:PATH",
        help="a policy that this one can only tighten (default: byline.floor of the server's settings)",
    )
    options = parser.parse_args(arguments)
    repository = repository_if_any(options.repo)
    judge = chosen_judge(repository, options.file, *_floors(repository, options.floor))
    say(policy_lines(judge.policy))
    return EXIT_OK


def _floors(repository: Repository | None, name: str | None) -> list[PolicyText]:
    if name is None and repository is not None:
        from byline.repository.server_settings import read_server_settings

        name = read_server_settings(repository).floor
    found = find_policy_text(repository, name) if name else None
    return [] if found is None else [found]
