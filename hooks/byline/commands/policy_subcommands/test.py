"""`byline policy test`: the examples of a policy."""

from collections.abc import Sequence

from byline.commands.arguments import Parser
from byline.commands.policy_subcommands.choice import add_file, chosen_judge
from byline.commands.selection import repository_if_any
from byline.errors import EXIT_BLOCKED, EXIT_OK
from byline.policy.examples import run_examples
from byline.reporters.example_results import example_results
from byline.reporters.notices import say
from byline.reporters.output import columns

_SUMMARY = (
    "Run the [[example]]s of a policy: commits described in it, and what must become of them.\n"
    "Ends with exit code 1 when one of them fails."
)


def run(arguments: Sequence[str]) -> int:
    """Run the examples and tell which of them hold. Returns the exit code: 1 when one fails."""
    parser = Parser("policy test", _SUMMARY)
    add_file(parser)
    options = parser.parse_args(arguments)
    judge = chosen_judge(repository_if_any(options.repo), options.file)
    results = run_examples(judge.policy, judge.detection.detect)
    say(example_results(results, judge.file, columns()))
    return EXIT_OK if all(result.holds for result in results) else EXIT_BLOCKED
