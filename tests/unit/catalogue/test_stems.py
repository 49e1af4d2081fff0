"""A rough look for stems passes over no literal."""

from hypothesis import given
from hypothesis import strategies as st

from byline.catalogue.load import load_catalogue
from byline.catalogue.needles import line_needles
from byline.catalogue.stems import AT_ONCE, as_stems_are, stems
from byline.model import Surface

WORDS = st.sampled_from(
    ["by", "an", "ai", "gpt", "llm", "claude", "existing", "code", "turn0search", "<", "-", "_", "é"]
)
LITERALS = st.lists(st.lists(WORDS, min_size=1, max_size=4).map(" ".join) | st.text("ab -1", min_size=1, max_size=8))


@given(LITERALS)
def test_where_a_literal_stands_one_of_the_stems_does(texts: list[str]) -> None:
    literals = [text.encode() for text in texts]
    found = stems(literals)
    assert all(any(stem in as_stems_are(literal.upper()) for stem in found) for literal in literals)
    assert all(any(stem in as_stems_are(literal) for literal in literals) for stem in found)


def test_the_bundled_literals_are_looked_for_in_one_pass() -> None:
    literals = [needle.encode() for needle in line_needles(load_catalogue().marks_on(Surface.LINE))]
    assert len(literals) > 3 * AT_ONCE
    assert len(stems(literals)) <= AT_ONCE


def test_words_that_everybody_uses_are_no_stems() -> None:
    found = stems([b"with acmecoder", b"with claude", b"with a llm", b"via an llm", b"existing code", b"existing file"])
    assert not {as_stems_are(text) for text in (b"with", b"with ", b"with a", b"existing", b"existing ")} & set(found)
    assert as_stems_are(b" llm") in found


def test_what_differs_in_digits_alone_has_one_stem() -> None:
    assert len(stems([b"turn%dsearch" % digit for digit in range(10)])) == 1
