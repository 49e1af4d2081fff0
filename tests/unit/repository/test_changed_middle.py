"""What lies outside the changed middle is the same on both sides."""

from hypothesis import example, given
from hypothesis import strategies as st

from byline.repository.changed_middle import changed_middle

short = st.lists(st.sampled_from([b"a", b"b", b"a\n", b"b\n", b"\n", b"c" * 3000, b"c" * 1024 + b"\n"]), max_size=12)
contents = short.map(b"".join)


@given(contents, contents)
@example(b"a\n", b"a\na\n")
@example(b"", b"a")
@example(b"x" * 5000 + b"\n", b"x" * 5000)
def test_only_common_lines_are_left_out(old: bytes, new: bytes) -> None:
    start, old_end, new_end = changed_middle(old, new)
    assert 0 <= start <= old_end <= len(old)
    assert start <= new_end <= len(new)
    assert old[:start] == new[:start]
    assert old[old_end:] == new[new_end:]
    for content, end in ((old, old_end), (new, new_end)):
        assert start == 0 or content[start - 1 : start] == b"\n"
        assert end == len(content) or content[end : end + 1] == b"\n"


@given(contents, st.integers(0, 12), contents)
def test_one_changed_line_is_all_that_is_left(before: bytes, at: int, after: bytes) -> None:
    lines = (before + b"\n" + after).split(b"\n")
    at = at % len(lines)
    old, new = list(lines), list(lines)
    old[at], new[at] = b"<old>", b"[new]"
    start, old_end, new_end = changed_middle(b"\n".join(old), b"\n".join(new))
    assert b"\n".join(old)[start:old_end] == b"<old>"
    assert b"\n".join(new)[start:new_end] == b"[new]"
