"""Looking through many commits at once points out what looking at each of them does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from byline.catalogue.literals import finder
from byline.detectors.first_look import said_in, telling
from byline.repository.commit_object import parse_commit

FIND = finder(["made by acme", "bot@acme.example", "acme-session:"], long_run=False)

HEADER = b"tree %s\nauthor Ada <ada@example.org> 1700000000 +0100\ncommitter Ada <ada@example.org> 1700000000 +0100\n"
MESSAGES = [
    "Fix",
    "Made by Acme",
    "made  by\tACME",
    "made\n by\n  acme",
    "made\n\n by acme",
    "made\nby acme",
    "made \n by acme \r\n",
    "Mаde by Acme",  # Cyrillic а
    "Ma\u200bde by Acme",
    "Co-authored-by: X <bot＠acme.example>",
    "größer\x1b[1mbot@acme.\x1b[0mexample",
    "a\0made by acme",
    "acme-session: \udcff",
    "",
]


def raw(message: str, *, extra: bytes = b"") -> bytes:
    return HEADER % (b"1" * 40) + extra + b"\n" + message.encode("utf-8", "surrogateescape")


def apart(raws: list[bytes]) -> set[int]:
    return {place for place, one in enumerate(raws) if FIND(said_in(parse_commit("0" * 40, one)))}


@given(st.lists(st.sampled_from(MESSAGES) | st.text(st.sampled_from("madebycAC \n\t\r\0é"), max_size=30)))
def test_every_commit_that_tells_something_is_pointed_out(messages: list[str]) -> None:
    raws = [raw(message) for message in messages]
    unclear = {place for place, one in enumerate(raws) if b"\0" in one}
    assert telling(raws, FIND) == apart(raws) | unclear


@pytest.mark.parametrize("place", range(len(MESSAGES)))
def test_it_is_pointed_out_among_others(place: int) -> None:
    others = [raw("Change something\n")] * 3
    found = telling([*others, raw(MESSAGES[place]), *others], FIND)
    assert found == ({3} if apart([raw(MESSAGES[place])]) or "\0" in MESSAGES[place] else set())


def test_a_message_in_another_encoding_is_left_for_a_look_of_its_own() -> None:
    assert telling([raw("Fix"), raw("Fix", extra=b"encoding UTF-16\n")], FIND) == {1}


def test_nothing_is_found_in_no_commits() -> None:
    assert telling([], FIND) == set()
