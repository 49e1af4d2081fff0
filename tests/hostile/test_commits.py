"""Commits that no ordinary git would write, and files under names that no person would choose."""

import subprocess
import sys

import pytest

from byline.catalogue.literals import finder
from byline.repository.history import walk
from byline.repository.search import Search
from hostile.checked import HOOKS, LINE, MESSAGE, assert_seen, assert_told, run, started
from real_git import Entry, RealRepository, isolated_environment

WHO = b"A <a@example.com> 1700000000 +0000"
MARK = MESSAGE.encode()


@pytest.fixture
def content(repository: RealRepository) -> str:
    """A tree with a marked line in it."""
    blob = repository.raw_object("blob", f"x = 1\n{LINE}\n".encode())
    return repository.tree([Entry("100644", b"a.py", blob)])


def raw(repository: RealRepository, tree: str, middle: bytes, message: bytes = MARK) -> str:
    return repository.raw_object("commit", b"tree " + tree.encode() + b"\n" + middle + b"\n" + message)


def test_nul_bytes_hide_nothing(repository: RealRepository, content: str) -> None:
    sha = repository.raw_commit(content, message=b"Subject\0\n\nbody\0\n\n" + MARK.partition(b"\n\n")[2])
    assert_seen(repository, sha)


@pytest.mark.parametrize("encoding", ["IBM037", "UTF-16LE", "UTF-16", "UTF-7", "ISO-2022-JP", "Shift_JIS"])
def test_an_encoding_hides_nothing(repository: RealRepository, content: str, encoding: str) -> None:
    python_name = "cp037" if encoding == "IBM037" else encoding
    for message in (MARK, MESSAGE.encode(python_name)):
        sha = repository.raw_commit(content, message=message, header=f"encoding {encoding}\n".encode())
        assert run("scan", repository, sha).marks(sha) & {"trailer", "message"}


@pytest.mark.parametrize("encoding", [b"klingon", b"rot13", b"\xff\xfe", b"", b"../../etc/passwd", b"x" * 100_000])
def test_an_encoding_that_is_none_is_told(repository: RealRepository, content: str, encoding: bytes) -> None:
    sha = repository.raw_commit(content, message=MARK, header=b"encoding " + encoding + b"\n")
    if encoding:
        assert_told(repository, sha, seen=("trailer", "line"))
    else:
        assert_seen(repository, sha)


@pytest.mark.parametrize("end", [b"", b"\n\n\n\n", b"\r\n", b"\0", b"\x1a"])
def test_however_the_message_ends(repository: RealRepository, content: str, end: bytes) -> None:
    sha = repository.raw_commit(content, message=MARK.rstrip(b"\n") + end)
    found = run("scan", repository, sha)
    assert found.code == 0
    assert found.marks(sha) & {"trailer", "message"}


def test_a_hundred_thousand_trailers(repository: RealRepository, content: str) -> None:
    lines = b"".join(b"Reviewed-by: R%d <r@example.com>\n" % number for number in range(25_000))
    sha = repository.raw_commit(content, message=b"Subject\n\n" + lines + MARK.partition(b"\n\n")[2])
    assert_seen(repository, sha)


def test_a_million_trailers_are_told(repository: RealRepository, content: str) -> None:
    lines = MARK.partition(b"\n\n")[2] + b"Reviewed-by: R <r@example.com>\n" * 1_000_000
    sha = repository.raw_commit(content, message=b"Subject\n\n" + lines)
    unread = assert_told(repository, sha, seen=("line",))
    assert "first MiB" in unread[0]
    # which lines are trailers cannot be said of half a message; the mark is found all the same
    assert run("scan", repository, sha).marks(sha) & {"trailer", "message"}


@pytest.mark.parametrize(
    "middle",
    [
        b"",
        b"author \ncommitter \n",
        b"author " + WHO + b"\n",
        b"committer " + WHO + b"\n",
        b"author <>\ncommitter <>\n",
        b"author >a<b>c<\ncommitter \xff\xfe\n",
        b"author A <a@example.com> 99999999999999999999999 +9999\ncommitter A <a@example.com> -1 -2500\n",
        b"author A <a@example.com> 9223372036854775807 +0000\ncommitter A <a@example.com> 253402300800 +0000\n",
        b"author A <a@example.com> NaN +0000\ncommitter A <a@example.com> 1e400 +0000\n",
        b"author " + b"A" * 100_000 + b" <a@example.com> 1 +0000\ncommitter " + WHO + b"\n",
        b"author " + WHO + b"\ncommitter " + WHO + b"\ngpgsig x\n y\n z\nmergetag object " + b"1" * 40 + b"\n",
        b"author " + WHO + b"\ncommitter " + WHO + b"\n" + b"extra header\n" * 1000,
    ],
)
def test_a_mangled_header_hides_nothing(repository: RealRepository, content: str, middle: bytes) -> None:
    assert_seen(repository, raw(repository, content, middle))


def test_two_authors_are_told(repository: RealRepository, content: str) -> None:
    tool = b"author Claude <noreply@anthropic.com> 1 +0000\n"
    sha = raw(repository, content, tool + b"author " + WHO + b"\ncommitter " + WHO + b"\n")
    assert assert_told(repository, sha, seen=("trailer", "line")) == ["it names more than one author"]


def test_a_commit_without_a_message_and_one_without_anything(repository: RealRepository, content: str) -> None:
    sha = raw(repository, content, b"author " + WHO + b"\ncommitter " + WHO + b"\n", b"")
    assert_seen(repository, sha, "line")
    for nothing in (b"", b"\n\n"):
        sha = repository.raw_object("commit", nothing)
        assert run("scan", repository, sha).code == 3
        arguments = ["scan", "--repo", str(repository.path), "--format", "jsonl", "--stdin"]
        ended = started(arguments, repository.path, feed=f"{sha}\n".encode())
        assert ended.code == 3
        assert ended.unread(sha)


