"""`byline uninstall`: take byline's hooks out of a repository again."""

from collections.abc import Sequence

from byline.actions.install_hooks import uninstall
from byline.commands.arguments import Parser
from byline.commands.hooks_place import hooks_place
from byline.commands.install_notes import stop_sharing
from byline.commands.stages import STAGES
from byline.commands.uninstall_server import run as run_server
from byline.commands.uninstall_server import server_hooks_out
from byline.errors import EXIT_OK
from byline.reporters.notices import say

_SUMMARY = (
    "Take out the hooks that `byline install` and `byline install server` made in this repository, and put back\n"
    "what was there before. Notes are shared no longer."
)
_EXAMPLES = """\
examples:
  byline uninstall                                out of the repository where you are
  byline uninstall --repo /srv/git/project.git    out of one on a server
  byline uninstall server --help                  out of a server's folders for many repositories
"""


def run(arguments: Sequence[str]) -> int:
    """Uninstall the hooks and tell what was done. Returns the exit code."""
    if arguments[:1] == ["server"]:
        return run_server(arguments[1:])
    parser = Parser("uninstall", _SUMMARY, _EXAMPLES)
    parser.add_argument(
        "--stage", action="append", choices=list(STAGES), help="only this hook; may be given several times"
    )
    parser.add_argument("--repo", metavar="DIR", help="the repository (default: where you are)")
    options = parser.parse_args(arguments)
    place = hooks_place(options.repo, outside_is_fine=True)
    steps = uninstall(place.directory, options.stage or list(STAGES))
    lines = [f"hooks in {place.shown}:", *(f"  {step.stage:<19}{step.words}" for step in steps)] if steps else []
    lines += [] if options.stage else [*stop_sharing(options.repo), *server_hooks_out(options.repo)]
    say("\n".join(lines or [f"byline has no hooks in {place.shown}; nothing to do."]))
    return EXIT_OK
