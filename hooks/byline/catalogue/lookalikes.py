"""Texts that look the same compare the same: letter case, invisible characters and foreign look-alikes are taken out.

What looks alike is what Unicode says (https://www.unicode.org/reports/tr39/, `confusables.CONFUSABLES`); where a letter
passes for several, the pairs below decide. Accents stay: they can be seen.
"""

import re

from byline.lazy_pattern import lazy_pattern

_PAIRS = (
    ("авсеһіјкмнорѕтухԁԛԝѵ", "abcehijkmhopstyxdqwv"),  # Cyrillic, small
    ("АВСЕНІЈКМОРЅТУХԚԜѴ", "abcehijkmopstyxqwv"),  # Cyrillic, capital
    ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "abezhikmnoptyx"),  # Greek, capital
    ("αικνορυχ", "aiknopux"),  # Greek, small
    ("ոսօցհ", "nuogh"),  # Armenian
    ("ıɑɡɩʏᴄᴏᴜᴠᴡᴢ", "iagiycouvwz"),  # Latin beyond ASCII
    ("ᴀʙᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴘʀꜱᴛ", "abdefghijklmnprst"),  # Latin, small capitals
    ("‐‑‒–—―−⁃", "--------"),
    ("∶ː꞉׃", "::::"),
    ("‹〈⟨", "<<<"),
    ("›〉⟩", ">>>"),
    ("。｡", ".."),  # full stops that browsers take for the one in a host name, too
)
_ANSI = lazy_pattern(r"\x1b\[[0-9;?]*[ -/]*[@-~]")
_CONTROLS = "\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1c\x1d\x1e\x1f\x7f"
"""No text holds them. NUL parts texts that are looked through together."""
_NO_CONTROLS = dict.fromkeys(map(ord, _CONTROLS))
UNMISTAKABLE = (range(0x4E00, 0xA000), range(0x2600, 0x276E), range(0x1F300, 0x1F650), range(0x1F900, 0x1FA00))
"""Ideographs and emoji, as in the names and stamps of tools, that pass for nothing else. To find out takes time."""
_INVISIBLE = frozenset("\u034f\u115f\u1160\u2800\u3164\uffa0")
"""Letters and a pattern without ink, beside what Unicode calls format characters."""
_OVERLAYS = frozenset(map(chr, (*range(0x0334, 0x0339), *range(0x20D2, 0x20E6))))
"""Strokes through the character before and circles around it, which no keyboard has."""
_ENTITY = r"(?i)&(?:#0{0,3}(?P<number>[1-9]\d{1,5})|#x0{0,3}(?P<hex>[1-9a-f][0-9a-f]{1,4})|(?P<name>[a-z]{2,7}));"
_NAMED = {
    "lt": "<",
    "gt": ">",
    "amp": "&",
    "nbsp": " ",
    "commat": "@",
    "colon": ":",
    "hyphen": "-",
    "period": ".",
    "shy": "",
}


class _Table(dict[int, str]):
    """Code point to what it is compared as; filled as characters are met, at most one entry a character.

    Characters are decomposed one at a time: Unicode normalization of a whole text takes quadratic time on long
    runs of combining characters, which a commit message may be made of.
    """

    _listed: dict[str, str] | None = None

    def __missing__(self, point: int) -> str:
        if point < 0x80 or any(point in span for span in UNMISTAKABLE):
            self[point] = chr(point).lower()
            return self[point]
        import unicodedata  # late: most commits are plain ASCII

        character = chr(point)
        if unicodedata.category(character) == "Cf" or _is_without_ink(character):
            folded = ""
        else:
            decomposed = unicodedata.normalize("NFKC", character)
            folded = decomposed.lower() if decomposed.isascii() else self._look_alike(character)
        self[point] = folded
        return folded

    def _look_alike(self, character: str) -> str:
        if self._listed is None:
            from byline.catalogue.confusables import CONFUSABLES

            self._listed = {odd: plain for plain, odds in CONFUSABLES.items() for odd in odds}
        return self._listed.get(character) or character.lower()


_table = _Table({ord(odd): plain for odds, plains in _PAIRS for odd, plain in zip(odds, plains, strict=True)})


def _is_without_ink(character: str) -> bool:
    variation = "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
    return variation or character in _INVISIBLE or character in _OVERLAYS


def _of_entity(entity: re.Match[str]) -> str:
    """The character that an HTML entity stands for; one that is not printed, or that nobody knows, stays as it is."""
    if entity["name"]:
        return _NAMED.get(entity["name"].lower(), entity[0])
    point = int(entity["number"]) if entity["number"] else int(entity["hex"], 16)
    return chr(point) if point <= 0x10FFFF and chr(point).isprintable() else entity[0]


def plain(text: str) -> str:
    """`text` in lower case, without invisible characters and terminal colours, look-alikes replaced by ASCII."""
    if "\x1b" in text:
        text = _ANSI.sub("", text)
    if "&" in text:
        text = re.sub(_ENTITY, _of_entity, text)
    if not text.isprintable() and any(control in text for control in _CONTROLS):
        text = text.translate(_NO_CONTROLS)
    return text.lower() if text.isascii() else text.translate(_table)
