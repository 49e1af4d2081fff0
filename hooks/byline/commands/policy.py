"""`byline policy`: what concerns the policy file itself."""

from collections.abc import Callable, Mapping, Sequence

from byline.commands.arguments import Parser, columns
from byline.commands.judge import prepare_judge
from byline.commands.selection import repository_if_any
from byline.errors import EXIT_OK, BylineError, UsageError
from byline.model import Place
from byline.reporters.notices import say
from byline.reporters.policy_text import policy_page

BLOCK = "block"
"""What is enforced where a policy says nothing else."""

_HELP = """\
usage: byline policy check [FILE|REF:PATH] [--repo DIR]

Works on the policy file (byline.toml, .byline.toml or [tool.byline] in pyproject.toml).

  check     report every fault of the file at once, or say in plain words what it asks for

Ends with exit code 3 when the policy has faults."""


def run(arguments: Sequence[str]) -> int:
    """Run one of the subcommands. Returns the exit code."""
    name = arguments[0] if arguments else "--help"
    if name in ("-h", "--help"):
        say(_HELP)
        return EXIT_OK
    if name not in SUBCOMMANDS:
        raise UsageError(f"byline policy has no subcommand {name}", f"It has {', '.join(SUBCOMMANDS)}.")
    return SUBCOMMANDS[name](arguments[1:])


def check(arguments: Sequence[str]) -> int:
    """Read the policy as every other command would, and tell what it says. Returns the exit code."""
    parser = Parser("policy check", "Report every fault of a policy at once, or say in plain words what it asks for.")
    parser.add_argument("file", nargs="?", metavar="FILE|REF:PATH", help="the policy (default: the repository's own)")
    parser.add_argument("--repo", metavar="DIR", help="the repository (default: where you are)")
    options = parser.parse_args(arguments)
    judge = prepare_judge(repository_if_any(options.repo), options.file)
    if not judge.file:
        raise BylineError(
            "there is no policy here: no byline.toml, no .byline.toml, no [tool.byline] in pyproject.toml",
            'The shortest one is a byline.toml with the two lines [policy] and ai = "disclose".',
        )
    levels = {place: judge.policy.enforce[place][0] if place in judge.policy.enforce else BLOCK for place in Place}
    say(policy_page(judge.policy, judge.file, levels, columns()))
    return EXIT_OK


SUBCOMMANDS: Mapping[str, Callable[[Sequence[str]], int]] = {"check": check}
"""Name to what it runs."""
