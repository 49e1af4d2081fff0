"""Object stores that lie, are damaged, or stand for far more than they are long."""

import hashlib
import struct
import time
import zlib
from pathlib import Path

import pytest

from hostile.checked import LINE, MESSAGE, assert_seen, assert_told, run, started
from real_git import Entry, RealRepository

MARK = MESSAGE.encode()
LONGEST_WAIT = 10
"""Seconds that anything under 10 MB may take."""


def signed(data: bytes) -> bytes:
    """A file of git's with the checksum at its end made right again."""
    return data[:-20] + hashlib.sha1(data[:-20]).digest()


def overwrite(path: Path, data: bytes) -> None:
    path.chmod(0o644)
    path.write_bytes(data)


def test_a_commit_graph_that_leaves_commits_out_is_not_believed(marked: RealRepository) -> None:
    """Its checksum is right; but of one commit it names the grandparent as the parent, and that one's tree."""
    base, sha = marked.git("rev-parse", "HEAD~1"), marked.head
    liar = marked.commit(f"Third\n\n{MESSAGE}", {"z.py": f"{LINE}\n"})
    top = marked.commit("Fourth", {"z.txt": "z\n"})
    marked.git("commit-graph", "write", "--reachable")
    graph = marked.git_dir / "objects" / "info" / "commit-graph"
    data = bytearray(graph.read_bytes())
    chunks = {bytes(data[at : at + 4]): struct.unpack(">Q", data[at + 4 : at + 12])[0] for at in range(8, 80, 12)}
    ids = sorted([base, sha, liar, top])
    row = chunks[b"CDAT"] + ids.index(liar) * 36
    assert bytes(data[row : row + 20]).hex() == marked.git("rev-parse", f"{liar}^{{tree}}")
    data[row : row + 20] = bytes.fromhex(marked.git("rev-parse", f"{base}^{{tree}}"))
    data[row + 20 : row + 24] = struct.pack(">I", ids.index(base))
    overwrite(graph, signed(bytes(data)))
    assert sha not in marked.git("rev-list", f"{base}..{top}").split()
    for arguments in (f"{base}..{top}", "--all"):
        ended = run("scan", marked, arguments)
        assert ended.code == 0
        for one in (sha, liar):
            assert ended.marks(one) >= {"trailer", "line"}


@pytest.mark.parametrize("place", ["head", "chunks", "ids", "offsets", "end", "all", "empty"])
def test_a_corrupt_index_over_packs_is_told_or_does_no_harm(marked: RealRepository, place: str) -> None:
    sha = marked.head
    marked.git("repack", "--quiet", "-a", "-d")
    marked.git("multi-pack-index", "write")
    index = marked.git_dir / "objects" / "pack" / "multi-pack-index"
    data = bytearray(index.read_bytes())
    size = len(data)
    spans = {"head": (4, 12), "chunks": (12, 72), "ids": (72 + 1024, size - 200), "offsets": (size - 120, size - 20),
             "end": (size - 20, size), "all": (0, size), "empty": (0, 0)}  # fmt: skip
    for at in range(*spans[place]):
        data[at] ^= 0x55
    overwrite(index, b"" if place == "empty" else bytes(data))
    harmless_or_told(marked, sha)


@pytest.mark.parametrize("place", ["head", "fanout", "ids", "offsets", "end", "empty"])
def test_a_corrupt_index_of_a_pack_is_told_or_does_no_harm(marked: RealRepository, place: str) -> None:
    sha = marked.head
    marked.git("repack", "--quiet", "-a", "-d")
    (index,) = (marked.git_dir / "objects" / "pack").glob("*.idx")
    data = bytearray(index.read_bytes())
    spans = {"head": (0, 8), "fanout": (8, 1032), "ids": (1032, 1100), "offsets": (len(data) - 80, len(data) - 40),
             "end": (len(data) - 40, len(data)), "empty": (0, 0)}  # fmt: skip
    for at in range(*spans[place]):
        data[at] ^= 0x55
    overwrite(index, b"" if place == "empty" else bytes(data))
    harmless_or_told(marked, sha)


