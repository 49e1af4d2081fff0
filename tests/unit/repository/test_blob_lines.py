"""Lines worth decoding: found wherever they are, whole, with the right number, however the content arrives."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from byline.catalogue.literals import finder
from byline.repository import blob_lines
from byline.repository.blob_lines import HitLine, TooManyLinesError, hit_lines, streamed_hit_lines
from byline.repository.long_lines import LONGEST_LINE

FIND = finder(["mark", "trace left"], long_run=False)


def plainly(data: bytes) -> list[HitLine]:
    """The lines as a reader would count them."""
    return [
        HitLine(number, line)
        for number, line in enumerate(data.split(b"\n"), 1)
        if b"mark" in line.lower() or b"trace left" in line.lower()
    ]


lines = st.sampled_from([b"", b"plain", b"a mark", b"MARK mark", b"trace left\r", b"m" * 30, b"\xff mark\0", b"x" * 90])
texts = st.builds(lambda parts, end: b"\n".join(parts) + end, st.lists(lines), st.sampled_from([b"", b"\n"]))
long_parts = st.lists(
    st.tuples(st.integers(0, 9000), st.sampled_from([b"mark", b"\n", b"trace left", "märk mаrk".encode(), b"\n\n"])),
    max_size=4,
)
long_texts = long_parts.map(lambda parts: b"".join(b"." * count + what for count, what in parts))


@given(texts)
def test_every_line_that_holds_something_is_found_whole_and_numbered(data: bytes) -> None:
    assert hit_lines(data, FIND) == plainly(data)


@given(long_texts, st.lists(st.integers(300, 9000), min_size=1))
@example(b"." * 4096 + b"mark", [300])
@example(b"mark" * 3000, [1500])
def test_how_the_content_arrives_makes_no_difference(data: bytes, sizes: list[int]) -> None:
    chunks, at = [], 0
    while at < len(data):
        size = sizes[len(chunks) % len(sizes)]
        chunks.append(data[at : at + size])
        at += size
    assert streamed_hit_lines(chunks, FIND) == hit_lines(data, FIND)


@given(long_texts)
def test_every_place_in_a_long_line_lies_whole_in_a_piece_with_room_on_both_sides(data: bytes) -> None:
    found = hit_lines(data, FIND)
    assert all(len(hit.text) <= LONGEST_LINE for hit in found)
    for number, line in enumerate(data.split(b"\n"), 1):
        pieces = [hit.text for hit in found if hit.number == number]
        for needle in (b"mark", b"trace left"):
            at = line.find(needle)
            while at >= 0:
                around = line[max(0, at - 1000) : at + 1000]
                assert any(around in piece for piece in pieces)
                at = line.find(needle, at + 1)


def test_a_mark_far_into_a_long_line_is_found() -> None:
    data = b"." * 1_000_000 + b"mark" + b"." * 1_000_000
    found = streamed_hit_lines((data[at : at + 65536] for at in range(0, len(data), 65536)), FIND)
    assert found
    assert all(b"mark" in hit.text for hit in found)


def test_nothing_is_found_in_nothing() -> None:
    assert hit_lines(b"", FIND) == streamed_hit_lines([], FIND) == streamed_hit_lines([b"", b""], FIND) == []


def test_more_lines_than_are_kept_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blob_lines, "MOST_LINES", 3)
    data = b"mark\n" * 3
    assert len(hit_lines(data, FIND)) == len(streamed_hit_lines([data], FIND)) == 3
    with pytest.raises(TooManyLinesError):
        hit_lines(data + b"mark", FIND)
    with pytest.raises(TooManyLinesError):
        streamed_hit_lines([data, b"mark"], FIND)
