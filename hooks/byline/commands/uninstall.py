"""`byline uninstall`: take byline's plain git hooks out again."""

from collections.abc import Sequence

from byline.actions.install_hooks import uninstall
from byline.commands.arguments import Parser
from byline.commands.hooks_place import hooks_place
from byline.commands.stages import STAGES
from byline.errors import EXIT_OK
from byline.reporters.notices import say

_SUMMARY = "Take out the hooks that `byline install` made, and put back what was there before."


def run(arguments: Sequence[str]) -> int:
    """Uninstall the hooks and tell what was done. Returns the exit code."""
    parser = Parser("uninstall", _SUMMARY)
    parser.add_argument(
        "--stage", action="append", choices=list(STAGES), help="only this hook; may be given several times"
    )
    parser.add_argument("--repo", metavar="DIR", help="the repository (default: where you are)")
    options = parser.parse_args(arguments)
    place = hooks_place(options.repo, outside_is_fine=True)
    steps = uninstall(place.directory, options.stage or list(STAGES))
    if not steps:
        say(f"byline has no hooks in {place.shown}; nothing to do.")
    else:
        say("\n".join([f"hooks in {place.shown}:", *(f"  {step.stage:<19}{step.words}" for step in steps)]))
    return EXIT_OK
