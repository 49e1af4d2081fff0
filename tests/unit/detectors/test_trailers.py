"""Marks on trailers."""

import pytest

from byline.model import Confidence, Finding, Shows, Surface, Trailer
from support.examples import commit, with_trailer
from support.marks import detection_of

ADDRESS = {"surface": "trailer", "key": "Co-authored-by", "email": "bot@acme.example"}
ANY_KEY = {"surface": "trailer", "email": "bot@acme.example"}
ACCOUNT = {"surface": "trailer", "key": "Co-authored-by", "github-id": 175728472}
ACCOUNT_AND_LOGIN = {**ACCOUNT, "github-login": "Copilot"}
NAMED = {**ADDRESS, "name": ["Acme", "Acme Bot"]}
DECLARED = {"surface": "trailer", "key": ["Assisted-by", "Generated-by"], "names": ["Acme Code", "Acme"]}
VALUE = {"surface": "trailer", "key": "AI-used", "value": "yes(?:, .*)?"}
VALUE_ANY_KEY = {"surface": "trailer", "value": r"https://acme\.example/session/\w+"}
ANY_VALUE = {"surface": "trailer", "key": "Acme-Session", "any-value": True}

FIRES = [
    (ADDRESS, "Co-authored-by: Acme <bot@acme.example>"),
    (ADDRESS, "CO-AUTHORED-BY: whoever <Bot@ACME.example>"),
    (ADDRESS, "Co-authored-by: <bot@acme.example>"),
    (ADDRESS, "Co-authored-by: A <a@b.example> <bot@acme.example>"),
    (ADDRESS, "Co-authored-by: Acme < bot@acme.example >"),
    (ADDRESS, "Co-authored-by: Acme <bot@acme.example"),
    (ADDRESS, "Co-authored-by: Acme bot@acme.example"),
    (ADDRESS, "Co-author-by: Acme <bot@acme.example>"),
    (ADDRESS, "Coauthored-by: Acme <bot@acme.example>"),
    (ADDRESS, "Co-Authord-By: Acme <bot@acme.example>"),
    (ADDRESS, "Cо-authored-by: Acme <bot@acme.example>"),  # Cyrillic о
    (ADDRESS, "Co-authored-by: Acme <bot@аcme.example>"),  # Cyrillic а
    (ADDRESS, "Co-authored-by: Acme <bo\u200bt@acme.example>"),
    (ADDRESS, "Co\u2011authored\u2011by: Acme <bot＠acme.example>"),
    (ADDRESS, "Co-authored-by: \x1b[1mAcme\x1b[0m <bot@ac\x1b[0mme.example>"),
    (ANY_KEY, "Signed-off-by: Acme <bot@acme.example>"),
    (ACCOUNT, "Co-authored-by: Copilot <175728472+Copilot@users.noreply.github.com>"),
    (ACCOUNT, "Co-authored-by: x <175728472+renamed[bot]@users.noreply.github.com>"),
    (ACCOUNT_AND_LOGIN, "Co-authored-by: x <175728472+copilot@users.noreply.github.com>"),
    (NAMED, 'Co-authored-by: "ACME bot" <bot@acme.example>'),
    (DECLARED, "Assisted-by: Acme Code"),
    (DECLARED, "Assisted-by: acme-code"),
    (DECLARED, "Generated-by: AcmeCode:opus-4"),
    (DECLARED, "Assisted-by: Acme  Code (Large 4)"),
    (DECLARED, "Assisted-by: acme_code/2.1 sparse"),
    (DECLARED, "Assisted-by: Acme, reviewed by hand"),
    (VALUE, "AI-used: Yes, for the tests"),
    (VALUE_ANY_KEY, "Session: https://acme.example/session/01AB"),
    (ANY_VALUE, "acme-session: 1"),
]

