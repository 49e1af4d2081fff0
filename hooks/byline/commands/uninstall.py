"""`byline uninstall`: take byline's plain git hooks out again."""

from collections.abc import Sequence

from byline.actions.install_hooks import uninstall
from byline.commands.arguments import Parser
from byline.commands.hooks_place import hooks_place
from byline.commands.install_notes import stop_sharing
from byline.commands.stages import STAGES
from byline.errors import EXIT_OK
from byline.reporters.notices import say

_SUMMARY = (
    "Take out the hooks that `byline install` made, and put back what was there before. Notes are shared no longer."
)


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
    lines = [f"hooks in {place.shown}:", *(f"  {step.stage:<19}{step.words}" for step in steps)] if steps else []
    lines += [] if options.stage else stop_sharing(options.repo)
    say("\n".join(lines or [f"byline has no hooks in {place.shown}; nothing to do."]))
    return EXIT_OK
