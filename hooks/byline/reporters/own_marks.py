"""What to say of the marks that byline itself sets: they stand for no tool, and the words for tools do not fit them."""

from collections.abc import Mapping

from byline.catalogue.builtin import MARK_REMOVED, STAMP_MISSING, UNSEEN
from byline.frozen import Frozen


class OwnWords(Frozen):
    """Where byline looks for the mark, what it shows, what it does not prove, and when it is a mistake."""

    looked_for: str
    shows: str
    not_proved: str
    mistake: str


OWN_MARKS: Mapping[str, OwnWords] = {
    UNSEEN.id: OwnWords(
        "in a private record of this clone, when the commit is pushed",
        "no hook of byline saw the commit being made",
        "It says nothing about the change, and not that anybody meant to avoid the hooks: they do not run with "
        "--no-verify, in a clone that has none, and where a setting or a tool switches them off for a while.",
        "If hooks of byline did run when the commit was made",
    ),
    MARK_REMOVED.id: OwnWords(
        "in the reflog of this clone, when the commit is pushed: commits of the same content that it took the place of",
        "an earlier version of the commit named the tool",
        "It does not say that the earlier version was right: people also take out what was wrong from the start.",
        "If the earlier version is another commit, or named no tool",
    ),
    STAMP_MISSING.id: OwnWords(
        "in the environment of `git commit` and in its message, by the hooks of a clone only",
        "the line that the tool adds to messages is not in this one",
        "It does not say that the tool made the change: it may only have run git for somebody.",
        "If the tool does not run the commit, or is named in its message",
    ),
}
