"""`byline install server`: hooks for a Git server, put up and tried with a push into a scratch repository."""

import os
import stat
from collections.abc import Iterator, Sequence
from shlex import quote

from byline.actions.install_server import install_server
from byline.actions.interpreter import hook_interpreter
from byline.actions.server_kinds import KINDS
from byline.actions.server_script import server_script
from byline.commands.arguments import Parser
from byline.commands.judge import prepare_judge
from byline.commands.policy_source import is_blob
from byline.commands.server_target import Target, check_target, find_target, hooks_base
from byline.commands.stages import SERVER_STAGES
from byline.errors import EXIT_OK, BylineError, UsageError
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
        choices=list(SERVER_STAGES),
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
    target = find_target(options.kind, options.to)
    check_target(target)
    stages = options.stage or KINDS[options.kind].stages
    _check_stages(options.kind, stages)
    policy = "" if options.policy is None else _checked_policy(options.policy, target)
    python = options.python or hook_interpreter()
    if not options.no_trial:
        try_out(python)
    base = hooks_base(target)
    steps = install_server(options.kind, base, stages, python, policy=policy)
    lines = [f"hooks for {options.kind}, run with {python}:"]
    lines += [f"  {step.stage:<14}{step.path}: {step.words}" for step in steps]
    if not options.no_trial:
        lines.append("tried: a clean push passes, a violating one is refused")
    closed = "" if options.no_trial else closed_folder(python, os.stat(target.directory).st_uid)
    remaining = [*_missing_runners(options.kind, base, stages), *_next_steps(target, policy, closed)]
    lines += ["what remains to do:", *(f"  - {step}" for step in remaining)]
    undo = f"byline uninstall server --kind {options.kind} --to {quote(target.directory)}"
    say("\n".join([*lines, f"`{undo}` takes them out again."]))
    return EXIT_OK


def _check_stages(kind: str, stages: Sequence[str]) -> None:
    runs = KINDS[kind].runs
    for stage in stages:
        if stage not in runs:
            raise UsageError(f"a server of the kind {kind} never runs {stage}", f"It can run {', '.join(runs)}.")


def _checked_policy(option: str, target: Target) -> str:
    """The policy as the hook is to name it, after it was read. Raises BylineError for one that cannot be used."""
    if is_blob(option):
        if target.pushed_to is not None:
            prepare_judge(target.pushed_to, option)
        return option
    path = os.path.abspath(option)
    prepare_judge(None, path)
    return path


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


def _missing_runners(kind: str, base: str, stages: Sequence[str]) -> Iterator[str]:
    """Gitea's own hooks run what is in NAME.d; without them nothing does."""
    for stage in stages:
        own = os.path.join(base, stage)
        if kind in ("gitea", "forgejo") and not os.access(own, os.X_OK):
            yield f"have {kind} write its own {own}, which is missing and runs {stage}.d: {kind} admin regenerate hooks"


def _next_steps(target: Target, policy: str, closed: str) -> Iterator[str]:
    if closed:
        yield f"move Python to where every account may go: {closed}, where it is now, is closed to others"
    if target.kind == "plain" and target.pushed_to is None:
        yield (
            "no repository is here, so git runs these hooks only where core.hooksPath leads here; for all of a "
            f"machine: git config --system core.hooksPath {quote(target.directory)}"
        )
    if policy and is_blob(policy) and target.pushed_to is None:
        yield f"see that every repository has {policy}, which could not be looked at: without it each push is refused"
    if policy and not is_blob(policy) and target.kind == "ghes":
        yield f"put the policy into the environment as well, as {policy}"
    yield from KINDS[target.kind].next_steps
    yield f"git config --system byline.server {target.kind}"
    one = target.pushed_to
    yield f"byline doctor --repo {quote(one.common_dir) if one is not None else 'REPOSITORY'}"
