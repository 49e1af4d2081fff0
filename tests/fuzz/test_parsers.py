"""No bytes make a parser fail in a way that nobody expects.

BYLINE_FUZZ_EXAMPLES=20000 python -m pytest tests/fuzz        tries more; the default takes seconds
"""

import os
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from byline.errors import BylineError
from fuzz.fragments import FRAGMENTS, USUAL_FRAGMENTS
from fuzz.targets import TARGETS

CASES = Path(__file__).parent / "cases"
MANY = int(os.environ.get("BYLINE_FUZZ_EXAMPLES", "200"))
SOME = MANY * 3 // 10
SLOW = ("detectors", "policy", "configs", "definitions", "event", "ci_variables")


def runs(parser: str, data: bytes) -> None:
    with suppress(BylineError):
        TARGETS[parser](data)


@pytest.mark.parametrize("parser", TARGETS)
def test_any_input_ends_well(parser: str) -> None:
    pieces = st.sampled_from(FRAGMENTS.get(parser, USUAL_FRAGMENTS))

    @settings(max_examples=SOME if parser in SLOW else MANY)
    @given(st.lists(pieces | st.binary(max_size=12), max_size=14).map(b"".join))
    def fuzz(data: bytes) -> None:
        runs(parser, data)

    fuzz()


@pytest.mark.parametrize("path", sorted(CASES.glob("*/*")), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_once_failed_ends_well(path: Path) -> None:
    runs(path.parent.name, path.read_bytes())


@pytest.mark.parametrize("parser", TARGETS)
@pytest.mark.parametrize(
    "data", [b"", b"\n", b"\0", b"\xff", b"\r", b" ", b":", b"\n" * 10_000, b"\0" * 10_000, b"a" * 100_000]
)
def test_the_simplest_input_ends_well(parser: str, data: bytes) -> None:
    runs(parser, data)
