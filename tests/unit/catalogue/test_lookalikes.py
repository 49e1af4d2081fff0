"""What compares the same, and what is a disguise."""

import unicodedata

import pytest

from byline.catalogue.confusables import CONFUSABLES
from byline.catalogue.disguises import is_disguised
from byline.catalogue.lookalikes import UNMISTAKABLE, plain


@pytest.mark.parametrize("odds", CONFUSABLES.values(), ids=list(CONFUSABLES))
def test_what_passes_for_ascii_is_compared_as_ascii(odds: str) -> None:
    assert all(len(plain(odd)) == 1 and plain(odd).isascii() for odd in odds)


def test_nobody_needs_the_list_for_what_normalization_does() -> None:
    listed = "".join(CONFUSABLES.values())
    assert len(set(listed)) == len(listed) > 500
    assert not any(unicodedata.normalize("NFKC", odd).isascii() for odd in listed)


@pytest.mark.parametrize("span", UNMISTAKABLE, ids=str)
def test_what_is_said_to_pass_for_nothing_else_does_not(span: range) -> None:
    listed = frozenset("".join(CONFUSABLES.values()))
    for character in map(chr, span):
        assert character not in listed
        assert unicodedata.normalize("NFKC", character).lower() == character
        assert unicodedata.category(character) != "Cf"


@pytest.mark.parametrize(
    "text",
    [
        "Cо-authored-by",
        "Со-authored",
        "noreply@аnthropic.com",
        "Co\u200bauthor",
        "𝐂𝐥𝐚𝐮𝐝𝐞",
        "Ｃlaude",
        "ab\u202eba",
        "Ꭺnthropic",
        "cl\u2060aude",
    ],
)
def test_disguised(text: str) -> None:
    assert is_disguised(text)
    assert is_disguised(f"Ada Example, {text} and others")


@pytest.mark.parametrize(
    "text",
    [
        "Işık Yıldız <isik@example.com>",
        "Иван Петров",
        "Роса<rosa@example.ru>",
        "Οδυσσέας",
        "naïve café",
        "Co‑authored‑by： X",
        "👨‍💻 Generated with",
        "⚡️ Made",
        "1️⃣ step",
        "ＡＩ ＧＰＴ",
        "10 µs, x², nº 5",
        "Claude\u200e <a@b.example>",
        "С++",
        "Co\u00adauthored",
        "שלום \u2067Claude\u2069",
        "می\u200cخواهم",
        "",
    ],
)
def test_not_disguised(text: str) -> None:
    assert not is_disguised(text)
