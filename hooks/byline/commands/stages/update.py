"""The update hook: judge one ref of a push. Refs are refused one by one, unless the pusher asks for --atomic."""

from collections.abc import Sequence

from byline.commands.stages.server import guard
from byline.errors import UsageError
from byline.repository.received import ReceivedRef, received_ref


def run(arguments: Sequence[str], policy: str | None) -> int:
    """Judge the ref that git names; further arguments, as gitolite gives to a VREF program, do not matter."""

    def read() -> Sequence[ReceivedRef]:
        if len(arguments) < 3:
            raise UsageError("the update hook needs REF OLD NEW", "git hands them over on the server.")
        return (received_ref(arguments[1], arguments[2], arguments[0]),)

    return guard("update", read, policy)
