"""The message file that git hands to a hook, as the message that git will make of it.

Which lines git drops: https://git-scm.com/docs/git-commit#Documentation/git-commit.txt---cleanupltmodegt
"""

import os
import re
from collections.abc import Mapping, Sequence

from byline.errors import UnreadableInput
from byline.frozen import Frozen
from byline.model import Commit, Identity
from byline.repository.message_text import MessageText, decode_message
from byline.repository.trailers import parse_trailers

LONGEST_MESSAGE = 1 << 20
"""Bytes of a message that are read; more of it counts as not read."""

_SCISSORS = "------------------------ >8 ------------------------"
_AUTOMATIC = "#;@!$%^&|:"


def read_message(path: str, settings: Mapping[str, str], *, edited: bool) -> MessageText:
    """The message in a file, cleaned up as git would after an editor (`edited`) or without one.

    Raises UnreadableInput with one sentence when the file cannot be read.
    """
    try:
        with open(path, "rb") as file:
            raw = file.read(LONGEST_MESSAGE + 1)
    except OSError as error:
        raise UnreadableInput(
            f"the message file {path} cannot be read: {error.strerror}", "Name a file that exists and is readable."
        ) from error
    text, unread = decode_message(raw[:LONGEST_MESSAGE], settings.get("i18n.commitencoding", ""))
    if len(raw) > LONGEST_MESSAGE:
        unread = (*unread, "the message is over 1 MiB long, of which the first MiB was read")
    return MessageText(_cleaned(text, settings, edited=edited), unread)


class Cleanup(Frozen):
    """What git will drop from a message file: what follows the scissors line, and comment lines."""

    mark: str
    drops_comments: bool
    cuts_at_scissors: bool

    def kept(self, lines: Sequence[str]) -> list[int]:
        """The indexes of the lines that git keeps, counted from 0; blank lines are all among them."""
        scissors = f"{self.mark} {_SCISSORS}"
        found = []
        for number, line in enumerate(lines):
            if self.cuts_at_scissors and line.startswith(scissors):
                break
            if not (self.drops_comments and line.startswith(self.mark)):
                found.append(number)
        return found


def cleanup(text: str, settings: Mapping[str, str], *, edited: bool) -> Cleanup:
    """What git will drop from this message file after an editor (`edited`) or without one."""
    mode = settings.get("commit.cleanup", "default")
    strips = mode == "strip" or (mode == "default" and edited)
    return Cleanup(comment_mark(text, settings), strips, cuts_at_scissors=edited)


def editor_opens(environ: Mapping[str, str] | None = None) -> bool:
    """Whether the author sees the message in an editor: git sets `GIT_EDITOR=:` for its hooks when none will open."""
    return (os.environ if environ is None else environ).get("GIT_EDITOR") != ":"


def comment_mark(text: str, settings: Mapping[str, str]) -> str:
    """What begins a comment line in a message file; with `auto`, the one that git's own closing comment shows."""
    mark = settings.get("core.commentstring") or settings.get("core.commentchar") or "#"
    if mark != "auto":
        return mark
    for line in reversed(text.split("\n")):
        if line.strip():
            return line[0] if line[0] in _AUTOMATIC else "#"
    return "#"


def message_commit(path: str, settings: Mapping[str, str] | None = None) -> Commit:
    """A message file alone as a commit without an author and without files. Raises UnreadableInput."""
    text, unread = read_message(path, settings or {}, edited=True)
    nobody = Identity("", "")
    return Commit(None, (), nobody, nobody, text, parse_trailers(text), unread=unread)


def _cleaned(text: str, settings: Mapping[str, str], *, edited: bool) -> str:
    mode = settings.get("commit.cleanup", "default")
    if mode == "default":
        mode = "strip" if edited else "whitespace"
    mark = comment_mark(text, settings)
    if edited and _SCISSORS in text:
        # git cuts here with `commit --verbose` or in the mode of this name, never without an editor
        text = re.split(rf"^{re.escape(mark)} {_SCISSORS}\n", text, maxsplit=1, flags=re.MULTILINE)[0]
    if mode == "verbatim":
        return text
    lines = [line.rstrip(" \t\r") for line in text.split("\n")]
    if mode == "strip":
        lines = [line for line in lines if not line.startswith(mark)]
    return _without_blank_edges(lines)


def _without_blank_edges(lines: list[str]) -> str:
    """Without blank lines around, and never two of them in a row."""
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    while kept and not kept[-1]:
        kept.pop()
    return "\n".join(kept) + "\n" if kept else ""
