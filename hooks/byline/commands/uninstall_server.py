"""`byline uninstall server`: the hooks of `byline install server` taken out, and those from before put back."""

import os
from collections.abc import Sequence
from shlex import quote

from byline.actions.hook_file import hook_content
from byline.actions.install_server import Step, uninstall_server
from byline.actions.server_kinds import KINDS
from byline.actions.server_script import stage_of
from byline.commands.arguments import Parser
from byline.commands.server_target import Target, below, find_target, hooks_base
from byline.commands.stages import SERVER_STAGES
from byline.errors import EXIT_OK
from byline.reporters.notices import say
from byline.repository.discovery import discover
from byline.repository.hooks_directory import receiving_hooks_directory

_SUMMARY = (
    "Take out the hooks that `byline install server` put up, and put back what was there before.\n"
    "Settings (byline.*) and the decision log stay."
)
_EXAMPLES = """\
examples:
  byline uninstall server --kind plain --to /srv/git/project.git
  byline uninstall server --kind gitlab --to /etc/gitaly/custom_hooks

--kind and --to are those of `byline install server`.
"""


def run(arguments: Sequence[str]) -> int:
    """Take the hooks out, and tell what was done and what remains to do. Returns the exit code."""
    parser = Parser("uninstall server", _SUMMARY, _EXAMPLES)
    parser.add_argument("--kind", required=True, choices=list(KINDS), help="the kind of server")
    parser.add_argument("--to", required=True, metavar="DIR", help="where its hooks are, as at the installation")
    parser.add_argument(
        "--stage", action="append", choices=list(SERVER_STAGES), help="only this hook; may be given several times"
    )
    options = parser.parse_args(arguments)
    target = find_target(options.kind, options.to)
    base = hooks_base(target)
    steps = uninstall_server(options.kind, base, options.stage or ())
    if not steps:
        say(f"byline has no hooks for {options.kind} in {base}; nothing to do.")
        return EXIT_OK
    lines = [f"hooks for {options.kind}:", *_shown(steps)]
    remaining = KINDS[options.kind].undo_steps
    if options.kind == "plain" and target.pushed_to is None:
        remaining = ("take core.hooksPath out of git's configuration if no other hooks are there",)
    lines += ["what remains to do:", *(f"  - {step}" for step in remaining)] if remaining else []
    say("\n".join([*lines, "Settings (byline.*) and the decision log stay."]))
    return EXIT_OK


def server_hooks_out(repo: str | None) -> list[str]:
    """Take out what `byline install server` put into a repository itself; what was done, in lines.

    Hooks that other repositories share stay, and are told.
    """
    repository = discover(os.path.abspath(repo) if repo else None)
    shared = os.path.realpath(receiving_hooks_directory(repository))
    steps: list[Step] = []
    for kind in ("plain", "gitlab", "gitea"):
        base = hooks_base(Target(kind, repository.common_dir, repository))
        if below(base, repository.common_dir):
            steps += uninstall_server(kind, base)
    lines = ["hooks of the server:", *_shown(steps), "Settings (byline.*) and the decision log stay."] if steps else []
    if not below(shared, repository.common_dir) and _has_ours(shared):
        lines += [
            f"the server's hooks in {shared} stay, because other repositories may share them; to take them out:",
            f"  byline uninstall server --kind plain --to {quote(shared)}",
        ]
    return lines


def _has_ours(directory: str) -> bool:
    paths = (KINDS["plain"].place(directory, stage) for stage in KINDS["plain"].runs)
    return any(stage_of(hook_content(path) or b"") for path in paths)


def _shown(steps: Sequence[Step]) -> list[str]:
    return [f"  {step.stage:<14}{step.path}: {step.words}" for step in steps]
