"""docs/ci.md against the program: every system, format, option and file it tells of is there, and none is missing."""

import re
from pathlib import Path

import pytest

from byline.cli import main
from byline.providers import PROVIDERS
from byline.reporters import FORMATS

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")


def table_below(heading: str) -> str:
    section = PAGE.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return "\n".join(line for line in section.split("\n") if line.startswith("|"))


def test_every_format_is_listed() -> None:
    first_cells = (line.split("|")[1] for line in table_below("Reports").split("\n")[2:])
    assert {name for cell in first_cells for name in re.findall(r"`([a-z]+)`", cell)} == set(FORMATS)


@pytest.mark.parametrize("module", sorted({module for _, module in PROVIDERS}))
def test_every_system_is_listed(module: str) -> None:
    assert module.replace("_", "-") in table_below("Systems").lower()


def test_every_ready_made_file_is_linked_and_every_link_leads_somewhere() -> None:
    linked = {(ROOT / "docs" / link).resolve() for link in re.findall(r"\]\(([^)#:]+)\)", PAGE)}
    assert all(path.exists() for path in linked)
    assert {*(ROOT / "docs" / "ci").iterdir(), ROOT / "action.yml"} <= linked


def test_every_option_of_the_page_exists(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ci", "--help"]) == 0
    known = set(re.findall(r"--[a-z][a-z-]+", capsys.readouterr().out))
    others = {"--no-verify", "--depth", "--from-ref", "--to-ref", "--quiet"}
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", PAGE)) - others <= known
