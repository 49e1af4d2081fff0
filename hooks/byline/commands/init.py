"""`byline init`: a first policy for a repository."""

import os
import sys
from argparse import Namespace
from collections.abc import Sequence

from byline.commands.arguments import Parser
from byline.commands.init_hooks import add_hooks
from byline.commands.init_survey import survey
from byline.errors import EXIT_OK, BylineError, UsageError
from byline.policy.load import find_policy
from byline.policy.starter import STANCES, Starter, starter_policy
from byline.reporters.dialogue import Dialogue
from byline.reporters.notices import say
from byline.reporters.survey_text import Done, Found, done_text, survey_text
from byline.repository.discovery import discover
from byline.repository.files import read_policy_candidate
from byline.repository.location import Repository

FILE = "byline.toml"

_SUMMARY = "Look at the repository, ask a few questions, and write a first policy (byline.toml)."
_EXAMPLES = """\
examples:
  byline init                          ask
  byline init --yes                    ask nothing: use of AI has to be disclosed
  byline init --preset qemu            start from a policy that byline brings along

Without a terminal nothing is asked. A policy that exists is never overwritten without asking.
"""


def run(arguments: Sequence[str]) -> int:
    """Set byline up. Returns the exit code."""
    options = _options(arguments)
    repository = discover(options.repo)
    if repository.work_tree is None:
        raise BylineError("this repository has no working tree to write to", "Run this in a clone.")
    preset = _preset(options.preset) if options.preset else ""
    dialogue = Dialogue(silent=options.yes or not sys.stdin.isatty())
    found, head = survey(repository)
    say(survey_text(found))
    text = _policy_text(repository, dialogue, head if found.marked else "", preset, options)
    edit = add_hooks(repository, dialogue, options.hooks_from)
    steps = []
    if text:
        _write(repository, text)
        steps.append(Done(f"wrote {FILE}, the policy", f"delete {FILE}"))
    if edit.act is not None:
        edit.act()
        steps.append(edit.done)
    say(done_text(steps, [*edit.advice, *_advice(found, has_policy=bool(text))]))
    return EXIT_OK


def _options(arguments: Sequence[str]) -> Namespace:
    parser = Parser("init", _SUMMARY, _EXAMPLES)
    parser.add_argument("--preset", metavar="NAME[@DATE]", help="start from this one (`byline policy presets`)")
    parser.add_argument("--yes", action="store_true", help="ask nothing and do what would be proposed")
    parser.add_argument("--warn", action="store_true", help="only warn, whatever a commit does")
    parser.add_argument("--repo", metavar="DIR", help="the repository (default: where you are)")
    parser.add_argument(
        "--hooks-from",
        metavar="URL[@REV]",
        default="",
        help="where pre-commit gets byline (default: where this byline was installed from, if that was a repository; "
        "else its hooks run the byline on the PATH)",
    )
    return parser.parse_args(arguments)


def _preset(name: str) -> str:
    """The preset with its date. Raises UsageError."""
    from byline.policy.presets import preset_file

    base, _, date = name.partition("@")
    try:
        return preset_file(base, date).removesuffix(".toml")
    except LookupError as problem:
        raise UsageError(str(problem.args[0]), "`byline policy presets` lists them.") from problem


def _policy_text(repository: Repository, dialogue: Dialogue, marked_head: str, preset: str, options: Namespace) -> str:
    """The text of the policy to write; empty when the one that exists stays.

    `marked_head` is the commit that a baseline would name, empty where nothing needs one.
    """
    existing = find_policy(lambda name: read_policy_candidate(repository, name))
    if existing is not None and existing[0] != FILE:
        say(f"the policy in {existing[0]} stays as it is")
        return ""
    exists = existing is not None or os.path.lexists(os.path.join(repository.work_tree or "", FILE))
    if exists and (dialogue.silent or not dialogue.agrees(f"{FILE} exists. Overwrite it?", proposed=False)):
        say(f"{FILE} exists and stays as it is")
        return ""
    starter = _asked(dialogue, preset)
    binding = starter.preset or starter.stance != "allow"
    question = "Leave the commits up to now out, since some of them carry marks?"
    if binding and marked_head and dialogue.agrees(question, proposed=True):
        starter = starter._replace(baseline=[marked_head])
    if binding and not options.warn and not dialogue.silent:
        options.warn = dialogue.agrees("Only warn at first, and block nothing?", proposed=False)
    return starter_policy(starter._replace(warn_only=options.warn))


def _asked(dialogue: Dialogue, preset: str) -> Starter:
    while not preset:
        answer = dialogue.chooses("What should hold for use of AI?", STANCES, "or the name of a preset, such as fedora")
        if answer in STANCES:
            return Starter(answer)
        try:
            preset = _preset(answer)
        except UsageError as error:
            say(f"{error}. {error.remedy}")
    return Starter(preset=preset)


def _write(repository: Repository, text: str) -> None:
    from byline.actions.whole_files import write_whole
    from byline.commands.judge import judge_by
    from byline.commands.policy_source import PolicyText

    judge_by(PolicyText(FILE, text.encode(), lambda _name: None))
    write_whole(os.path.join(repository.work_tree or "", FILE), text)


def _advice(found: Found, *, has_policy: bool) -> list[str]:
    advice = [f"read {FILE}, change what does not fit, and commit it"] if has_policy else []
    if not found.hooks:
        advice.append("byline install runs byline at every commit and push in this clone")
    if found.ci:
        advice.append(f"let {found.ci[0]} run `byline ci`; a hook in a clone can be passed by")
    return advice
