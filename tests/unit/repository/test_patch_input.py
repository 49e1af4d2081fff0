"""Patches in the forms that git prints, and what people make of them."""

import base64
import quopri

import pytest

from byline.catalogue.literals import finder
from byline.errors import UnreadableInput
from byline.model import Commit, FileChange
from byline.repository import patch_hunks, patch_input, patch_lines
from byline.repository.patch_input import commits_in_patch
from byline.repository.patch_paths import unquoted_path
from byline.repository.search import Search
from real_git import RealRepository

SEARCH = Search(lambda _data: [], finder(["mark"], long_run=False), lambda path: path.endswith(".toml"))
DIFF = b"diff --git a/a b/a\n--- a/a\n+++ b/a\n@@ -1 +1,2 @@\n one\n+a mark\n"


def commits(data: bytes) -> list[Commit]:
    return list(commits_in_patch(data, "the patch", SEARCH))


def one(data: bytes) -> Commit:
    (commit,) = commits(data)
    return commit


def texts(commit: Commit) -> list[tuple[str, int, str]]:
    return [(line.path, line.number, line.text) for line in commit.added_lines]


@pytest.fixture
def series(repository: RealRepository) -> RealRepository:
    """Three commits with names, messages and contents that are awkward in a mail."""
    repository.commit("First", {"a": "one\n", "set.toml": "x = 1\n"})
    repository.git("config", "user.name", "Zoë Ünï")
    repository.commit(
        f"{'Ein langer Betreff mit Ümläuten ' * 5}\n\nBody: é\n\nKey: value\nKey: other\n", {"a": "one\nmark é\r\n"}
    )
    repository.commit(
        "[PATCH] in brackets\n\nFrom: nobody\n---\nmore\n\nKey: x\n",
        {"b": "mark\n-- \nx\n", "set.toml": "y = 'mark'\n"},
    )
    return repository


def test_mails_of_format_patch(series: RealRepository) -> None:
    mails = series.git_bytes("format-patch", "--stdout", "HEAD~2")
    first, second = commits(mails)
    assert first.sha == series.git("rev-parse", "HEAD~1")
    assert first.author.email == "ada@example.com"
    assert (
        first.message
        == series.git_bytes("log", "-1", "--format=%B", "HEAD~1")
        .decode()
        .rstrip("\n")
        .replace("Ümläuten \n", "Ümläuten\n")
        + "\n"
    )
    assert [str(trailer) for trailer in first.trailers] == ["Key: value", "Key: other"]
    assert texts(first) == [("a", 2, "mark é")]
    assert texts(second) == [("b", 1, "mark"), ("set.toml", 1, "y = 'mark'")]
    assert second.unread == ("set.toml: a patch shows only a part of this configuration file",)


@pytest.mark.parametrize("option", ["--attach", "--inline"])
def test_mails_with_the_patch_attached(series: RealRepository, option: str) -> None:
    mail = series.git_bytes("format-patch", "--stdout", option, "-1")
    assert ("b", "mark") in [(line.path, line.text) for line in one(mail).added_lines]


def test_a_mail_in_another_transfer_encoding(series: RealRepository) -> None:
    mail = series.git_bytes("format-patch", "--stdout", "-1", "HEAD~1")
    head, _, body = mail.partition(b"\n\n")
    head = head.replace(b"Content-Transfer-Encoding: 8bit", b"Content-Transfer-Encoding: quoted-printable")
    assert b"quoted-printable" in head
    assert texts(one(head + b"\n\n" + quopri.encodestring(body))) == [("a", 2, "mark é")]


def test_git_show(series: RealRepository) -> None:
    first, second = commits(series.git_bytes("log", "--patch", "-2"))
    assert (first.sha, second.sha) == tuple(series.git("rev-list", "-2", "HEAD").split())
    assert second.author.email == "ada@example.com"
    assert [str(trailer) for trailer in second.trailers] == ["Key: value", "Key: other"]
    assert texts(second) == [("a", 2, "mark é\r")]


def test_a_plain_diff(series: RealRepository) -> None:
    commit = one(series.git_bytes("diff", "HEAD~2", "HEAD"))
    assert commit.sha is None
    assert commit.message == ""
    assert ("b", 1, "mark") in texts(commit)
    assert commit.changes == (FileChange("a", "M"), FileChange("b", "A"), FileChange("set.toml", "M"))


def test_a_diff_without_git(series: RealRepository) -> None:
    assert texts(one(b"--- old/a\t2024-01-01\n+++ new/a\t2024-01-02\n@@ -0,0 +1 @@\n+mark\n")) == [("new/a", 1, "mark")]