def harmless_or_told(repository: RealRepository, sha: str) -> None:
    for command in ("scan", "check"):
        for arguments in ([sha], ["--all"]):
            ended = run(command, repository, *arguments)
            if ended.code == 3:
                assert ended.said or ended.unread(sha)
            else:
                assert ended.code == 0
                assert ended.marks(sha) >= {"trailer", "line"}


def test_a_bitmap_that_lies_is_not_asked(marked: RealRepository) -> None:
    sha = marked.head
    marked.git("repack", "--quiet", "-a", "-d", "--write-bitmap-index")
    (bitmap,) = (marked.git_dir / "objects" / "pack").glob("*.bitmap")
    data = bytearray(bitmap.read_bytes())
    for at in range(32, len(data) - 20):
        data[at] ^= 0x55
    overwrite(bitmap, signed(bytes(data)))
    harmless_or_told(marked, sha)


def loose(kind: bytes, size: int, data: bytes) -> bytes:
    return zlib.compress(kind + b" %d\0" % size + data)


@pytest.mark.parametrize(
    "stored",
    [
        loose(b"blob", 1, f"{LINE}\n".encode()),
        loose(b"blob", 10**6, f"{LINE}\n".encode()),
        loose(b"blob", 10**18, f"{LINE}\n".encode()),
        loose(b"tree", 28, f"{LINE}\n".encode()),
        loose(b"klingon", 28, f"{LINE}\n".encode()),
        loose(b"commit", 28, f"{LINE}\n".encode()),
        zlib.compress(b"blob -1\0x"),
        zlib.compress(b"blob " + b"9" * 100 + b"\0x"),
        zlib.compress(b"x" * 100_000),
    ],
    ids=["short", "long", "endless", "tree", "kind", "commit", "negative", "huge number", "no header"],
)
def test_a_loose_object_that_is_not_what_it_says_is_told(marked: RealRepository, stored: bytes) -> None:
    sha = marked.head
    overwrite(marked.object_file(marked.git("rev-parse", "HEAD:a.py")), stored)
    assert_told(marked, sha, seen=("trailer",))


@pytest.mark.parametrize("what", ["HEAD", "HEAD^{tree}", "HEAD:a.py", "HEAD~1", "HEAD~1^{tree}", "HEAD~1:a.py"])
def test_an_object_that_is_gone_is_told(marked: RealRepository, what: str) -> None:
    sha = marked.head
    marked.object_file(marked.git("rev-parse", what)).unlink()
    for command in ("scan", "check"):
        for arguments in ([sha], ["--all"], [f"{sha}~1..{sha}"]):
            ended = run(command, marked, *arguments)
            assert ended.code == 3
            assert ended.said or ended.unread(sha)
    if what not in ("HEAD", "HEAD~1"):
        assert_told(marked, sha, seen=("trailer",))


