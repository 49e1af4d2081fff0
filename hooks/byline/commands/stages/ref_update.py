"""The ref-update hook of Gerrit's hooks plugin: judge one ref that somebody pushes directly.

Also serves as commit-received, which Gerrit starts for every commit of a push, reviews (`refs/for/`) included; there
the branch is the one that `--cmdref` names. Options: the plugin's documentation, Documentation/hooks.md.
"""

from collections.abc import Sequence

from byline.commands.stages.server import guard
from byline.errors import UsageError
from byline.repository.earlier_hook import run_earlier, split_earlier
from byline.repository.received import ReceivedRef, received_ref

_HINT = "Gerrit hands over --refname REF --oldrev OLD --newrev NEW."


def run(arguments: Sequence[str], policy: str | None) -> int:
    """Judge the ref that Gerrit's options name. Options that byline does not know are Gerrit's newer ones."""
    earlier, rest = split_earlier(arguments)
    options = long_options(rest)
    name, email = options.get("uploader-username", ""), options.get("uploader", "")
    named = (name, "--uploader-username") if name else (email, "--uploader")

    def read() -> Sequence[ReceivedRef]:
        missing = [option for option in ("oldrev", "newrev") if option not in options]
        ref = options.get("cmdref") or options.get("refname", "")
        if missing or not ref:
            raise UsageError("the ref-update hook lacks what it is to judge", _HINT)
        full = ref if ref.startswith("refs/") else f"refs/heads/{ref}"
        return (received_ref(options["oldrev"], options["newrev"], full),)

    code = guard("ref-update", read, policy, named_pusher=named if named[0] else None)
    return code or (run_earlier(earlier, rest, b"") if earlier else code)


def long_options(arguments: Sequence[str]) -> dict[str, str]:
    """`--name value` and `--name=value`; the last one counts."""
    found: dict[str, str] = {}
    waiting = iter(arguments)
    for word in waiting:
        name, equals, value = word.partition("=")
        if name.startswith("--"):
            found[name.removeprefix("--")] = value if equals else next(waiting, "")
    return found
