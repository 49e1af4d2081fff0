"""The pre-receive hook: judge a whole push before any of its refs change. One refusal refuses all of it."""

import sys
from collections.abc import Sequence
from io import BytesIO

from byline.commands.stages.server import guard
from byline.repository.earlier_hook import run_earlier, split_earlier
from byline.repository.received import read_received


def run(arguments: Sequence[str], policy: str | None) -> int:
    """Judge the refs on standard input; what passes goes on to the hook that was there before, if there is one."""
    earlier, rest = split_earlier(arguments)
    data = sys.stdin.buffer.read()
    code = guard("pre-receive", lambda: read_received(BytesIO(data)), policy)
    return code or (run_earlier(earlier, rest, data) if earlier else code)
