"""Marks on authors and committers."""

import pytest

from byline.model import Finding, Identity
from support.examples import PERSON, commit
from support.marks import detection_of

EMAIL = {"surface": "identity", "email": "bot@acme.example"}
NAMED = {**EMAIL, "name": "Acme"}
AUTHOR = {**EMAIL, "role": "author"}
ACCOUNT = {"surface": "identity", "github-id": [1, 41898282], "github-login": "acme[bot]"}
PATTERN = {"surface": "identity", "pattern": r"\(acme-coder\) <"}


def found(row: dict[str, object], *identities: Identity) -> tuple[Finding, ...]:
    author, committer = identities
    return detection_of(row).detect(commit(author=author, committer=committer))


@pytest.mark.parametrize(
    ("row", "identity"),
    [
        (EMAIL, Identity("anybody", "BOT@acme.example")),
        (EMAIL, Identity("", "bot@acme.example")),
        (EMAIL, Identity("x", "bоt@acme.example")),  # Cyrillic о
        (NAMED, Identity("ACME", "bot@acme.example")),
        (ACCOUNT, Identity("acme[bot]", "41898282+acme[bot]@users.noreply.github.com")),
        (PATTERN, Identity("Ada Example (acme-coder)", "ada@example.com")),
        (PATTERN, Identity("Ada Example (аcme-coder)", "ada@example.com")),  # Cyrillic а
    ],
)
def test_fires_for_both_roles(row: dict[str, object], identity: Identity) -> None:
    findings = found(row, identity, identity)
    assert [(finding.role, finding.text) for finding in findings] == [
        ("author", str(identity)),
        ("committer", str(identity)),
    ]


@pytest.mark.parametrize(
    ("row", "identity"),
    [
        (EMAIL, Identity("bot@acme.example", "ada@example.com")),
        (EMAIL, Identity("Acme", "bot@acme.example.org")),
        (NAMED, Identity("Ada", "bot@acme.example")),
        (ACCOUNT, Identity("x", "41898282+github-actions[bot]@users.noreply.github.com")),
        (PATTERN, Identity("acme-coder", "ada@example.com")),
    ],
)
def test_stays_silent(row: dict[str, object], identity: Identity) -> None:
    assert found(row, identity, identity) == ()


def test_the_role_can_be_one() -> None:
    bot = Identity("Acme", "bot@acme.example")
    assert [finding.role for finding in found(AUTHOR, bot, PERSON)] == ["author"]
    assert found(AUTHOR, PERSON, bot) == ()
