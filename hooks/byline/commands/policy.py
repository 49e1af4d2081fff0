"""`byline policy`: what concerns the policy file itself."""

from collections.abc import Sequence
from importlib import import_module

from byline.commands.policy_subcommands import SUBCOMMANDS
from byline.errors import EXIT_OK, UsageError

_HELP = """\
usage: byline policy SUBCOMMAND [OPTIONS]

Works on policy files (byline.toml, .byline.toml or [tool.byline] in pyproject.toml).

{}

`byline policy SUBCOMMAND --help` tells more about each.
Ends with exit code 3 when the policy has faults, and `test` with 1 when an example fails."""


def run(arguments: Sequence[str]) -> int:
    """Run one of the subcommands. Returns the exit code."""
    name = arguments[0] if arguments else "--help"
    if name in ("-h", "--help"):
        from byline.reporters.notices import say

        say(_HELP.format("\n".join(f"  {command:<9}{summary}" for command, summary in SUBCOMMANDS.items())))
        return EXIT_OK
    if name not in SUBCOMMANDS:
        raise UsageError(f"byline policy has no subcommand {name}", f"It has {', '.join(SUBCOMMANDS)}.")
    code: int = import_module(f"byline.commands.policy_subcommands.{name}").run(arguments[1:])
    return code
