"""What `byline ci` says on standard error: what it compared, and what a reader should know of it."""

from byline.reporters.ci_log import harmless
from byline.reporters.escape import escape
from byline.reporters.interface import ChangeNote
from byline.reporters.notices import tell
from byline.reporters.words import counted

_SHORT = 10


class Notices:
    """Tells sentences that may hold texts from commits. `in_log` says that a CI system reads along."""

    def __init__(self, *, in_log: bool) -> None:
        self._in_log = in_log

    def tell(self, sentence: str) -> None:
        """Say a sentence."""
        tell(harmless(escape(sentence)) if self._in_log else escape(sentence))

    def tell_change(self, note: ChangeNote, commits: int, policy: str, *, fetched: bool) -> None:
        """Say what is judged, by what, and why."""
        what = " ".join(part for part in (note.kind, note.number) if part)
        who = f"{note.system}, {what}" if note.system else what
        span = f"{note.base[:_SHORT]}..{note.head[:_SHORT]}" if note.base else f"up to {note.head[:_SHORT]}"
        self.tell(f"{who}: {counted(commits, 'commit')}, {span}: {note.why}")
        if not policy:
            where = f"on {note.target}" if note.target else "there"
            self.tell(f"there is no policy file {where} (byline.toml), so marks are only noted; nothing is forbidden")
        if fetched:
            self.tell("history that this clone lacked was fetched from its remote")
        for line in note.notes:
            self.tell(line)
