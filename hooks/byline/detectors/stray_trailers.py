"""Lines that are trailers in all but place: in the middle of a message, where Git does not take them for trailers.

Squash merges leave them there, and so does text that somebody adds below them. Such a line says less than a trailer
does, so its confidence is one step lower, unless nothing but further trailers stands below it, or it stands in a
paragraph of trailers of one of the commits that GitHub squashed; in a message that reverts a commit it may be that
commit's, and is a hint.
"""

import re
from collections.abc import Callable, Container, Iterator

from byline.catalogue.lookalikes import plain
from byline.catalogue.schema import Mark, TrailerMatch
from byline.detectors.found import LOWERED, finding, shown, spelling
from byline.detectors.message_lines import MessageLine, message_lines
from byline.detectors.trailer_index import Lookup, without_ornament
from byline.lazy_pattern import lazy_pattern
from byline.model import Commit, Confidence, Finding, Surface

_LONGEST = 5000
_TRAILER = lazy_pattern(
    r"(?P<key>[^\W_][\w-]{0,60}(?: [\w-]{1,60}){0,3})\s{0,4}(?:[:=]{1,2}>?|->|→|\|)\s*(?P<value>.*)"
)
_SEPARATORS = (":", "=", "->", "→", "|")
_WITHOUT_COLON = lazy_pattern(
    r"(?P<key>[^\W_][\w-]{0,60}[ _-]by)\s+(?P<value>[^<>:]{0,200}<[^<>\s]{1,200}>)", re.IGNORECASE
)
_MARKUP = lazy_pattern(r"(?:<!--|[*_]{2,3})+(?P<text>.+?)(?:-->|[*_]{2,3})*")
_EMPHASIS = lazy_pattern(r"[*_]{2,3}")
_BEFORE = lazy_pattern(r"(?:(?:\d{1,3}[.)]|\[x\]|#{1,6}|//{1,3}|[,;])\s*|</?[a-z][a-z0-9]{0,9}>)+", re.IGNORECASE)
_TAG_AT_END = lazy_pattern(r"(?:</[a-z][a-z0-9]{0,9}>)+\Z", re.IGNORECASE)
_WRAPPED = {"(": ")", "[": "]"}
_ENDING = lazy_pattern(r"[\s,;|]*(?:\([^()]{0,60}\)[\s,;|]*)?")
_GIT_TRAILER = lazy_pattern(
    r"(?:[a-z0-9-]+|[a-z-]+ (?:authored )?(?:by|with))[ \t]*:[ \t]*\S|\(cherry picked from commit ", re.IGNORECASE
)
_SQUASH_TITLE = lazy_pattern(r"\(#\d{1,9}\)\s*\Z")
_ROLE_ENDINGS = ("by", "with", "from", "author")
_BEGINNINGS = ("[", "#", "/", ",", ";", "<")
_MOST_WORDS_BEYOND = 4
_ENDS_OF_SENTENCES = (".", "!", "?", ";")


_Stray = tuple[MessageLine, str, str]
"""A line with the key and the value that it has."""


def prepare(lookup: Lookup) -> Callable[[Commit], Iterator[Finding]]:
    """A function from a commit to the trailer marks on lines of its message that are not trailers."""

    def detect(commit: Commit) -> Iterator[Finding]:
        trailers = {trailer.line for trailer in commit.trailers}
        message = commit.message or ""
        found = [
            (stray, mark)
            for stray in _stray_trailers(message, trailers)
            for mark, beyond in lookup(*stray[1:])
            if _is_nothing_else(stray, mark, beyond)
        ]
        if found:
            end, squashed = _trailing_from(message), _squashed_trailers(message)
            for stray, mark in found:
                lowered = stray[0].number < end and stray[0].number not in squashed
                yield _finding(mark, stray, lowered=lowered)

    return detect


def _finding(mark: Mark, stray: _Stray, *, lowered: bool) -> Finding:
    line, key, _ = stray
    confidence = LOWERED[mark.confidence] if lowered else mark.confidence
    return finding(
        mark,
        line.text,
        surface=Surface.MESSAGE,
        shows=shown(mark, key),
        confidence=Confidence.HINT if line.copied else confidence,
        line=line.number,
        role=key,
        spelling=spelling(mark, line.text, key),
    )


