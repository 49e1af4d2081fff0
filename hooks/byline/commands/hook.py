"""`byline hook STAGE`: what git and the pre-commit framework start.

Read without argparse, which would take a third of the time that an ordinary commit may cost.
"""

from collections.abc import Sequence
from importlib import import_module

from byline.commands.stages import SERVER_STAGES, STAGES
from byline.errors import EXIT_OK, UsageError

_HINT = "`byline hook --help` lists the stages."


def run(arguments: Sequence[str]) -> int:
    """Run one stage with the arguments git gave. Returns the exit code: 0, 1 blocked, 3 could not check."""
    rest = list(arguments)
    policy = None
    stage = ""
    while rest and (rest[0].startswith("-") or not stage):
        if stage in SERVER_STAGES and rest[0].partition("=")[0] != "--policy":
            break
        word = rest.pop(0)
        name, equals, value = word.partition("=")
        if word == "--":
            break
        if word in ("-h", "--help"):
            return _help()
        if name == "--policy":
            if not equals and not rest:
                raise UsageError("--policy needs a file or REF:PATH", _HINT)
            policy = value if equals else rest.pop(0)
        elif word.startswith("-"):
            raise UsageError(f"byline hook does not know the option {word}", _HINT)
        else:
            stage = word
    if stage not in STAGES and stage not in SERVER_STAGES:
        raise UsageError(f"there is no stage {stage}" if stage else "byline hook needs a stage", _HINT)
    if stage in STAGES:
        from byline.repository.discovery import ask_ahead

        ask_ahead()
    module = import_module(f"byline.commands.stages.{stage.replace('-', '_')}")
    code: int = module.run(rest, policy)
    return code


def _help() -> int:
    from byline.reporters.notices import say

    stages = "\n".join(f"  {name:<23}{summary}" for name, summary in {**STAGES, **SERVER_STAGES}.items())
    say(
        "usage: byline hook STAGE [--policy FILE|REF:PATH] [ARGUMENTS OF GIT ...]\n\n"
        "Runs as a Git hook: prints nothing unless there is something to say. `byline install` and the\n"
        f"pre-commit framework start it; to check by hand, use `byline check`.\n\nstages:\n{stages}\n\n"
        "Ends with exit code 0 to let the operation go on, 1 when the policy blocks it, and 3 when it\n"
        'could not be checked (0 if the policy says on-error = "allow").'
    )
    return EXIT_OK
