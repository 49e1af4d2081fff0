"""Every line that holds a literal is reported, by either engine, in data of any size."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from byline.catalogue import literals
from byline.catalogue.literals import finder, spotter
from byline.catalogue.lookalikes import plain

ENGINES = ["automaton", "alternation", "one by one"]


def choose(engine: str, patch: pytest.MonkeyPatch) -> None:
    """Have finders that are not for a long run search in this way."""
    patch.setattr(literals, "_LITTLE", 0 if engine != "one by one" else 1 << 30)
    if engine == "alternation":
        patch.setitem(sys.modules, "ahocorasick_rs", None)


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    choose(request.param, monkeypatch)


def lines_hit(data: bytes, hits: list[tuple[int, int]]) -> set[int]:
    return {data.count(b"\n", 0, start) for start, _ in hits}


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("long_run", [False, True])
def test_hits_are_where_the_literals_stand(long_run: bool) -> None:
    data = b"one\nNoReply@Anthropic.COM and noreply@anthropic.com\nthree\n...cursoragent@cursor.com"
    hits = finder(["noreply@anthropic.com", "cursoragent@cursor.com"], long_run=long_run)(data)
    assert [data[start:end] for start, end in hits] == [b"NoReply@Anthropic.COM", b"cursoragent@cursor.com"]


@pytest.mark.usefixtures("engine")
def test_without_literals_nothing_is_found() -> None:
    assert finder([], long_run=True)(b"anything") == []
    assert finder([""], long_run=False)(b"anything") == []
    assert list(spotter([])(["anything"])) == []


@pytest.mark.usefixtures("engine")
def test_nothing_is_found_in_nothing() -> None:
    assert finder(["needle"], long_run=False)(b"") == []


NEEDLES = st.lists(st.text("ab.", min_size=1, max_size=4), max_size=6)


@pytest.mark.parametrize("long_run", [False, True])
@pytest.mark.parametrize("engine_name", ENGINES)
@given(needles=NEEDLES, lines=st.lists(st.text("abAB. ", max_size=12), max_size=8), piece=st.integers(1, 9))
def test_every_line_with_a_literal_is_reported(
    engine_name: str, long_run: bool, needles: list[str], lines: list[str], piece: int
) -> None:
    data = "\n".join(lines).encode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(literals, "PIECE", piece)
        choose(engine_name, patch)
        hits = finder(needles, long_run=long_run)(data)
        spotted = set(spotter(needles)(lines))
    holding = {(n, needle) for n, line in enumerate(lines) for needle in needles if needle in line.lower()}
    assert lines_hit(data, hits) == {number for number, _ in holding}
    assert spotted == holding
    assert hits == sorted(hits)
    assert all(data[start:end].lower().decode() in needles for start, end in hits)


def test_a_line_full_of_hits_is_reported_once_or_little_more() -> None:
    data = b"needle" * 1_000_000
    assert len(finder(["needle"], long_run=True)(data)) == 1


def test_data_that_is_no_utf8_is_searched() -> None:
    data = b"\xff\xfe \xe9t\xe9 noreply@anthropic.com \x00"
    assert finder(["noreply@anthropic.com"], long_run=False)(data)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Co\u2011Authored\u2011By：", "co-authored-by:"),
        ("Сlаudе", "claude"),
        ("Cla\u200bude", "claude"),
        ("\x1b[1mClaude\x1b[0m Code", "claude code"),
        ("Ｃｌａｕｄｅ", "claude"),
        ("Clàude", "clàude"),
        ("🤖 Ok", "🤖 ok"),
        ("\udcff\ud800 A", "\udcff\ud800 a"),
    ],
)
def test_plain(text: str, expected: str) -> None:
    assert plain(text) == expected


def test_many_combining_characters_take_no_longer_than_others() -> None:
    """Normalizing the text as a whole would sort them, in quadratic time."""
    text = "a" + "\u0300\u0316" * 500_000
    assert len(plain(text)) == len(text)