def _trailing_from(message: str) -> int:
    """The number of the line from which on there is nothing but trailers, in as many paragraphs as there are.

    A row of hyphens, as GitHub puts it above the co-authors of a squash merge, is nothing.
    """
    lines = message.split("\n")
    start = len(lines) + 1
    title = next((number for number, line in enumerate(lines, 1) if line.strip()), 0)
    for number in range(len(lines), title, -1):
        line = lines[number - 1]
        if _GIT_TRAILER.match(line):
            start = number
        elif line.strip(" \t\r-") and not line.startswith((" ", "\t")):
            break
    return start


def _squashed_trailers(message: str) -> set[int]:
    """The numbers of the lines in paragraphs of nothing but trailers, if the message lists commits as GitHub does."""
    lines = message.split("\n")
    if not _SQUASH_TITLE.search(lines[0]) or not any(line.startswith("* ") for line in lines):
        return set()
    found: set[int] = set()
    paragraph: list[int] = []
    for number, line in enumerate([*lines[1:], ""], 2):
        if line.strip():
            paragraph.append(number)
        else:
            if all(_GIT_TRAILER.match(lines[member - 1]) for member in paragraph):
                found.update(paragraph)
            paragraph = []
    return found


def _stray_trailers(message: str, known: Container[int]) -> Iterator[_Stray]:
    """The lines of the form `Key: value` but those that are known; a value that goes on in the next line is joined."""
    lines = message.split("\n")
    for line in message_lines(message):
        if line.number in known or len(line.text) > _LONGEST:
            continue
        text = _without_markup(_read(line.text))
        parted = any(separator in text for separator in _SEPARATORS)
        if not parted and not ("<" in text and "by" in text.lower()):
            continue
        found = _TRAILER.fullmatch(text) if parted else _WITHOUT_COLON.fullmatch(text)
        if found is not None:
            following = lines[line.number][:_LONGEST] if line.number < len(lines) else ""
            value = _joined(found["value"], following)
            if value:
                yield line, found["key"], value


def _read(text: str) -> str:
    return text if text.isascii() and "&" not in text else without_ornament(plain(text))


def _without_markup(text: str) -> str:
    """The line without the comment, the brackets or the bold type around it or around its key, and without a bullet."""
    if text[:1] in _WRAPPED and text.endswith(_WRAPPED[text[0]]) and not text.startswith("[x]"):
        text = text[1:-1].strip()
    lead = _BEFORE.match(text) if text.startswith(_BEGINNINGS) or text[:1].isdecimal() else None
    if lead is not None:
        text = _TAG_AT_END.sub("", text[lead.end() :]).strip()
    marked = _MARKUP.fullmatch(text) if text[:1] in ("<", "*", "_") else None
    return _EMPHASIS.sub("", marked["text"], count=1).strip() if marked is not None else text


def _joined(value: str, following: str) -> str:
    """The value with what the next line adds: an indented one, one that is only an address, or all of the value."""
    if "<" in value:
        return value
    goes_on = following.startswith((" ", "\t", "<")) or (not value and ":" not in following)
    return f"{value} {following.strip()}".strip() if goes_on else value


def _is_nothing_else(stray: _Stray, mark: Mark, beyond: str) -> bool:
    """Whether the line is the trailer and no sentence about it.

    After an address a trailer ends; after a declared name or a key that is proof by itself come a few words, such as
    a version. Where the mark takes any key, the key has to be one that gives somebody credit.
    """
    _, key, value = stray
    match = mark.match
    if not isinstance(match, TrailerMatch):
        return False
    if not match.keys and not key.lower().endswith(_ROLE_ENDINGS):
        return False
    if match.address is not None:
        return not beyond or _ENDING.fullmatch(beyond) is not None
    if match.value:
        return not (len(value.split()) > _MOST_WORDS_BEYOND and value.endswith(_ENDS_OF_SENTENCES))
    return len(beyond.split()) <= _MOST_WORDS_BEYOND and not beyond.endswith(_ENDS_OF_SENTENCES)
