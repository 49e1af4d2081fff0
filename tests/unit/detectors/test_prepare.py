"""The detectors together: order, duplicates, what is searched for, and hostile commits."""

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from byline.catalogue.load import Catalogue, load_catalogue
from byline.detectors import DETECTORS, prepare
from byline.model import AddedLine, Commit, ConfigFile, Environment, FileChange, Identity, Surface, Trailer
from support.examples import commit, with_trailer
from support.marks import catalogue_of, detection_of, joined

ROWS = (
    {"surface": "trailer", "key": "Co-authored-by", "email": "bot@acme.example"},
    {"surface": "trailer", "key": "Assisted-by", "names": ["Acme Code"]},
    {"surface": "trailer", "key": ["Signed-off-by", "AI"], "value": "(?:an? )?ai(?: tool)?"},
    {"surface": "trailer", "value": "acme session .*"},
    {"surface": "trailer", "key": "Acme-Session", "any-value": True},
    {"surface": "identity", "github-id": 1234},
    {"surface": "identity", "pattern": r"\(acme\)$|acme-bot"},
    {"surface": "message", "footer": ["Acme Code"]},
    {"surface": "message", "pattern": "^made by acme$", "needle": "by acme"},
    {"surface": "line", "pattern": "// acme: .*", "needle": "// acme"},
    {"surface": "path", "path": ".acme/**"},
    {"surface": "config", "path": "acme.json", "pointer": "on"},
    {"surface": "environment", "variable": "ACME", "run-by": "agent"},
)
BOT = Identity("Acme", "1234+acme@users.noreply.github.com")
EVERYTHING = Commit(
    sha="1" * 40,
    parents=(),
    author=BOT,
    committer=BOT,
    message="x\n\nCo-authored-by: A <bot@acme.example>\nmade by acme\nGenerated with Acme Code\n\nAcme-Session: 1\n",
    trailers=(Trailer("Acme-Session", "1", 7),),
    changes=(FileChange(".acme/x", "A"), FileChange("acme.json", "A")),
    added_lines=(AddedLine("b.c", 2, "// acme: x"), AddedLine("a.c", 5, "// acme: y")),
    configs=(ConfigFile("acme.json", None, b'{"on": 1}'),),
    environment=Environment({"ACME": "1"}),
)


@pytest.mark.parametrize("long_run", [False, True])
def test_findings_come_by_surface_and_place(long_run: bool) -> None:
    findings = prepare(catalogue_of(*ROWS), long_run=long_run).detect(EVERYTHING)
    assert [(f.surface.value, f.mark.removeprefix("acme."), f.path, f.line, f.role) for f in findings] == [
        ("trailer", "m4", None, 7, "Acme-Session"),
        ("identity", "m5", None, None, "author"),
        ("identity", "m5", None, None, "committer"),
        ("message", "m0", None, 3, "Co-authored-by"),
        ("message", "m8", None, 4, None),
        ("message", "m7", None, 5, None),
        ("line", "m9", "a.c", 5, None),
        ("line", "m9", "b.c", 2, None),
        ("path", "m10", ".acme/x", None, None),
        ("config", "m11", "acme.json", None, None),
        ("environment", "m12", None, None, None),
    ]


