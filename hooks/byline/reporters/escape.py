"""Hostile text, made fit for a terminal: what could move the cursor or hide is written out instead.

    control characters, ESC, DEL     \\x1b
    line breaks and tabs             \\n  \\r  \\t
    bytes that were not UTF-8        \\xff
    invisible or direction-changing  \\u200b  \\u202e  \\U000e0041

Everything else, of whatever script, stays as it is.
"""

import re

from byline.lazy_pattern import lazy_pattern

UNSAFE = lazy_pattern(
    "["
    "\x00-\x1f\x7f-\x9f"  # C0, DEL, C1
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"  # soft hyphen, joiners, marks and fillers without width
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f"  # zero width, line separators, bidirectional controls
    "\u3164\ufeff\uffa0\ufff9-\ufffb"  # fillers, byte order mark, interlinear notes
    "\ud800-\udfff"  # bytes that were not text (surrogateescape), halves of characters
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # invisible controls of shorthand and music
    "\U000e0000-\U000e0fff"  # tags and variation selectors: whole texts can hide in them
    "]"
)
_NAMED = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def escape(text: str) -> str:
    """The text on one line, with everything that could act on a terminal or hide from a reader written out."""
    if text.isascii() and text.isprintable():
        return text
    return UNSAFE.sub(_written_out, text)


def escape_lines(text: str) -> str:
    """As `escape`, for text of our own making that may run over several lines."""
    return "\n".join(map(escape, text.split("\n")))


def _written_out(match: re.Match[str]) -> str:
    character = match.group()
    code = ord(character)
    if character in _NAMED:
        return _NAMED[character]
    if 0xDC80 <= code <= 0xDCFF:  # how `surrogateescape` carries the bytes 80 to ff
        return f"\\x{code - 0xDC00:02x}"
    if code < 0x80:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
