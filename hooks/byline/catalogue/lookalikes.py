"""Texts that look the same compare the same: letter case, invisible characters and foreign look-alikes are taken out.

What looks alike is what Unicode says (https://www.unicode.org/reports/tr39/, `confusables.CONFUSABLES`); where a letter
passes for several, the pairs below decide. Accents stay: they can be seen.
"""

import re

_PAIRS = (
    ("авсеһіјкмнорѕтухԁԛԝѵ", "abcehijkmhopstyxdqwv"),  # Cyrillic, small
    ("АВСЕНІЈКМОРЅТУХԚԜѴ", "abcehijkmopstyxqwv"),  # Cyrillic, capital
    ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "abezhikmnoptyx"),  # Greek, capital
    ("αικνορυχ", "aiknopux"),  # Greek, small
    ("ոսօցհ", "nuogh"),  # Armenian
    ("ıɑɡɩʏᴄᴏᴜᴠᴡᴢ", "iagiycouvwz"),  # Latin beyond ASCII
    ("‐‑‒–—―−⁃", "--------"),
    ("∶ː꞉׃", "::::"),
    ("‹〈⟨", "<<<"),
    ("›〉⟩", ">>>"),
)
_ANSI = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]")


class _Table(dict[int, str]):
    """Code point to what it is compared as; filled as characters are met, at most one entry a character.

    Characters are decomposed one at a time: Unicode normalization of a whole text takes quadratic time on long
    runs of combining characters, which a commit message may be made of.
    """

    _listed: dict[str, str] | None = None

    def __missing__(self, point: int) -> str:
        import unicodedata  # late: most commits are plain ASCII

        character = chr(point)
        if unicodedata.category(character) == "Cf" or 0xFE00 <= point <= 0xFE0F or point == 0x034F:
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


def plain(text: str) -> str:
    """`text` in lower case, without invisible characters and terminal colours, look-alikes replaced by ASCII."""
    if "\x1b" in text:
        text = _ANSI.sub("", text)
    return text.lower() if text.isascii() else text.translate(_table)
