"""JSON that every strict parser takes and that is harmless when printed to a terminal.

Texts from a commit may hold bytes that are not UTF-8, which JSON cannot carry. Such a byte is written `\\xNN` inside
the string, and nothing is lost by it: backslashes in front of such a spelling are doubled, so an odd number of them
means a byte and an even number means that the text really said so. All other text stays as it is; characters that
act on terminals use JSON's own \\u escapes and come back unchanged from any parser.
"""

import json
import re

from byline.reporters.escape import UNSAFE

_SPELLING = re.compile("\\\\+(?=x[89a-f][0-9a-f]|ud[89a-f][0-9a-f]{2}|[\ud800-\udfff])")
_SURROGATE = re.compile("[\ud800-\udfff]")


def dumps(value: object) -> str:
    """The value as JSON on one line. Every text in it must have gone through `json_text`."""
    return UNSAFE.sub(_json_escape, json.dumps(value, ensure_ascii=False))


def json_text(text: str) -> str:
    """The text without lone surrogates, reversibly."""
    if "\\" in text:
        text = _SPELLING.sub(lambda match: match.group() * 2, text)
    try:
        text.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub(_byte, text)
    return text


def _byte(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\x{code - 0xDC00:02x}" if 0xDC80 <= code <= 0xDCFF else f"\\u{code:04x}"


def _json_escape(match: re.Match[str]) -> str:
    units = match.group().encode("utf-16-be")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))