def test_stores_that_borrow_from_each_other_in_a_circle(marked: RealRepository) -> None:
    other = RealRepository.create(marked.path.parent / "other")
    for one, another in ((marked, other), (other, marked)):
        places = f"{another.git_dir}/objects\n{one.git_dir}/objects\n" + f"{another.git_dir}/objects/../objects\n" * 50
        (one.git_dir / "objects" / "info").mkdir(exist_ok=True)
        (one.git_dir / "objects" / "info" / "alternates").write_text(places)
    assert_seen(marked, marked.head)
    assert_seen(other, marked.head)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_damage_in_a_long_history_is_told_of_its_commit_alone(repository: RealRepository, jobs: str) -> None:
    """Of 900 commits some lack a tree, some a content, some hold garbage; the ones between them are read as ever."""
    stream = b""
    for number in range(900):
        content = f"x = {number}\n{LINE}\n".encode()
        name = b"%d.py" % number
        stream += b"commit refs/heads/main\ncommitter A <a@example.com> %d +0000\n" % number
        stream += b"data %d\n%sM 100644 inline %s\ndata %d\n%s\n" % (len(MARK), MARK, name, len(content), content)
    repository.git("-c", "fastimport.unpackLimit=1000000", "fast-import", "--quiet", feed=stream)
    shas = repository.git("rev-list", "main").split()
    damaged = {shas[5]: "{}^{{tree}}", shas[333]: "{}:566.py", shas[334]: "{}:565.py", shas[700]: "{}:199.py"}
    for sha, what in damaged.items():
        path = repository.object_file(repository.git("rev-parse", what.format(sha)))
        if sha == shas[334]:
            overwrite(path, b"garbage")
        else:
            path.unlink()
    ended = run("scan", repository, "--all", "--jobs", jobs)
    assert ended.code == 3
    assert [commit["sha"] for commit in ended.commits] == shas
    unread = {str(commit["sha"]) for commit in ended.commits if commit.get("unread")}
    assert unread == {*damaged, shas[4]}  # a commit is compared with the tree of its parent
    for sha in shas:
        assert ended.marks(sha) == ({"trailer"} if sha in unread else {"trailer", "line"})


class Zeros:
    """Gigabytes of nothing in a loose object of a few megabytes, made without compressing them one by one."""

    def __init__(self, size: int) -> None:
        block = bytes(1 << 20)
        machine = zlib.compressobj(9, zlib.DEFLATED, -15)
        head = b"blob %d\0" % size
        first = machine.compress(head) + machine.flush(zlib.Z_FULL_FLUSH)
        one = machine.compress(block) + machine.flush(zlib.Z_FULL_FLUSH)
        assert size % len(block) == 0
        # Adler-32 of zeros after a head: https://www.rfc-editor.org/rfc/rfc1950#section-9
        low, high = zlib.adler32(head) & 0xFFFF, zlib.adler32(head) >> 16
        high = (high + size * low) % 65521
        checksum = struct.pack(">HH", high, low)
        self.stored = b"\x78\xda" + first + one * (size // len(block)) + machine.flush() + checksum
        self.oid = hashlib.sha1(head).hexdigest()  # git does not compare it with the content when it reads


def test_a_content_that_multiplies_a_thousandfold(repository: RealRepository) -> None:
    zeros = Zeros(9 << 30)
    assert len(zeros.stored) < 10_000_000
    path = repository.object_file(zeros.oid)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(zeros.stored)
    blob = repository.raw_object("blob", f"{LINE}\n".encode())
    sha = repository.raw_commit(
        repository.tree([Entry("100644", b"a.bin", zeros.oid), Entry("100644", b"b.py", blob)]), message=MARK
    )
    begun = time.monotonic()
    ended = run("scan", repository, sha)
    assert time.monotonic() - begun < LONGEST_WAIT
    assert ended.code == 3 or not ended.unread(sha)
    assert ended.marks(sha) >= {"trailer", "line"}


def test_many_commits_with_the_same_large_tree(repository: RealRepository) -> None:
    """A thousand branches, each of which adds the same twenty thousand files at once."""
    blob = repository.raw_object("blob", b"x = 1\n")
    tree = repository.tree(Entry("100644", b"%06d.py" % number, blob) for number in range(20_000))
    marked = repository.tree([Entry("100644", b"a.py", repository.raw_object("blob", f"{LINE}\n".encode()))])
    shas = [repository.raw_commit(tree, message=b"%d\n" % number) for number in range(60)]
    shas.append(repository.raw_commit(marked, message=MARK))
    feed = "".join(f"{sha}\n" for sha in shas).encode()
    begun = time.monotonic()
    ended = started(
        ["scan", "--repo", str(repository.path), "--format", "jsonl", "--stdin"], repository.path, feed=feed
    )
    assert time.monotonic() - begun < 2 * LONGEST_WAIT  # 1.2 million files
    assert ended.code == 0
    assert ended.marks(shas[-1]) >= {"trailer", "line"}