def test_a_renamed_file_a_moved_line_and_a_copy(series: RealRepository) -> None:
    series.commit("Rename", {"b": None, "c": "mark\n-- \nx\n"})
    renamed = series.git_bytes("show", "--no-renames")
    assert texts(one(renamed)) == []
    assert texts(one(series.git_bytes("show", "--find-renames"))) == []
    series.commit("Copy", {"d": "mark\n-- \nx\n"})
    assert texts(one(series.git_bytes("show", "--no-renames"))) == [("d", 1, "mark")]


def test_what_a_patch_cannot_show_is_told(series: RealRepository) -> None:
    series.commit("Binary", {"image": b"\0\1mark"})
    assert one(series.git_bytes("show")).unread == ("image: a binary change cannot be searched in a patch",)
    assert one(series.git_bytes("show", "--binary")).unread == ("image: a binary change cannot be searched in a patch",)


def test_a_mail_that_ends_before_its_diff_is_told(series: RealRepository) -> None:
    mail = series.git_bytes("format-patch", "--stdout", "HEAD~1")
    diff = mail.index(b"\ndiff --git") + 1
    head = mail.index(b"\n\n") + 1
    assert "the mail ends before its diff" in one(mail[:diff]).unread
    assert "the mail ends before its diff" in one(mail[:head]).unread
    assert "the mail ends before its diff" not in one(mail).unread
    series.git("commit", "--quiet", "--allow-empty", "-m", "Nothing but words")
    assert one(series.git_bytes("format-patch", "--stdout", "--always", "HEAD~1")).unread == ()


def test_a_combined_diff_is_told(series: RealRepository) -> None:
    series.git("checkout", "--quiet", "-b", "side", "HEAD~1")
    series.commit("Side", {"b": "side\n"})
    series.run("merge", "main")
    series.commit("Merge", {"b": "merge mark\n"})
    for option in ("--cc", "-c"):
        commit = one(series.git_bytes("show", option))
        assert commit.unread == ("a combined diff of a merge cannot be searched in a patch",)


def test_a_whole_configuration_file_is_read(series: RealRepository) -> None:
    series.commit("Config", {"new.toml": "x = 1\ny = 2\n"})
    (config,) = one(series.git_bytes("show")).configs
    assert (config.path, config.before, config.after) == ("new.toml", None, b"x = 1\ny = 2\n")


def test_names_of_any_bytes(repository: RealRepository) -> None:
    names = [
        b"tab\t",
        b'"q"',
        b"new\nline",
        b"latin\xe9",
        b"sp ace",
        b" lead",
        b"back\\slash",
        b"\x1b",
        "é".encode(),
        b"a b/c",
    ]
    sha = repository.commit_files({name: b"mark\n" for name in names if b"/" not in name})
    commit = one(repository.git_bytes("show", sha))
    found = {line.path.encode("utf-8", "surrogateescape") for line in commit.added_lines}
    assert found == {name for name in names if b"/" not in name}


@pytest.mark.parametrize("data", [b"", b"\n", b"no diff here\n", b"\0" * 100, b"From nobody\n\n", b"commit abc\n"])
def test_what_holds_no_diff_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableInput, match="holds no diff"):
        commits(data)


@pytest.mark.parametrize(
    "data",
    [
        DIFF.replace(b"+1,2", b"+1,9"),
        DIFF + b"+++ b/x\n",
        b"+++ b/x\n--- a/x\n" + DIFF.replace(b"--- a/a\n", b""),
        b"diff --git a/x b/x\n@@ -1 +1 @@\n+mark\n",
    ],
)
def test_what_cannot_be_parsed_is_refused_or_told_and_never_empty(data: bytes) -> None:
    try:
        found = commits(data)
    except UnreadableInput:
        return
    assert any(commit.unread or commit.added_lines for commit in found)


def test_a_line_beyond_its_hunk_is_told() -> None:
    commit = one(DIFF + b"+smuggled mark\n")
    assert texts(commit) == [("a", 2, "a mark")]
    assert commit.unread == ("lines outside of the hunks of the diff look like added ones: 1",)


