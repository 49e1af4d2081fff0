"""From the command line to the command, and the one place where failures end.

Each command reads its own arguments, so that a hook does not wait for the parsers of the others.
"""

import gc
import os
import sys
from importlib import import_module

from byline.commands import COMMANDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn

_ALLOCATIONS_BEFORE_COLLECTING = 100_000


def main(argv: "Sequence[str] | None" = None) -> int:
    """Run byline with the given arguments, or the process's own. Returns the exit code; raises nothing."""
    from byline.errors import EXIT_FAULT, EXIT_INTERRUPTED, EXIT_OK, BylineError

    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        return _run(arguments)
    except BylineError as error:
        from byline.reporters.notices import tell_failure

        tell_failure(str(error), error.remedy)
        return error.exit_code
    except KeyboardInterrupt:
        from byline.reporters.notices import tell

        tell("interrupted")
        return EXIT_INTERRUPTED
    except SystemExit as end:  # argparse has printed a help text
        return end.code if isinstance(end.code, int) else EXIT_OK
    except Exception as fault:
        from byline.reporters.fault_log import tell_fault
        from byline.reporters.reader_gone import ReaderGone

        if isinstance(fault, ReaderGone):
            _close_broken_output()
            return EXIT_INTERRUPTED
        tell_fault(fault, arguments)
        return EXIT_FAULT


def run_process() -> "NoReturn":
    """Run byline as a process of its own, and end it without taking the interpreter apart.

    Collecting garbage while modules load and freeing them all at the end take a sixth of the time of a commit hook;
    so this module itself loads next to none before.
    """
    gc.set_threshold(_ALLOCATIONS_BEFORE_COLLECTING)
    code = main()
    from byline.errors import EXIT_INTERRUPTED

    # without a console, or started with closed streams, there is nothing to write to
    for stream in filter(None, (sys.stdout, sys.stderr)):
        try:
            stream.flush()
        except OSError:
            code = code or EXIT_INTERRUPTED
    os._exit(code)


def _run(arguments: list[str]) -> int:
    name = arguments[0] if arguments else "--help"
    if name in COMMANDS:
        code: int = import_module(f"byline.commands.{name}").run(arguments[1:])
        return code
    from byline.errors import EXIT_OK, UsageError
    from byline.reporters.notices import say

    if name in ("-V", "--version"):
        from byline import __version__

        say(f"byline {__version__}")
        return EXIT_OK
    from byline.commands.overview import overview

    if name in ("-h", "--help", "help"):
        say(overview())
        return EXIT_OK
    raise UsageError(_unknown(name), "`byline --help` lists the commands.")


def _unknown(name: str) -> str:
    from difflib import get_close_matches

    if name.startswith("-"):
        return f"{name} is not an option of byline itself; options stand after the command"
    close = get_close_matches(name, COMMANDS, 1)
    return f"there is no command {name}" + (f"; did you mean {close[0]}?" if close else "")


def _close_broken_output() -> None:
    """Keep Python from complaining at its end about a reader that went away, as in `byline scan | head`."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
