"""Trailers in the middle of a message, which Git does not take for trailers."""

import pytest

from byline.model import Confidence, Finding, Shows, Surface, Trailer
from support.examples import commit
from support.marks import detection_of

LINE = "Co-authored-by: Acme <bot@acme.example>"
ROWS = (
    {"surface": "trailer", "key": "Co-authored-by", "email": "bot@acme.example"},
    {"surface": "trailer", "key": "Assisted-by", "names": ["Acme Code"], "confidence": "likely"},
    {"surface": "trailer", "key": "Acme-Session", "any-value": True},
    {"surface": "trailer", "email": "agent@acme.example"},
    {"surface": "trailer", "key": "AI-used", "value": "yes(?:, .*)?", "confidence": "hint"},
)


def found(body: str, subject: str = "Subject") -> tuple[Finding, ...]:
    return detection_of(*ROWS).detect(commit(message=f"{subject}\n\n{body}\n\nMore text.\n"))


@pytest.mark.parametrize(
    ("line", "confidence"),
    [
        (LINE, Confidence.LIKELY),
        ("co-authored-by:Acme <bot@acme.example>", Confidence.LIKELY),
        ("Co-authored-by:: Acme <bot@acme.example>", Confidence.LIKELY),
        ("Co-authored-by : Acme <bot@acme.example>", Confidence.LIKELY),
        ("Co authored by: Acme <bot@acme.example>", Confidence.LIKELY),
        ("Сo-authored-by： Acme <bot@acme.example>", Confidence.LIKELY),  # Cyrillic С
        (f"  {LINE}  ", Confidence.LIKELY),
        (f"- {LINE}", Confidence.LIKELY),
        (f"│ {LINE}", Confidence.LIKELY),
        (f"* Fix it\\n\\n{LINE}", Confidence.LIKELY),
        ("Co-authored-by: Acme\n <bot@acme.example>", Confidence.LIKELY),
        (f"```\n{LINE}", Confidence.LIKELY),  # a fence that is never closed
        ("Assisted-by: Acme Code (Large 4)", Confidence.HINT),
        ("Acme-Session: 0123-4567", Confidence.LIKELY),
        ("Signed-off-by: Acme <agent@acme.example>", Confidence.LIKELY),
        ("AI-used: yes, for the tests", Confidence.HINT),
    ],
)
def test_a_stray_trailer_is_one_step_less_sure(line: str, confidence: Confidence) -> None:
    (finding,) = found(line)
    assert (finding.surface, finding.confidence, finding.path) == (Surface.MESSAGE, confidence, None)


@pytest.mark.parametrize(
    "body",
    [
        f"> {LINE}",
        f"  > {LINE}",
        f"    {LINE}",
        f"\t{LINE}",
        f"```\n{LINE}\n```",
        f"~~~text\n{LINE}\n~~~~",
        f"Agents add {LINE}",
        f"{LINE} to what they commit",
        f"`{LINE}`",
        f'"{LINE}"',
        "The trailer to use is: Acme <agent@acme.example>",
        "Example: Acme <agent@acme.example>",
        "Assisted-by: Acme Code is the trailer that we ask for",
        "Assisted-by: Acme Code should be there.",
        "Acme-Session: is the trailer that the tool adds",
        "Write to bot@acme.example",
    ],
)
def test_talk_about_trailers_is_none(body: str) -> None:
    assert found(body) == ()


@pytest.mark.parametrize(
    ("subject", "body", "confidences"),
    [
        ('Revert "Add a parser"', LINE, [Confidence.HINT]),
        ('Reapply "Add a parser"', LINE, [Confidence.HINT]),
        ("Undo it", f"This reverts commit 1234.\n\n{LINE}", [Confidence.HINT]),
        ("Undo it", f"{LINE}\n\nThis reverts commit 1234.", [Confidence.LIKELY]),
        ("Undo it", f"{LINE}\n\nThis reverts commit 1234.\n\n{LINE}", [Confidence.LIKELY, Confidence.HINT]),
    ],
)
def test_what_a_revert_may_have_copied_is_a_hint(subject: str, body: str, confidences: list[Confidence]) -> None:
    assert [finding.confidence for finding in found(body, subject)] == confidences


def test_the_place_is_the_line_of_the_message() -> None:
    (finding,) = found(f"* One\n\n{LINE}\n\n* Two")
    assert (finding.line, finding.role, finding.text) == (5, "Co-authored-by", LINE)


def test_a_stray_review_generated_nothing() -> None:
    (finding,) = found("Reviewed-by: Acme <agent@acme.example>")
    assert finding.shows is Shows.ASSISTED


def test_lines_that_git_takes_for_trailers_are_left_to_the_trailer_detector() -> None:
    trailer = Trailer("Co-authored-by", "Acme <bot@acme.example>", 3)
    findings = detection_of(*ROWS).detect(commit(message=f"Subject\n\n{LINE}\n", trailers=(trailer,)))
    assert [finding.surface for finding in findings] == [Surface.TRAILER]


def test_what_stands_above_further_trailers_alone_is_as_sure_as_a_trailer() -> None:
    message = f"Subject\n\nText.\n\n{LINE}\n\nFixes: 12\nSigned-off-by: Ada Example <ada@example.com>\n"
    (finding,) = detection_of(*ROWS).detect(commit(message=message))
    assert (finding.surface, finding.confidence) == (Surface.MESSAGE, Confidence.CERTAIN)


def test_git_s_own_squash_message_is_read() -> None:
    squashed = f"commit {'1' * 40}\nAuthor: Ada Example <ada@example.com>\n\n    Add it\n\n    {LINE}\n"
    (finding,) = found(f"Squashed commit of the following:\n\n{squashed}")
    assert (finding.line, finding.confidence) == (10, Confidence.LIKELY)


@pytest.mark.parametrize(
    ("body", "confidence"),
    [
        (f"* One\n\n{LINE}\n\n* Two", Confidence.CERTAIN),
        (f"* One\n\nReviewed-by: Ada\n{LINE}\n\n* Two", Confidence.CERTAIN),
        (f"* One\nas in\n{LINE}\n\n* Two", Confidence.LIKELY),
        (f"One\n\n{LINE}\n\nTwo", Confidence.LIKELY),
    ],
)
def test_paragraphs_of_trailers_in_a_squash_by_github_are_as_sure_as_trailers(
    body: str, confidence: Confidence
) -> None:
    (finding,) = found(body, "Do both (#12)")
    assert finding.confidence is confidence
