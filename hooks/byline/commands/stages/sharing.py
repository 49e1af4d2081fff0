"""After a push was judged: the notes on its commits go along, where `byline install --notes` has set that up."""

from collections.abc import Iterable, Iterator

from byline.errors import BylineError
from byline.model import Commit
from byline.repository.location import Repository
from byline.repository.shared_notes import shared_with


class NotesOfPush:
    """The notes on the commits of one push, and the remote that they are shared with."""

    def __init__(self, repository: Repository, remote: str) -> None:
        self._repository = repository
        self._to = shared_with(repository, remote)
        self._shas: list[str] = []

    def passing(self, commits: Iterable[Commit]) -> Iterator[Commit]:
        """The commits, of which those are remembered whose notes are to be sent."""
        for commit in commits:
            if self._to is not None and commit.sha is not None:
                self._shas.append(commit.sha)
            yield commit

    def send(self) -> None:
        """Send the notes on the commits that have passed. A failure is told and stops nothing."""
        if self._to is None or not self._shas:
            return
        from byline.commands.notes import send
        from byline.reporters.notices import tell
        from byline.reporters.words import counted

        remote, ref = self._to
        try:
            sent = send(self._repository, self._to, self._shas)
        except BylineError as error:
            tell(f"the notes on these commits were not sent to {remote}; the push goes on without them: {error}")
            tell(f"to send them later: byline annotate --push {remote} REVISION")
            return
        if sent:
            tell(f"{counted(sent, 'note')} sent to {ref} of {remote}")
