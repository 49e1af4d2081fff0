"""Raw commit objects: whatever bytes they hold, they are read as git reads them, and nothing fails."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from byline.model import Identity
from byline.repository.commit_object import parse_commit, parse_identity
from real_git import RealRepository

WHO = b"A U Thor <a@example.com> 1700000000 +0100"
NAMES = (b"Ada", b"", b" ", b"Ada <x", b"A > B", b"\xff", "Ä".encode(), b"  Ada  Example ", b"A,", b'"Ada"')
ADDRESSES = (b" <a@example.com>", b" <>", b"<a@b>", b" < a@b >", b" <a@b> <c@d>", b" <a@b>>", b" a@b>", b" <a@b", b"")
DATES = (
    b" 1700000000 +0000",
    b" 0 +0000",
    b" -1 +0000",
    b"",
    b" x",
    b" 99999999999999999999 +0000",
    b" 1700000000",
    b" 7 x",
)


def raw_commit(author: bytes = WHO, header: bytes = b"", message: bytes = b"Subject\n") -> bytes:
    tree = b"tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n"
    return tree + b"author " + author + b"\ncommitter " + WHO + b"\n" + header + b"\n" + message


def test_a_whole_commit_is_read() -> None:
    parents = ["1" * 40, "2" * 40]
    raw = raw_commit().replace(b"\nauthor", "".join(f"\nparent {sha}" for sha in parents).encode() + b"\nauthor", 1)
    commit = parse_commit("3" * 40, raw)
    assert commit.parents == tuple(parents)
    assert commit.author == Identity("A U Thor", "a@example.com", 1_700_000_000)
    assert commit.message == "Subject\n"
    assert not commit.unread


def test_identities_are_the_ones_that_git_shows(repository: RealRepository) -> None:
    identities = [b"".join(parts) for parts in itertools.product(NAMES, ADDRESSES, DATES)]
    folder = repository.path.parent / "raw"
    folder.mkdir()
    for number, identity in enumerate(identities):
        (folder / str(number)).write_bytes(raw_commit(identity))
    paths = "".join(f"{folder / str(number)}\n" for number in range(len(identities)))
    shas = repository.git_bytes(
        "hash-object", "-t", "commit", "-w", "--literally", "--stdin-paths", feed=paths.encode()
    )
    listed = repository.git_bytes(
        "log", "--no-walk=unsorted", "--stdin", "--no-mailmap", "--encoding=UTF-8", "--format=%an%n%ae", feed=shas
    )
    shown = listed.decode("utf-8", "surrogateescape").split("\n")
    assert len(shown) == 2 * len(identities) + 1
    for identity, name, email in zip(identities, shown[::2], shown[1::2], strict=False):
        ours = parse_identity(identity)
        if b"<" in identity and b">" in identity.partition(b"<")[2]:
            assert (ours.name, ours.email) == (name.strip(), email.strip()), identity
        else:  # git shows nothing; what can be a name is still read as one
            assert (name, email, ours.email) == ("", "", ""), identity


@pytest.mark.parametrize(
    ("date", "when"),
    [
        (b"1700000000 +0000", 1_700_000_000),
        (b"0 +0000", 0),
        (b"1700000000", 1_700_000_000),
        (b"253402300799 +0000", 253_402_300_799),
        (b"253402300800 +0000", None),
        (b"18446744073709551615 +0000", None),
        (b"9" * 5000, None),
        (b"-5 +0000", None),
        ("١٢ +0000".encode(), None),
        (b"", None),
    ],
)
def test_a_date_that_is_none_is_not_known(date: bytes, when: int | None) -> None:
    assert parse_identity(b"A <a@example.com> " + date).when == when


def test_a_folded_header_is_not_taken_for_a_field() -> None:
    header = b"gpgsig -----BEGIN PGP SIGNATURE-----\n author B <b@example.com> 1 +0000\n parent 5\n -----END\n"
    commit = parse_commit("1" * 40, raw_commit(header=header))
    assert commit.author.name == "A U Thor"
    assert commit.parents == ()
    assert commit.message == "Subject\n"


def test_of_two_authors_the_one_that_git_shows_counts_and_the_doubt_is_told(repository: RealRepository) -> None:
    raw = raw_commit(header=b"author B <b@example.com> 1 +0000\n")
    commit = parse_commit(repository.raw_object("commit", raw), raw)
    assert commit.author.name == repository.git("log", "-1", "--format=%an", str(commit.sha)) == "B"
    assert commit.unread == ("it names more than one author",)


def test_a_parent_below_the_author_is_none() -> None:
    assert parse_commit("1" * 40, raw_commit(header=b"parent " + b"5" * 40 + b"\n")).parents == ()


def test_a_message_keeps_its_nul_bytes_and_what_is_behind_them() -> None:
    commit = parse_commit("1" * 40, raw_commit(message=b"Subject\n\nBody\0hidden\n\nKey: value\n"))
    assert commit.message == "Subject\n\nBody\0hidden\n\nKey: value\n"
    assert [str(trailer) for trailer in commit.trailers] == ["Key: value"]


@pytest.mark.parametrize(
    "raw", [b"", b"\n", b"\n\n", b"tree", b"author", b"author \n\n", b"parent\n\nx", b"\0" * 50, b"x" * 99]
)
def test_a_mangled_commit_is_read_as_far_as_it_goes(raw: bytes) -> None:
    commit = parse_commit("1" * 40, raw)
    assert commit.author.email == ""
    assert commit.trailers == ()


@given(st.binary(max_size=300))
def test_no_bytes_make_reading_fail(raw: bytes) -> None:
    parse_commit("1" * 40, raw)
    parse_commit("1" * 40, raw_commit(author=raw))
    parse_commit("1" * 40, raw_commit(header=b"encoding " + raw))
