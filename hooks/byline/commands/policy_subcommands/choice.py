"""Which policy a subcommand works on."""

from byline.commands.arguments import Parser
from byline.commands.judge import Judge, judge_by
from byline.commands.policy_source import PolicyText, find_policy_by_any_name, find_policy_text
from byline.errors import BylineError
from byline.repository.location import Repository


def add_file(parser: Parser) -> None:
    """The argument that names the policy, and the option that names the repository."""
    parser.add_argument(
        "file",
        nargs="?",
        metavar="FILE|REF:PATH|PRESET",
        help="the policy (default: the repository's own); presets are named as `byline policy presets` lists them",
    )
    parser.add_argument("--repo", metavar="DIR", help="the repository (default: where you are)")


def chosen_text(repository: Repository | None, name: str | None) -> PolicyText:
    """The policy that was named, or the repository's own. Raises BylineError when it has none."""
    found = find_policy_text(repository, None) if name is None else find_policy_by_any_name(repository, name)
    if found is None:
        raise BylineError(
            "there is no policy here: no byline.toml, no .byline.toml, no [tool.byline] in pyproject.toml",
            'Make one with `byline init`; the shortest is byline.toml with the lines [policy] and ai = "disclose".',
        )
    return found


def chosen_judge(repository: Repository | None, name: str | None, *floors: PolicyText) -> Judge:
    """The judge by that policy. Raises PolicyError with all faults."""
    return judge_by(chosen_text(repository, name), *floors)