SILENT = [
    (ADDRESS, "Co-authored-by: Acme <bot@acme.example.org>"),
    (ADDRESS, "Co-authored-by: Acme <robot@acme.example>"),
    (ADDRESS, "Co-authored-by: Acme"),
    (ADDRESS, "Signed-off-by: Acme <bot@acme.example>"),
    (ADDRESS, "Co-tested-by: Acme <bot@acme.example>"),
    (ADDRESS, "Co-authored-by: A <bot@acme.example> <a@b.example>"),
    (ACCOUNT, "Co-authored-by: x <1175728472+x@users.noreply.github.com>"),
    (ACCOUNT, "Co-authored-by: x <175728472+x@users.noreply.github.com.example>"),
    (ACCOUNT, "Co-authored-by: 175728472 <a@b.example>"),
    (ACCOUNT_AND_LOGIN, "Co-authored-by: x <175728472+other@users.noreply.github.com>"),
    (NAMED, "Co-authored-by: Ada <bot@acme.example>"),
    (DECLARED, "Assisted-by: Acme Code <acme@code.example>"),
    (DECLARED, "Assisted-by: Acmecoder"),
    (DECLARED, "Assisted-by: Macme Code"),
    (DECLARED, "Suggested-by: Acme Code"),
    (VALUE, "AI-used: no"),
    (VALUE, "AI-used: yesterday"),
    (VALUE_ANY_KEY, "Session: see https://acme.example/session/01AB"),
    (ANY_VALUE, "Acme-Sessions: 1"),
    (ANY_VALUE, "Acme-Session: "),
]


@pytest.mark.parametrize(("row", "line"), FIRES)
def test_fires(row: dict[str, object], line: str) -> None:
    findings = detection_of(row).detect(with_trailer(line))
    assert [(found.mark, found.surface, found.line) for found in findings] == [("acme.m0", Surface.TRAILER, 3)]


@pytest.mark.parametrize(("row", "line"), SILENT)
def test_stays_silent(row: dict[str, object], line: str) -> None:
    assert detection_of(row).detect(with_trailer(line)) == ()


def test_a_finding_says_what_was_seen_where() -> None:
    line = "Co-Authored-By: Acme 4 <bot@acme.example>"
    assert detection_of(ADDRESS).detect(with_trailer(line)) == (
        Finding(
            mark="acme.m0",
            tool="acme",
            surface=Surface.TRAILER,
            shows=Shows.GENERATED,
            confidence=Confidence.CERTAIN,
            text=line,
            path=None,
            line=3,
            role="Co-Authored-By",
        ),
    )


@pytest.mark.parametrize("key", ["Reviewed-by", "acked-by", "TESTED-BY", "Reported-by", "Suggested-by"])
def test_a_reviewer_generated_nothing(key: str) -> None:
    (finding,) = detection_of(ANY_KEY).detect(with_trailer(f"{key}: Acme <bot@acme.example>"))
    assert (finding.shows, finding.role) == (Shows.ASSISTED, key)


def test_the_longest_declared_name_wins() -> None:
    review = {"surface": "trailer", "key": "Assisted-by", "names": ["Acme Code Review"]}
    findings = detection_of(DECLARED, review).detect(with_trailer("Assisted-by: acme-code-review 2"))
    assert [finding.mark for finding in findings] == ["acme.m1"]


def test_a_longer_name_that_asks_for_another_key_does_not_count() -> None:
    review = {"surface": "trailer", "key": "Reviewed-by", "names": ["Acme Code Review"]}
    findings = detection_of(DECLARED, review).detect(with_trailer("Assisted-by: Acme Code Review"))
    assert [finding.mark for finding in findings] == ["acme.m0"]


def test_every_trailer_and_every_mark_counts_in_order() -> None:
    lines = ["Acme-Session: 1", "Co-authored-by: A <bot@acme.example>", "Co-authored-by: B <bot@acme.example>"]
    trailers = tuple(
        Trailer(*line.split(": ", 1), number)  # type: ignore[arg-type]
        for number, line in enumerate(lines, 3)
    )
    message = "\n".join(["Subject", "", *lines])
    findings = detection_of(ADDRESS, ANY_KEY, ANY_VALUE).detect(commit(message=message, trailers=trailers))
    assert [(finding.line, finding.mark) for finding in findings] == [
        (3, "acme.m2"),
        (4, "acme.m0"),
        (4, "acme.m1"),
        (5, "acme.m0"),
        (5, "acme.m1"),
    ]
