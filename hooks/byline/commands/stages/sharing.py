"""After a push was judged: the notes on its commits go along, where `byline install --notes` has set that up."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from byline.errors import BylineError

if TYPE_CHECKING:
    from byline.repository.location import Repository


def share_notes(repository: "Repository", remote: str, shas: Sequence[str]) -> None:
    """Send the notes on these commits. A failure is told and stops nothing."""
    from byline.repository.shared_notes import shared_with

    to = shared_with(repository, remote) if shas else None
    if to is None:
        return
    from byline.commands.notes import send
    from byline.reporters.notices import tell
    from byline.reporters.words import counted

    try:
        sent = send(repository, to, shas)
    except BylineError as error:
        tell(f"the notes on these commits were not sent to {remote}; the push goes on without them: {error}")
        tell(f"to send them later: byline annotate --push {remote} REVISION")
        return
    if sent:
        tell(f"{counted(sent, 'note')} sent to {to.ref} of {remote}")
