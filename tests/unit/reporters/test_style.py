import io

import pytest

from byline.reporters.style import paint, wants_colour


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "choice", "environ", "wanted"),
    [
        pytest.param(Terminal(), "auto", {}, True, id="terminal"),
        pytest.param(io.StringIO(), "auto", {}, False, id="pipe"),
        pytest.param(Terminal(), "auto", {"NO_COLOR": "1"}, False, id="NO_COLOR"),
        pytest.param(Terminal(), "auto", {"NO_COLOR": ""}, True, id="empty NO_COLOR"),
        pytest.param(io.StringIO(), "auto", {"FORCE_COLOR": "1"}, True, id="FORCE_COLOR"),
        pytest.param(io.StringIO(), "auto", {"FORCE_COLOR": "0"}, False, id="FORCE_COLOR off"),
        pytest.param(Terminal(), "auto", {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False, id="both: NO_COLOR"),
        pytest.param(Terminal(), "auto", {"TERM": "dumb"}, False, id="dumb terminal"),
        pytest.param(io.StringIO(), "always", {"NO_COLOR": "1"}, True, id="--color always"),
        pytest.param(Terminal(), "never", {"FORCE_COLOR": "1"}, False, id="--color never"),
    ],
)
def test_colour(stream, choice, environ, wanted):
    assert wants_colour(stream, choice, environ) is wanted


def test_paint_changes_nothing_without_colour():
    assert paint("BLOCKED", "blocked", colour=False) == "BLOCKED"
    assert paint("BLOCKED", "blocked", colour=True) == "\x1b[1;31mBLOCKED\x1b[0m"
