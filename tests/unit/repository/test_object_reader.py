"""Objects come as they are stored, in the order asked for; what cannot be read is told, what follows is read."""

from pathlib import Path

import pytest

from byline.catalogue.literals import finder
from byline.errors import RepositoryError
from byline.repository import arriving, conversation, object_reader, object_search
from byline.repository.object_reader import BrokenOffError, ObjectReader, RawObject
from byline.repository.search import Search
from real_git import RealRepository

SEARCH = Search(lambda _raws: [], finder(["mark"], long_run=False), lambda _path: False)
LIMIT = 1 << 20


def read(repository: RealRepository, *oids: str, limit: int = LIMIT) -> list[tuple[str, bytes | None]]:
    """Kind and content of each object, streams joined."""
    with ObjectReader(repository.opened) as reader:
        found = [(raw, b"".join(raw.chunks)) for raw in reader.read(oids, limit=limit)]
    assert [raw.oid for raw, _ in found] == list(oids)
    return [(raw.kind, raw.data if raw.data is not None else streamed or None) for raw, streamed in found]


def suspects(repository: RealRepository, *oids: str, search: Search = SEARCH) -> set[str]:
    with ObjectReader(repository.opened) as reader:
        return reader.suspects(oids, search)


def damage(repository: RealRepository, oid: str) -> None:
    """Cut a stored object in half."""
    path = repository.object_file(oid)
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


@pytest.fixture
def blobs(repository: RealRepository) -> list[str]:
    """Objects of many sizes; every third holds a mark."""
    return [
        repository.raw_object("blob", b"%d" % number + b"x" * (7**number % 9001) + (b"" if number % 3 else b" mark"))
        for number in range(40)
    ]


def test_objects_of_every_kind(repository: RealRepository) -> None:
    commit = repository.commit(files={"a": "1\n"})
    tag = repository.raw_object("tag", f"object {commit}\ntype commit\ntag t\n\nx\n".encode())
    tree = repository.git("rev-parse", "HEAD^{tree}")
    kinds = [kind for kind, _ in read(repository, commit, tag, tree, repository.git("rev-parse", "HEAD:a"))]
    assert kinds == ["commit", "tag", "tree", "blob"]


def test_an_empty_blob_is_a_blob(repository: RealRepository) -> None:
    oid = repository.raw_object("blob", b"")
    assert read(repository, oid, oid) == [("blob", b""), ("blob", b"")]


