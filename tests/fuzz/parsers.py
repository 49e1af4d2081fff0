"""The parsers of what an attacker may have written, as functions from bytes. Each ends well or with BylineError."""

import os
import tempfile
from collections.abc import Callable
from functools import cache
from io import BytesIO

from byline.catalogue.literals import finder
from byline.catalogue.load import Catalogue, load_catalogue
from byline.detectors import Detection, prepare
from byline.model import AddedLine, FileChange
from byline.policy.load import parse_policy
from byline.repository.blob_lines import TooManyLinesError, hit_lines, streamed_hit_lines
from byline.repository.changed_middle import changed_middle
from byline.repository.commit_object import parse_commit
from byline.repository.configuration import parse_configuration
from byline.repository.message_file import read_message
from byline.repository.message_text import decode_message
from byline.repository.patch_input import commits_in_patch
from byline.repository.patch_paths import unquoted_path
from byline.repository.push_updates import read_updates
from byline.repository.search import Search
from byline.repository.trailers import parse_trailers

FIND = finder(["mark", "claude", "generated"], long_run=False)
SEARCH = Search(lambda _data: [], FIND, lambda path: path.endswith(".toml"))


@cache
def catalogue() -> Catalogue:
    """The marks that byline brings."""
    return load_catalogue()


@cache
def detection() -> Detection:
    """What finds them."""
    return prepare(catalogue())


def message(data: bytes) -> None:
    """The first line is the encoding that the commit claims."""
    encoding, _, rest = data.partition(b"\n")
    text, _ = decode_message(rest, encoding.decode("ascii", "replace"))
    trailers(text.encode("utf-8", "surrogatepass"))


def trailers(data: bytes) -> None:
    text = data.decode("utf-8", "surrogateescape")
    lines = text.split("\n")
    for trailer in parse_trailers(text):
        assert lines[trailer.line - 1].startswith(trailer.key)
        assert "\n" not in trailer.value


def message_file(data: bytes) -> None:
    """The first line is the comment mark, the second the mode of cleaning."""
    mark, _, rest = data.partition(b"\n")
    mode, _, rest = rest.partition(b"\n")
    settings = {"core.commentchar": mark.decode("latin-1"), "commit.cleanup": mode.decode("latin-1")}
    handle, path = tempfile.mkstemp()
    try:
        os.write(handle, rest)
        os.close(handle)
        for edited in (True, False):
            read_message(path, settings, edited=edited)
    finally:
        os.unlink(path)


def commit_object(data: bytes) -> None:
    commit = parse_commit("1" * 40, data)
    assert commit.message is not None
    assert "\n" not in commit.author.name


def detectors(data: bytes) -> None:
    """A commit with this message, and a file with this name and these lines."""
    text = data.decode("utf-8", "surrogateescape")
    header = b"tree " + b"1" * 40 + b"\nauthor " + data.replace(b"\n", b" ")
    commit = parse_commit("1" * 40, header + b"\n\n" + data)
    lines = tuple(AddedLine(text[:50], number, line) for number, line in enumerate(text.split("\n"), 1))
    for finding in detection().detect(commit._replace(changes=(FileChange(text[:50], "A"),), added_lines=lines)):
        assert catalogue().mark(finding.mark) is not None


def patch(data: bytes) -> None:
    for commit in commits_in_patch(data, "patch", SEARCH):
        assert all("\n" not in line.text for line in commit.added_lines)


def patch_path(data: bytes) -> None:
    unquoted_path(data.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")


def blob(data: bytes) -> None:
    """The first byte says where the content breaks."""
    size = 1 + (data[0] if data else 0) * 40
    try:
        whole = hit_lines(data, FIND)
    except TooManyLinesError:
        return
    assert streamed_hit_lines([data[at : at + size] for at in range(0, len(data), size)], FIND) == whole


def two_blobs(data: bytes) -> None:
    """Two contents around a NUL."""
    old, _, new = data.partition(b"\0")
    start, old_end, new_end = changed_middle(old, new)
    assert old[:start] == new[:start]
    assert old[old_end:] == new[new_end:]


def configuration(data: bytes) -> None:
    parse_configuration(data)


def push(data: bytes) -> None:
    read_updates(BytesIO(data))


def policy(data: bytes) -> None:
    parse_policy(data, "byline.toml", catalogue())


PARSERS: dict[str, Callable[[bytes], None]] = {
    parser.__name__: parser
    for parser in (
        message, trailers, message_file, commit_object, detectors, patch, patch_path, blob, two_blobs, configuration,
        push, policy,
    )
}  # fmt: skip
