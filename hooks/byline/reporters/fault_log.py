"""A fault in byline itself: one line for the user, the whole story in a file."""

import sys
from collections.abc import Sequence

from byline import __version__
from byline.reporters.escape import escape
from byline.reporters.notices import tell

_LONGEST = 200


def tell_fault(fault: Exception, arguments: Sequence[str]) -> None:
    """Say that byline failed, and where the details are; without a place for a file, show the details."""
    import shlex
    import tempfile
    import traceback

    story = f"byline {__version__}, Python {sys.version}\ncommand: byline {shlex.join(arguments)}\n\n" + "".join(
        traceback.format_exception(fault)
    )
    words = escape(f"{type(fault).__name__}: {fault}")[:_LONGEST]
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="byline-fault-", suffix=".log", delete=False, encoding="utf-8", errors="backslashreplace"
        ) as log:
            log.write(story)
    except OSError as reason:
        tell(f"this is a fault in byline ({words}), and no log could be written ({reason}):\n{story}")
    else:
        tell(f"this is a fault in byline, not in your work ({words}); please report it with {log.name}")
