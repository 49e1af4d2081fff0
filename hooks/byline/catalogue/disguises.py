"""Tells a text that was written so as not to be recognised from one that merely isn't plain ASCII.

Nobody gets these into a word by typing: a letter of another script among ASCII letters for which it passes, an
invisible character between two letters, a letter written as its number in HTML, and characters that make letters run
backwards. What keyboards, word processors and input methods do by themselves is no disguise: accents, typographic
hyphens and blanks, a fullwidth colon, joiners in emoji, soft hyphens. Neither are words of another script, nor letters
of the Latin one (`ı`).
"""

import re

from byline.catalogue.lookalikes import plain
from byline.lazy_pattern import lazy_pattern

_WRITTEN_OUT = lazy_pattern(
    r"\w[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]\w|&#(?:0{0,3}(?:4[568]|5[0-8]|6[4-9]|[7-9]\d|1[01]\d|12[0-2])|x0{0,3}(?:2[de]|3[0-9a]|[46][0-9a-f]|[57][0-9a]));",
    re.IGNORECASE,
)
_WORD = lazy_pattern(r"""[^\s<>()\[\]"',;:/=@]+""")
_TURNING = frozenset("\u202d\u202e")
_SOFT_HYPHEN = "\u00ad"
_LONGEST = 5000


def is_disguised(text: str) -> bool:
    """Whether a part of the text passes for something else. Looks at the first few thousand characters."""
    may_be_written_out = "&#" in text or not text.isprintable()
    if may_be_written_out and _WRITTEN_OUT.search(text, 0, _LONGEST):
        return True
    return not text.isascii() and any(
        _is_word_disguised(word) for word in _WORD.findall(text[:_LONGEST]) if not word.isascii()
    )


def _is_word_disguised(word: str) -> bool:
    letters = [character for character in word if character.isalpha()]
    foreign = [character for character in letters if not character.isascii()]
    if foreign and all(map(_passes_for_ascii, foreign)):
        return len(foreign) < len(letters) or all(map(_is_styled, foreign))
    return any(
        character in _TURNING or _is_hidden(character, word[index - 1 : index], word[index + 1 : index + 2])
        for index, character in enumerate(word)
        if not character.isascii()
    )


def _passes_for_ascii(letter: str) -> bool:
    """Whether a letter of another script, or one of mathematics, looks like one of ASCII."""
    import unicodedata

    folded = plain(letter)
    is_latin = unicodedata.name(letter, "").startswith("LATIN ") or unicodedata.decomposition(letter).startswith("<su")
    return len(folded) == 1 and folded.isascii() and not is_latin


def _is_styled(letter: str) -> bool:
    """Whether it is an ASCII letter in a typeface of its own, as mathematics has them."""
    import unicodedata

    return unicodedata.decomposition(letter).startswith("<font>")


def _is_hidden(character: str, before: str, after: str) -> bool:
    """Whether an invisible character stands inside of what reads as one word of ASCII."""
    seen = before.isascii() and before.isalnum() and after.isascii() and after.isalnum()
    return seen and character != _SOFT_HYPHEN and not plain(character)
