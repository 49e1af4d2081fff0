"""`byline install`: plain git hooks that run byline in this repository."""

from collections.abc import Sequence

from byline.actions.install_hooks import install
from byline.actions.interpreter import hook_interpreter
from byline.commands.arguments import Parser
from byline.commands.hooks_place import hooks_place
from byline.commands.install_notes import planned_sharing, share_notes
from byline.commands.stages import STAGES
from byline.errors import EXIT_OK
from byline.reporters.notices import say

USUAL_STAGES = ("prepare-commit-msg", "commit-msg", "post-commit", "post-rewrite", "pre-push")
"""Every commit is judged once before it is made, noticed when it got past that, and judged again before a push.

What was noted of a commit follows it when it is amended or rebased.
"""

_SUMMARY = (
    "Make plain git hooks that run byline in this repository. With a hook framework such as pre-commit,\n"
    "let the framework start byline instead. Hooks that exist are kept and run first."
)
_EXAMPLES = """\
examples:
  byline install                          at every commit and push
  byline install --stage pre-push         at a push only
  byline install --notes                  and share the notes on commits with the remote
  byline uninstall                        take them out; hooks from before come back
  byline install server --help            hooks for a Git server
"""


def run(arguments: Sequence[str]) -> int:
    """Install the hooks and tell what was done. Returns the exit code."""
    if arguments[:1] == ["server"]:
        from byline.commands.install_server import run as run_server

        return run_server(arguments[1:])
    parser = Parser("install", _SUMMARY, _EXAMPLES)
    parser.add_argument(
        "--stage",
        action="append",
        choices=list(STAGES),
        help=f"only this hook; may be given several times (default: {', '.join(USUAL_STAGES)})",
    )
    parser.add_argument("--repo", metavar="DIR", help="the repository (default: where you are)")
    parser.add_argument(
        "--global-hooks-path",
        action="store_true",
        help="go on when core.hooksPath leads out of the repository, to hooks that others may share",
    )
    parser.add_argument(
        "--notes",
        nargs="?",
        const="",
        metavar="REMOTE",
        help="share byline's notes on commits: git fetch brings those of others, a push sends those on its commits",
    )
    options = parser.parse_args(arguments)
    python = hook_interpreter()
    place = hooks_place(options.repo, outside_is_fine=options.global_hooks_path)
    sharing = None if options.notes is None else planned_sharing(options.repo, options.notes)
    steps = install(place.directory, options.stage or USUAL_STAGES, python)
    lines = [f"hooks in {place.shown}, run with {python}:"]
    lines += [f"  {step.stage:<19}{step.words}" for step in steps]
    if place.in_work_tree:
        lines.append("These files lie in the working tree: do not commit them, they name your own Python.")
    if sharing is not None:
        lines += share_notes(sharing)
    what = "them" if sharing is None else "all of this"
    say("\n".join([*lines, f"`byline uninstall` takes {what} out again."]))
    return EXIT_OK
