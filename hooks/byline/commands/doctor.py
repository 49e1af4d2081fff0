"""`byline doctor`: what is wrong with byline on a server."""

import os
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from byline.commands.arguments import Parser
from byline.commands.server_checks import CHECKS
from byline.commands.server_hook_checks import Patient
from byline.errors import EXIT_NOT_CHECKED, EXIT_OK, BylineError
from byline.reporters.notices import say
from byline.repository.discovery import discover
from byline.repository.hooks_directory import receiving_hooks_directory
from byline.repository.server_environment import isolate

_SUMMARY = "Look for what would keep byline from judging pushes to a repository on a server."
_EXAMPLES = """\
examples:
  byline doctor --repo /srv/git/project.git
  sudo -u git byline doctor --repo /srv/git/project.git     as the account that git runs as

Ends with exit code 3 when something has to be put right.
"""


class Symptom(NamedTuple):
    """What was found: `grade` is good, warning or fault."""

    grade: str
    sentence: str
    remedy: str = ""


def run(arguments: Sequence[str]) -> int:
    """Run every check and tell what each found. Returns the exit code."""
    parser = Parser("doctor", _SUMMARY, _EXAMPLES)
    parser.add_argument("--repo", metavar="DIR", help="the repository on the server (default: where you are)")
    options = parser.parse_args(arguments)
    directory = os.path.abspath(options.repo) if options.repo else None
    repository = discover(directory)
    # git itself goes by the account's own configuration, which byline then leaves aside as a hook does
    folder = receiving_hooks_directory(repository)
    isolate(os.environ)
    os.chdir(repository.git_dir)  # as a hook, so that a name of a file means the same
    patient = Patient(repository, folder)
    symptoms = [symptom for name, check in CHECKS.items() for symptom in _run(name, check, patient)]
    lines = []
    for symptom in symptoms:
        lines.append(f"{symptom.grade:<8} {symptom.sentence}")
        lines += [f"         {symptom.remedy}"] if symptom.remedy else []
    faults = sum(symptom.grade == "fault" for symptom in symptoms)
    warnings = sum(symptom.grade == "warning" for symptom in symptoms)
    say("\n".join([*lines, f"{len(symptoms)} things looked at: {faults} to put right, {warnings} to think about"]))
    return EXIT_NOT_CHECKED if faults else EXIT_OK


def _run(name: str, check: Callable[[Patient], Iterator[tuple[str, str, str]]], patient: Patient) -> Iterator[Symptom]:
    try:
        for found in check(patient):
            yield Symptom(*found)
    except BylineError as error:
        yield Symptom("fault", f"{name}: {error}", error.remedy)
    except OSError as error:
        yield Symptom("fault", f"{name}: {error}")
