"""Puts the message of a commit in the making right, where the policy asks for disclosure and something is due."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

from byline.detectors.key_spelling import is_spelt_like
from byline.model import Commit
from byline.repository.message_file import LONGEST_MESSAGE, cleanup, comment_mark, editor_opens, read_message
from byline.repository.trailers import parse_trailers

if TYPE_CHECKING:
    from byline.actions.disclose_in_message import Amended
    from byline.commands.judge import Judge

PROMISE = "byline: this line is added to your message, unless you delete it here:"
"""Stands in a comment above the lines that are due, while there is no message yet."""

INDENT = "    "
"""Stands before each of those lines."""

_LONGEST_KEY = 60
_OFF = ("false", "no", "off", "0")
_PLAIN_ENCODINGS = ("", "utf-8", "utf8", "ascii", "us-ascii", "latin-1", "latin1")


def amending(
    judge: "Judge", message_file: str, settings: dict[str, str], commits: Iterable[Commit], done: "list[Amended]"
) -> Iterator[Commit]:
    """The commits with the message as it is after it was put right. For most of them nothing is due, nor loaded.

    What was changed is put into `done`.
    """
    for commit in commits:
        if may_need_amending(judge, commit):
            yield _amended(judge, message_file, settings, commit, done)
        else:
            yield commit


def may_need_amending(judge: "Judge", commit: Commit) -> bool:
    """A quick look: whether the policy writes at all, and anything was found or looks like a disclosure."""
    trailers = judge.policy.trailers
    if not (judge.policy.files and trailers.write and (trailers.disclose or trailers.drop)):
        return False
    keys = {form.key.lower() for form in trailers.disclose}.union(trailers.drop)
    return _has_key(commit.message or "", keys) or bool(judge.detection.detect(commit))


def _has_key(message: str, keys: Iterable[str]) -> bool:
    """Whether a line begins like one of the keys, misspelt perhaps."""
    starts = {key[0] for key in keys}
    for line in message.lower().split("\n"):
        written, colon, _ = line.strip().partition(":")
        may_be = colon and written[:1] in starts and len(written) < _LONGEST_KEY
        if may_be and any(is_spelt_like(written, key) for key in keys):
            return True
    return False


def _amended(
    judge: "Judge", message_file: str, settings: dict[str, str], commit: Commit, done: "list[Amended]"
) -> Commit:
    text = readable(message_file, settings)
    if text is None:
        return commit
    edited = editor_opens()
    agreed = _promised(text, comment_mark(text, settings)) if edited else ()
    amended = amend(judge, message_file, text, commit, settings, add=not edited, agreed=agreed)
    if amended is None or amended.text == text:
        return commit
    done.append(amended)
    message, unread = read_message(message_file, settings, edited=edited)
    return commit._replace(message=message, trailers=parse_trailers(message), unread=(*commit.unread, *unread))


def _promised(text: str, mark: str) -> Sequence[str]:
    """The lines that stand in the comment below the promise to add them, as far as the author has left both there."""
    if PROMISE not in text:
        return ()
    rows = [row.rstrip() for row in text.split("\n")]
    if f"{mark} {PROMISE}" not in rows:
        return ()
    below = rows[rows.index(f"{mark} {PROMISE}") + 1 :]
    start = f"{mark} {INDENT}"
    return [row.removeprefix(start) for row in takewhile(lambda row: row.startswith(start), below)]


def readable(message_file: str, settings: dict[str, str]) -> str | None:
    """The message file as text, every byte kept; None where it is too long or in an encoding that is not like ASCII."""
    encoding = settings.get("i18n.commitencoding", "").lower()
    if settings.get("byline.write", "").lower() in _OFF:
        return None
    if encoding not in _PLAIN_ENCODINGS and not encoding.startswith(
        ("iso-8859", "iso8859", "windows-", "cp125", "koi8")
    ):
        return None
    with open(message_file, "rb") as file:
        raw = file.read(LONGEST_MESSAGE + 1)
    return None if len(raw) > LONGEST_MESSAGE or b"\0" in raw else raw.decode("utf-8", "surrogateescape")


def amend(
    judge: "Judge",
    message_file: str,
    text: str,
    commit: Commit,
    settings: dict[str, str],
    *,
    add: bool,
    agreed: Sequence[str] = (),
) -> "Amended | None":
    """Put the file right and say so. None, also said, when the file cannot be written: it is then as it was."""
    from byline.actions.disclose_in_message import amend_message

    drops = cleanup(text, settings, edited=editor_opens())
    amended = amend_message(text, drops, commit, judge.detection.detect, judge.policy, add=add, agreed=agreed)
    if amended.text == text:
        return amended
    from byline.actions.replace_file import replace_file
    from byline.reporters.amendment_text import tell_amendment, tell_unchanged

    try:
        replace_file(message_file, amended.text.encode("utf-8", "surrogateescape"))
    except OSError as error:
        tell_unchanged(_after(amended), f"{message_file} cannot be written: {error.strerror}")
        return None
    changes = [(change.before, change.after) for change in amended.changes]
    rules = [rule for change in amended.changes for rule in change.rules]
    refused_by = [change.refused_by for change in amended.changes if change.refused_by and not change.after]
    tell_amendment(changes, rules, refused_by)
    return amended


def _after(amended: "Amended") -> Sequence[str]:
    return [change.after for change in amended.changes if change.after]
