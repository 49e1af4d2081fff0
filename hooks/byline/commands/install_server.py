"""`byline install server`: hooks for a Git server, put up and tried with a push into a scratch repository."""

import os
import stat
from collections.abc import Sequence

from byline.actions.install_server import KINDS, Written, install_server
from byline.actions.interpreter import hook_interpreter
from byline.actions.server_script import server_script
from byline.commands.arguments import Parser
from byline.commands.judge import prepare_judge
from byline.errors import EXIT_OK, BylineError
from byline.reporters.notices import say
from byline.repository.trial_push import trial_pushes

_SUMMARY = "Put up byline's hooks on a Git server, and try them with a push into a scratch repository."
_EXAMPLES = """\
examples:
  byline install server --kind plain --to /srv/git/project.git
  byline install server --kind gitlab --to /etc/gitaly/custom_hooks --policy /etc/byline/policy.toml
  byline install server --kind gitolite --to /home/git/local
  byline install server --kind gerrit --to /srv/gerrit/site

where --to leads, by kind:
"""
_TRIAL_POLICY = b'[policy]\nai = "deny"\n'
_TRIAL_MESSAGES = ("A clean change\n", "A change\n\nCo-authored-by: Claude <noreply@anthropic.com>\n")


class TrialError(BylineError):
    """The hook that was put up does not do its work."""


def run(arguments: Sequence[str]) -> int:
    """Put up the hooks, try them, and tell what was done and what remains to do. Returns the exit code."""
    kinds = "\n".join(f"  {name:<10} {kind.target}" for name, kind in KINDS.items())
    parser = Parser("install server", _SUMMARY, _EXAMPLES + kinds + "\n")
    parser.add_argument("--kind", required=True, choices=list(KINDS), help="the kind of server")
    parser.add_argument("--to", required=True, metavar="DIR", help="where its hooks are, see below")
    parser.add_argument(
        "--stage",
        action="append",
        choices=("pre-receive", "post-receive", "update", "ref-update", "reference-transaction"),
        help="only this hook; may be given several times (default: what the kind of server needs)",
    )
    parser.add_argument(
        "--policy",
        metavar="FILE|REF:PATH",
        help="the server's policy, written into the hook, where no setting and no push can change it "
        "(default: the setting byline.policy, else the policy of each repository's default branch)",
    )
    parser.add_argument("--python", metavar="FILE", help="the Python with byline, as the hook will find it")
    parser.add_argument("--no-trial", action="store_true", help="do not try the hook, as for a Python in a chroot")
    options = parser.parse_args(arguments)
    directory = os.path.abspath(options.to)
    if not os.path.isdir(directory):
        raise BylineError(f"there is no directory {directory}", f"--to is {KINDS[options.kind].target}.")
    if options.policy and (os.path.exists(options.policy) or os.path.isabs(options.policy)):
        options.policy = os.path.abspath(options.policy)
        prepare_judge(None, options.policy)
    python = options.python or hook_interpreter()
    stages = options.stage or KINDS[options.kind].stages
    if not options.no_trial:
        try_out(python)
    written = install_server(options.kind, directory, stages, python, policy=options.policy or "")
    closed = "" if options.no_trial else closed_folder(python, os.stat(directory).st_uid)
    say(_told(options.kind, written, python, closed, tried=not options.no_trial))
    return EXIT_OK


def closed_folder(python: str, owner: int) -> str:
    """A folder above the Python that is closed to the account that owns the repositories; empty if there is none.

    Whoever puts up the hooks is often root, who can enter every folder; the account that git runs as cannot.
    """
    if owner in (0, os.geteuid()):
        return ""
    path = os.path.dirname(os.path.realpath(python))
    while path != os.path.dirname(path):
        found = os.stat(path)
        if found.st_uid != owner and not found.st_mode & stat.S_IXOTH:
            return path
        path = os.path.dirname(path)
    return ""


def try_out(python: str) -> None:
    """Push a clean and a violating commit through the hook. Raises TrialError unless it tells them apart."""
    import tempfile

    with tempfile.NamedTemporaryFile(suffix=".toml") as policy:
        policy.write(_TRIAL_POLICY)
        policy.flush()
        script = server_script("pre-receive", python, policy=policy.name)
        clean, bad = trial_pushes(script, "pre-receive", _TRIAL_MESSAGES)
    if clean.code:
        raise TrialError(f"the trial push of a clean commit was refused:\n{clean.words}", "`byline doctor` tells more.")
    if not bad.code or "this push is refused" not in bad.words:
        raise TrialError(
            f"the trial push of a violating commit was not refused as it should be:\n{bad.words}",
            "`byline doctor` tells more.",
        )


def _told(kind: str, written: Sequence[Written], python: str, closed: str, *, tried: bool) -> str:
    lines = [f"hooks for {kind}, run with {python}:"]
    lines += [f"  {one.stage:<14}{one.path}: {one.words}" for one in written]
    if tried:
        lines.append("tried: a clean push passes, a violating one is refused")
    steps = [*KINDS[kind].next_steps, f"git config --system byline.server {kind}", "byline doctor --repo REPOSITORY"]
    if closed:
        steps.insert(0, f"move Python to where every account may go: {closed}, where it is now, is closed to others")
    return "\n".join([*lines, "what remains to do:", *(f"  - {step}" for step in steps)])