def test_thousands_of_parents(repository: RealRepository, content: str) -> None:
    parents = [repository.raw_commit(message=b"%d\n" % number) for number in range(300)] * 10
    sha = repository.raw_commit(content, parents, MARK)
    ended = run("scan", repository, sha)
    assert ended.marks(sha) >= {"trailer"}
    assert ended.marks(sha) >= {"line"} or ended.code == 3


def test_a_commit_that_is_its_own_grandchild_by_replacement(repository: RealRepository, content: str) -> None:
    first = repository.raw_commit(content, message=MARK)
    second = repository.raw_commit(content, [first], MARK)
    repository.git("replace", "--force", first, repository.raw_commit(content, [second], MARK))
    assert_seen(repository, second, "trailer")
    assert len(run("scan", repository, f"{second}~1..{second}").commits) == 1


def test_broken_commits_hide_no_others(repository: RealRepository) -> None:
    """However a broken one begins or ends, what is found is told of the commit that it was found in."""
    shas: list[str] = []
    for number, start in enumerate((b" x", b"\t", b"\n", b" \n ", b"\0", b"\r\n ", b"\n\0\n", b" \0\n", b"", b"  ")):
        shas.append(repository.raw_object("commit", start + b"tree %d" % number + MARK))
        shas.append(repository.raw_commit(message=b"Plain %d\n\nWords\n" % number))
        shas.append(repository.raw_commit(message=f"Marked {number}\n\n{MESSAGE}".encode()))
        shas.append(repository.raw_commit(message=b"Plain again %d\n\nWords\n" % number))
    feed = "".join(f"{sha}\n" for sha in shas).encode()
    ended = started(["scan", "--format", "jsonl", "--stdin"], repository.path, feed=feed)
    assert ended.code == 3
    for at in range(2, len(shas), 4):
        assert [ended.marks(sha) for sha in shas[at - 1 : at + 2]] == [set(), {"trailer"}, set()]


NAMES = (
    b"new\nline.py", b"tab\t.py", b'"quoted".py', b"-dash.py", b"--output=x.py", b"latin\xe9.py",
    b"\xff\xfe.py", b" .py",    b"$(touch x).py", b"`touch x`.py", b";touch x;.py", b"|x.py", b"\x1b[31mred.py",
    b"\x07bell.py", b"\r.py",
    b"a\\b.py",    "\u202egnp.py".encode(), "\u200b.py".encode(), b"::error::x.py", b"##vso[task.x].py",
    b"[x](javascript:x).py",
    b"%s.py",    b"<script>.py", b"{0}.py", b"*.py", b":(exclude)x.py", b":100644 100644.py", b"HEAD.py", b"nul.py",
    b"con.py", b"x" * 4000 + b".py",
)  # fmt: skip


def test_names_of_any_bytes(repository: RealRepository) -> None:
    content = f"{LINE}\n".encode()
    sha = repository.commit_files(dict.fromkeys(NAMES, content), message=MARK)
    (commit,) = walk(
        repository.opened, [sha], Search(lambda _data: [], finder(["generated"], long_run=False), lambda _path: False)
    )
    assert {line.path.encode("utf-8", "surrogateescape") for line in commit.added_lines} == set(NAMES)
    assert not commit.unread
    assert_seen(repository, sha)
    run_plainly(repository, sha, "text")
    assert not (repository.path / "x").exists()


@pytest.mark.parametrize("name", [b"..", b".", b".git", b"", b"a/b", b"/", b"../../x"])
def test_names_that_lead_elsewhere_are_names(repository: RealRepository, name: bytes) -> None:
    blob = repository.raw_object("blob", f"{LINE}\n".encode())
    sha = repository.raw_commit(repository.tree([Entry("100644", name, blob)]), message=MARK)
    ended = run("scan", repository, sha)
    assert ended.marks(sha) >= {"trailer"}
    assert ended.marks(sha) >= {"line"} or ended.code == 3


def test_links_are_read_and_not_followed(repository: RealRepository) -> None:
    secret = repository.path.parent / "secret"
    secret.write_text(f"{LINE}\n")
    blob = repository.raw_object("blob", str(secret).encode())
    sha = repository.raw_commit(repository.tree([Entry("120000", b"a.py", blob)]), message=MARK)
    assert run("scan", repository, sha).marks(sha) == {"trailer"}


@pytest.mark.parametrize(
    "text", ["\x1b[2J\x1b[31m", "\u202e", "\u2066", "::error file=x::y", "\r", "\x9b31m", "\x00", "</script>"]
)
def test_what_a_message_holds_reaches_no_terminal(repository: RealRepository, content: str, text: str) -> None:
    sha = repository.raw_commit(
        content, message=f"{text}Subject{text}\n\n{text}\n\n{MESSAGE.partition(chr(10) * 2)[2]}".encode()
    )
    for form in ("text", "json", "jsonl"):
        ended = run_plainly(repository, sha, form)
        assert "\x1b" not in ended
        assert "\u202e" not in ended
        assert "\u2066" not in ended
        assert "\x9b" not in ended
        assert not any(line.lstrip().startswith("::") for line in ended.split("\n"))


def run_plainly(repository: RealRepository, sha: str, form: str) -> str:
    """All that `byline scan` prints."""
    done = subprocess.run(
        [sys.executable, "-P", "-m", "byline", "scan", "--repo", str(repository.path), "--format", form, sha],
        env=isolated_environment(repository.path) | {"PYTHONPATH": str(HOOKS)},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0
    return (done.stdout + done.stderr).decode()