def test_a_long_hunk_is_read_in_pieces(monkeypatch: pytest.MonkeyPatch, series: RealRepository) -> None:
    lines = [f"{'a mark' if number % 7 == 0 else 'other'} {number}\n" for number in range(500)]
    series.commit("Before", {"long": "".join(lines), "moved": "mark\n" * 5})
    changed = ["x\n", *lines[:100], *lines[90:300], "a mark 7\n", *reversed(lines[350:])]
    series.commit("After", {"long": "".join(changed), "moved": None})
    for options in ((), ("-U0",), ("-U1000",)):
        patch = series.git_bytes("show", *options)
        whole = one(patch)
        assert len(whole.added_lines) > 2
        with monkeypatch.context() as patched:
            for size in (1, 20, 300):
                patched.setattr(patch_hunks, "_AT_ONCE", size)
                assert one(patch) == whole


def test_a_line_that_comes_in_pieces(monkeypatch: pytest.MonkeyPatch, series: RealRepository) -> None:
    series.commit("Long", {"a": "one\n" + "x" * 9000 + " a mark " + "y" * 9000 + "\nmark\n"})
    patch = series.git_bytes("show")
    whole = one(patch)
    assert [line.number for line in whole.added_lines] == [2, 3]
    with monkeypatch.context() as patched:
        for size in (150, 1000, 5000):
            patched.setattr(patch_lines, "LONGEST_PIECE", size)
            assert one(patch) == whole


def test_what_is_too_much_is_told(monkeypatch: pytest.MonkeyPatch, series: RealRepository) -> None:
    series.commit("Much", {"m.toml": "x = 'mark'\n" * 300, "n": "mark\n" * 300})
    patch = series.git_bytes("show")
    assert not one(patch).unread
    monkeypatch.setattr(patch_hunks, "MOST_LINES", 100)
    assert one(patch).unread == (
        "m.toml: more than 100 lines with possible marks",
        "n: more than 100 lines with possible marks",
    )
    monkeypatch.setattr(patch_hunks, "LARGEST_CONFIG", 100)
    assert "m.toml: too large to be read as configuration" in one(patch).unread
    monkeypatch.setattr(patch_input, "_MOST_KEPT", 100)
    assert "n: the commit has more to look at than 0 MiB" in one(patch).unread
    monkeypatch.setattr(patch_input, "MOST_FILES", 1)
    assert "the patch changes more than 1 files" in one(patch).unread


def test_the_transfer_encodings_of_mails(series: RealRepository) -> None:
    mail = series.git_bytes("format-patch", "--stdout", "-1", "HEAD~1")
    head, _, body = mail.partition(b"\n\n")
    plain = one(mail)
    for name, text in (
        (b"base64", base64.encodebytes(body)),
        (b"base64", base64.b64encode(body)),
        (b"BASE64", base64.encodebytes(body).replace(b"\n", b"\r\n")),
        (b"quoted-printable", quopri.encodestring(body)),
        (b"8bit", body.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")),
    ):
        encoded = head.replace(b"Encoding: 8bit", b"Encoding: " + name) + b"\n\n" + text
        assert one(encoded) == plain


def test_base64_that_goes_on_is_refused(series: RealRepository) -> None:
    mail = series.git_bytes("format-patch", "--stdout", "-1", "HEAD~1")
    head, _, body = mail.partition(b"\n\n")
    head = head.replace(b"Encoding: 8bit", b"Encoding: base64")
    with pytest.raises(UnreadableInput, match="base64"):
        commits(head + b"\n\n" + base64.encodebytes(b"x") + base64.encodebytes(body))


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("plain", "plain"),
        ('"tab\\t"', "tab\t"),
        ('"\\303\\251"', "é"),
        ('"\\351"', "\udce9"),
        ('"a\\"b\\\\c"', 'a"b\\c'),
        ('"', '"'),
        ('""', ""),
        ('"\\777"', "\udcff"),
        ('"\\q"', "q"),
    ],
)
def test_a_quoted_name_is_read(written: str, name: str) -> None:
    assert unquoted_path(written) == name


@pytest.mark.parametrize(
    "head",
    [
        b"From: " + b"(" * 900_000,
        b"From: " + b"a," * 400_000,
        b"Subject: " + b"=?utf-8?q?x?= " * 70_000,
        b"Subject: " + b"[x] " * 200_000,
        b"Content-Type: text/plain" + b"; a*0*=x" * 80_000,
        b"Date: " + b"1 " * 400_000,
        b"X: y\n" * 100_000,
    ],
)
def test_the_head_of_a_mail_keeps_nobody_busy(head: bytes) -> None:
    commit = one(b"From " + b"1" * 40 + b" x\n" + head + b"\n\nWords\n---\n\n" + DIFF)
    assert texts(commit) == [("a", 2, "a mark")]
    assert bool(commit.unread) == head.startswith((b"From", b"Subject"))
