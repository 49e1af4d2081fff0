"""The pre-receive hook: judge a whole push before any of its refs change. One refusal refuses all of it."""

import sys
from collections.abc import Sequence

from byline.commands.stages.server import guard
from byline.repository.received import read_received


def run(arguments: Sequence[str], policy: str | None) -> int:  # noqa: ARG001
    """Judge the refs on standard input."""
    return guard("pre-receive", lambda: read_received(sys.stdin.buffer), policy)
