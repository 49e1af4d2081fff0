"""The update hook: judge one ref of a push. Refs are refused one by one, unless the pusher asks for --atomic."""

from collections.abc import Sequence

from byline.commands.stages.server import guard
from byline.errors import UsageError
from byline.repository.earlier_hook import run_earlier, split_earlier
from byline.repository.received import ReceivedRef, received_ref


def run(arguments: Sequence[str], policy: str | None) -> int:
    """Judge the ref that git names; further arguments, as gitolite gives to a VREF program, do not matter."""

    earlier, rest = split_earlier(arguments)

    def read() -> Sequence[ReceivedRef]:
        if len(rest) < 3:
            raise UsageError("the update hook needs REF OLD NEW", "git hands them over on the server.")
        return (received_ref(rest[1], rest[2], rest[0]),)

    code = guard("update", read, policy)
    return code or (run_earlier(earlier, rest, b"") if earlier else code)
