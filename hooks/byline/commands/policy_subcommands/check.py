"""`byline policy check`: the faults of a policy, or what it says."""

from collections.abc import Sequence

from byline.commands.arguments import Parser
from byline.commands.policy_subcommands.choice import add_file, chosen_judge
from byline.commands.selection import repository_if_any
from byline.errors import EXIT_OK
from byline.model import Place
from byline.reporters.notices import say
from byline.reporters.output import columns
from byline.reporters.policy_text import policy_page

BLOCK = "block"
"""What is enforced where a policy says nothing else."""


def run(arguments: Sequence[str]) -> int:
    """Read the policy as every other command would, and tell what it says. Returns the exit code."""
    parser = Parser("policy check", "Report every fault of a policy at once, or say in plain words what it asks for.")
    add_file(parser)
    options = parser.parse_args(arguments)
    judge = chosen_judge(repository_if_any(options.repo), options.file)
    levels = {place: judge.policy.enforce[place][0] if place in judge.policy.enforce else BLOCK for place in Place}
    say(policy_page(judge.policy, judge.file, levels, columns()))
    judge.tell_notices()
    return EXIT_OK
