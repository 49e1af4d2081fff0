import io
import os
import stat
import sys

import pytest

from byline.errors import BylineError
from byline.reporters.output import open_output, terminal


def test_a_file_holds_the_whole_report(tmp_path):
    place = tmp_path / "report.json"
    with open_output(str(place), "json") as output:
        output.stream.write("é\n")
        assert not place.exists()
    assert place.read_bytes() == "é\n".encode()
    assert os.listdir(tmp_path) == ["report.json"]


def test_a_failure_leaves_the_older_report_and_no_draft(tmp_path):
    place = tmp_path / "report.json"
    place.write_text("older")

    def fail():
        with open_output(str(place), "json") as output:
            output.stream.write("half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert place.read_text() == "older"
    assert os.listdir(tmp_path) == ["report.json"]


def test_a_new_file_can_be_read_by_others_and_an_older_one_keeps_its_permissions(tmp_path):
    mask = os.umask(0o022)
    try:
        for mode, place in ((0o644, tmp_path / "new"), (0o600, tmp_path / "old")):
            if mode == 0o600:
                place.touch(0o600)
            with open_output(str(place), "text") as output:
                output.stream.write("x")
            assert stat.S_IMODE(place.stat().st_mode) == mode
    finally:
        os.umask(mask)


def test_a_link_is_followed_and_stays(tmp_path):
    (tmp_path / "target").write_text("older")
    (tmp_path / "link").symlink_to("target")
    with open_output(str(tmp_path / "link"), "text") as output:
        output.stream.write("newer")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "target").read_text() == "newer"


@pytest.mark.parametrize("name", ["missing/report.json", "file/report.json"])
def test_a_place_that_cannot_be_written_is_one_sentence(tmp_path, name):
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(BylineError, match=r"cannot be written to .*report\.json"),
        open_output(str(tmp_path / name), "json"),
    ):
        pass


def test_a_directory_cannot_be_written(tmp_path):
    with pytest.raises(BylineError, match="cannot be written"), open_output(str(tmp_path), "json"):
        pass


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device that is always full")
def test_a_full_disk_is_one_sentence():
    with pytest.raises(BylineError, match="No space left"), open_output("/dev/full", "text") as output:
        output.stream.write("x" * 100_000)


def test_a_device_takes_what_comes():
    with open_output(os.devnull, "text") as output:
        output.stream.write("x")
    assert stat.S_ISCHR(os.stat(os.devnull).st_mode)


def test_failures_of_others_are_not_taken_for_failures_to_write(tmp_path):
    with pytest.raises(OSError, match="somebody else"), open_output(str(tmp_path / "report"), "text"):
        raise OSError("somebody else")


def test_a_file_has_no_colour_unless_it_is_demanded(tmp_path):
    for choice, coloured in (("auto", False), ("never", False), ("always", True)):
        with open_output(str(tmp_path / "report"), "text", choice) as output:
            assert output.colour is coloured


def test_json_leaves_in_utf_8_whatever_the_locale(monkeypatch):
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    with open_output(None, "jsonl") as output:
        output.stream.write('"é€"\n')
        output.stream.flush()
    assert raw.getvalue() == '"é€"\n'.encode()


def test_text_never_fails_over_the_locale():
    raw = io.BytesIO()
    output = terminal(io.TextIOWrapper(raw, encoding="ascii"), "auto")
    output.stream.write("naïve\n")
    output.stream.flush()
    assert raw.getvalue() == rb"na\xefve" + b"\n"


@pytest.mark.parametrize(("columns", "width"), [("10", 40), ("72", 72), ("400", 100)])
def test_width_follows_the_terminal_within_what_reads_well(monkeypatch, columns, width):
    monkeypatch.setenv("COLUMNS", columns)
    assert terminal(io.TextIOWrapper(io.BytesIO()), "auto").width == width