@pytest.mark.parametrize("limit", [0, 1, 50, 10_000])
def test_what_is_over_the_limit_comes_in_pieces(
    repository: RealRepository, blobs: list[str], limit: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(object_reader, "CHUNK", 100)
    assert read(repository, *blobs, limit=limit) == read(repository, *blobs)


def test_pieces_that_nobody_takes_do_not_shift_the_next_object(repository: RealRepository, blobs: list[str]) -> None:
    with ObjectReader(repository.opened) as reader:
        sizes = [raw.size for raw in reader.read(blobs, limit=0)]
        assert sizes == [len(data or b"") for _, data in read(repository, *blobs)]


def test_a_reading_that_is_given_up_does_not_spoil_the_next(repository: RealRepository, blobs: list[str]) -> None:
    with ObjectReader(repository.opened) as reader:
        reading = reader.read(blobs, limit=LIMIT)
        next(reading)
        reading.close()
        assert [raw.oid for raw in reader.read(reversed(blobs), limit=LIMIT)] == blobs[::-1]


def test_missing_objects_are_told_and_the_others_read(repository: RealRepository, blobs: list[str]) -> None:
    asked = [oid for blob in blobs for oid in (blob, "f" * 40)]
    answers = read(repository, *asked)
    assert answers[1::2] == [("", None)] * len(blobs)
    assert answers[::2] == read(repository, *blobs)


@pytest.mark.parametrize("limit", [10, LIMIT])
def test_damaged_objects_are_told_and_the_others_read(repository: RealRepository, blobs: list[str], limit: int) -> None:
    before = read(repository, *blobs)
    for oid in blobs[::5]:
        damage(repository, oid)
    with ObjectReader(repository.opened) as reader:
        found: dict[str, RawObject] = {}
        broken: set[str] = set()
        for raw in reader.read([oid for oid in blobs if limit > 10 or oid not in blobs[::5]], limit=limit):
            found[raw.oid] = raw
            if not raw.kind:
                broken.add(raw.oid)
    assert broken == (set(blobs[::5]) if limit > 10 else set())
    assert {oid: raw.size for oid, raw in found.items() if raw.kind} == {
        oid: len(data or b"") for oid, (_, data) in zip(blobs, before, strict=True) if oid not in blobs[::5]
    }


def test_a_large_object_that_breaks_off_is_no_end(repository: RealRepository, blobs: list[str]) -> None:
    large = repository.raw_object("blob", b"".join(b"%d\n" % number for number in range(200_000)))
    damage(repository, large)
    with ObjectReader(repository.opened) as reader:
        reading = reader.read([blobs[0], large, *blobs, large, blobs[1]], limit=100_000)
        assert next(reading).oid == blobs[0]
        with pytest.raises(BrokenOffError):
            b"".join(next(reading).chunks)
        assert [raw.oid for raw in reading if raw.data is not None] == [*blobs, blobs[1]]


def test_git_that_fails_without_end_is_given_up(repository: RealRepository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversation, "_RESTARTS", 3)
    lines = b"".join(b"%d\n" % number for number in range(5000))
    oids = [repository.raw_object("blob", lines + b"%d" % number) for number in range(6)]
    for oid in oids:
        damage(repository, oid)
    with pytest.raises(RepositoryError, match="git cat-file failed"):
        read(repository, *oids)


def test_suspects_are_the_objects_that_hold_something(repository: RealRepository, blobs: list[str]) -> None:
    assert suspects(repository, *blobs) == set(blobs[::3])


@pytest.mark.parametrize("piece", [1, 2, 30, 1000])
@pytest.mark.parametrize("kept", [10, 1 << 20])
def test_suspects_are_the_same_however_the_answers_arrive(
    repository: RealRepository, blobs: list[str], piece: int, kept: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arriving, "_READ", piece)
    monkeypatch.setattr(object_search, "LONGEST_COMMIT", kept)
    assert suspects(repository, *blobs) == set(blobs[::3])


@pytest.mark.parametrize("piece", [1, 30, 1 << 20])
def test_an_object_without_a_line_that_tells_is_no_suspect(
    repository: RealRepository, piece: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arriving, "_READ", piece)
    lines = [b"a mark\n", b"no mark\nno mark\n", b"x\nno mark\na mark\n", b"no mark\nx", b"no " + b"mark " * 2000]
    beside = b"x\n" * 500  # so that no piece ends in the lines, unless it is small
    oids = [repository.raw_object("blob", beside + line + beside) for line in lines]
    found = suspects(repository, *oids, search=SEARCH._replace(tells=lambda line: not line.startswith(b"no ")))
    told = {oids[0], oids[2], oids[4]}
    assert found == told if piece == 1 << 20 else found >= told


def test_of_many_lines_that_do_not_tell_few_are_looked_at(repository: RealRepository) -> None:
    looked_at: list[bytes] = []

    def tells(line: bytes) -> bool:
        looked_at.append(line)
        return False

    oid = repository.raw_object("blob", b"no mark\n" * 1000)
    assert suspects(repository, oid, search=SEARCH._replace(tells=tells)) == {oid}
    assert len(looked_at) < 100


def test_places_may_come_in_any_order(repository: RealRepository, blobs: list[str]) -> None:
    search = SEARCH._replace(lines=lambda data: SEARCH.lines(data)[::-1])
    assert suspects(repository, *blobs, search=search) == set(blobs[::3])


@pytest.mark.parametrize("piece", [1, 60, 1 << 20])
def test_a_content_in_utf16_is_suspect_large_or_small(
    repository: RealRepository, piece: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arriving, "_READ", piece)
    oids = [
        repository.raw_object("blob", bom + b"x\0" * size)
        for bom in (b"\xff\xfe", b"\xfe\xff")
        for size in (0, 1, 100, 100_000)
    ]
    assert suspects(repository, *oids) == set(oids)


def test_what_cannot_be_read_is_suspect(repository: RealRepository) -> None:
    oids = [repository.raw_object("blob", b"x" * size) for size in (1, 50, 5000, 3_000_000)]
    for oid in oids[1::2]:
        damage(repository, oid)
    assert {oids[1], oids[3], "e" * 40} <= suspects(repository, *oids, "e" * 40)


def test_what_is_no_blob_is_suspect(repository: RealRepository) -> None:
    commit = repository.commit(files={"a": "1\n"})
    others = {commit, repository.git("rev-parse", "HEAD^{tree}")}
    assert suspects(repository, *others, repository.git("rev-parse", "HEAD:a")) == others


def test_a_mark_across_two_pieces_is_seen(repository: RealRepository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arriving, "_READ", 64)
    oids = [repository.raw_object("blob", b"." * number + b"mark" + b"." * 500) for number in range(120, 200)]
    assert suspects(repository, *oids) == set(oids)


@pytest.mark.parametrize("piece", [1, 64, 1 << 20])
def test_what_is_kept_of_a_commit_is_its_beginning(
    repository: RealRepository, piece: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arriving, "_READ", piece)
    monkeypatch.setattr(object_search, "LONGEST_COMMIT", 200)
    commits = [repository.commit("x" * length) for length in (1, 20, 500, 3000)]
    with ObjectReader(repository.opened) as reader:
        kept = [passed.data for passed in reader.search([*commits, *commits], SEARCH)]
    assert kept == [data and data[:200] for _, data in read(repository, *commits, *commits)]


def test_objects_with_sha256(tmp_path: Path) -> None:
    repository = RealRepository.create(tmp_path / "sha256", "--object-format=sha256")
    oid = repository.raw_object("blob", b"a mark")
    assert read(repository, oid) == [("blob", b"a mark")]
    assert suspects(repository, oid) == {oid}
