"""Nothing certain or likely fires on people, other machines, ordinary sentences, code and files."""

import os
import tomllib

import pytest

from byline.catalogue.load import load_catalogue
from byline.detectors import Detection, prepare
from byline.model import Confidence, Surface
from support.examples import commits_for

with open(os.path.join(os.path.dirname(__file__), "innocent.toml"), "rb") as stream:
    INNOCENT: dict[str, list[str]] = tomllib.load(stream)

SURFACES = {
    "identities": Surface.IDENTITY,
    "trailers": Surface.TRAILER,
    "messages": Surface.MESSAGE,
    "lines": Surface.LINE,
    "paths": Surface.PATH,
    "configs": Surface.CONFIG,
}


@pytest.fixture(scope="module")
def detection() -> Detection:
    return prepare(load_catalogue())


def test_every_kind_of_innocent_text_is_known() -> None:
    assert set(INNOCENT) == set(SURFACES)


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in INNOCENT.items() for text in texts])
def test_innocent_text_fires_nothing_sure(detection: Detection, kind: str, text: str) -> None:
    findings = [finding for commit in commits_for(SURFACES[kind], text) for finding in detection.detect(commit)]
    assert [finding.mark for finding in findings if finding.confidence is not Confidence.HINT] == []


@pytest.mark.parametrize("name", [text for text in INNOCENT["identities"] if text.strip() != "<>"])
@pytest.mark.parametrize("key", ["Signed-off-by", "Co-authored-by", "Assisted-by"])
def test_people_may_stand_in_any_trailer(detection: Detection, name: str, key: str) -> None:
    findings = [
        finding for commit in commits_for(Surface.TRAILER, f"{key}: {name}") for finding in detection.detect(commit)
    ]
    assert [finding.mark for finding in findings if finding.confidence is not Confidence.HINT] == []


def test_all_innocent_sentences_together_fire_nothing_sure(detection: Detection) -> None:
    (commit,) = commits_for(Surface.MESSAGE, "\n\n".join(INNOCENT["messages"]))
    assert [finding.mark for finding in detection.detect(commit) if finding.confidence is not Confidence.HINT] == []