def test_the_same_without_a_wheel_for_the_automaton(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = detection_of(*ROWS).detect(EVERYTHING)
    monkeypatch.setitem(sys.modules, "ahocorasick_rs", None)
    assert detection_of(*ROWS).detect(EVERYTHING) == expected


def test_an_empty_catalogue_finds_nothing() -> None:
    detection = prepare(Catalogue({}, {}, {}))
    assert detection.detect(EVERYTHING) == ()
    assert detection.search.commits([b"bot@acme.example"]) == set()
    assert detection.search.lines(b"// acme") == []
    assert not detection.search.is_config("acme.json")


def test_every_surface_has_a_detector() -> None:
    found = {finding.surface for finding in detection_of(*ROWS).detect(EVERYTHING)}
    assert found == {surface for surface, _ in DETECTORS} == set(Surface)


@pytest.mark.parametrize(
    "raw",
    [
        "Co-authored-by: A <bot@acme.example>",
        "Co-authored-by: A <bot@аcme.example>",  # Cyrillic а
        "Assisted-by: ACME CODE (4)",
        "Assisted-by: acmecode:4",
        "Signed-off-by: AI",
        "Signed-off-by : an ai tool",
        "Signed-off-by:\n an AI",
        "AI:ai",
        "Log: Acme session 12",
        "acme-session: x",
        "author x <1234+x@users.noreply.github.com> 1700000000 +0000",
        "committer A (acme) <x@y.example> 1700000000 +0000",
        "Made by Acme",
        "Written by Acme Code",
    ],
)
def test_raw_commits_that_may_hold_a_mark_are_pointed_out(raw: str) -> None:
    raws = [f"tree 1\n\nÄ\n\n{text}\n".encode() for text in ("One", raw, "Two")]
    assert detection_of(*ROWS).search.commits(raws) == {1}


@pytest.mark.parametrize(
    "raw",
    [
        "Signed-off-by: Ada Example <ada@example.com>",
        "Signed-off-by: Ai Example <ai@example.com>",
        "Signed-off-by: José Example <jose@example.com>",
        "Co-authored-by: Bob <bob@example.com>",
        "Main: available",
        "signed-off-by",
    ],
)
def test_raw_commits_of_people_are_passed_over(raw: str) -> None:
    assert detection_of(*ROWS).search.commits([f"tree 1\n\nSubject\n\n{raw}\n".encode()]) == set()


@pytest.mark.parametrize("value", ["AI", "an  AI\ttool", "a АI"])  # the last with a Cyrillic А
def test_values_are_seen_through_odd_spacing_and_look_alikes(value: str) -> None:
    assert detection_of(*ROWS).detect(with_trailer(f"Signed-off-by: {' '.join(value.split())}"))


def test_an_unnamed_tool_gives_way_to_a_named_one_in_the_same_place() -> None:
    unnamed = catalogue_of({"surface": "trailer", "value": ".*@acme.example>"}, tool="unnamed-ai", vendor="unknown")
    detection = prepare(joined(unnamed, catalogue_of(ROWS[0])))
    both, other = "Co-authored-by: A <bot@acme.example>", "Co-authored-by: A <x@acme.example>"
    assert [finding.tool for finding in detection.detect(with_trailer(both))] == ["acme"]
    assert [finding.tool for finding in detection.detect(with_trailer(other))] == ["unnamed-ai"]


HOSTILE = [
    "\ud800\udcff\x00" * 1000,
    "Co-authored-by: " * 20_000,
    "Co-authored-by:" + " " * 200_000 + "x",
    "Generated with " * 20_000,
    "[" * 100_000 + "Generated with [Acme Code](" + "(" * 100_000,
    "<" * 200_000,
    "a" * 1_000_000,
    ("a: b\n" * 100_000) + "Co-authored-by: A <b@c.example>",
    "```\n" * 100_000,
    "Signed-off-by: ai" * 50_000,
    "\\n" * 200_000,
    "\u0300" * 200_000,
    "\x1b[" * 100_000,
    "co-authored-by: acme code bot@acme.example\n" * 5_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_commits_end(text: str) -> None:
    odd = Identity(text[:5000], text[:5000])
    hostile = commit(
        author=odd,
        committer=odd,
        message=f"bot@acme.example\n\n{text}",
        trailers=(Trailer(text[:5000], text, 3), Trailer("Co-authored-by", text, 4)),
        changes=(FileChange(text[:4000], "A"),),
        added_lines=(AddedLine("a", 1, text.replace("\n", " ")),),
        configs=(ConfigFile("acme.json", text.encode("utf-8", "replace"), text[1:].encode("utf-8", "replace")),),
    )
    for detection in (detection_of(*ROWS), prepare(load_catalogue())):
        detection.detect(hostile)


TEXTS = st.text(st.sampled_from("Acme Code<>@:\n-[]()ai\u200b\ud800\udcffé`> \t\\n*"), max_size=40)


@settings(max_examples=200)
@given(TEXTS, TEXTS, TEXTS)
def test_nothing_that_a_commit_says_crashes_or_repeats(key: str, value: str, message: str) -> None:
    odd = commit(author=Identity(key, value), message=message + key, trailers=(Trailer(key, value, 1),))
    findings = detection_of(*ROWS).detect(odd)
    assert len({(f.mark, f.surface, f.role, f.path, f.line) for f in findings}) == len(findings)
