"""Every bundled preset is complete, short, dated, and does what its examples say."""

import re
import tomllib
from statistics import median

import pytest

from byline.catalogue.load import load_catalogue
from byline.detectors import prepare
from byline.policy.examples import run_examples
from byline.policy.load import parse_policy
from byline.policy.presets import read_preset, versions
from support.policies import CATALOGUE

FILES = [f"{name}@{month}.toml" for name, months in versions().items() for month in months]
SHOULD = ("asf", "llvm", "opentelemetry", "debian", "cpython", "freebsd", "qemu-proposed")
"""Policies that recommend, or are only proposed: enforcing them would misreport the project."""

COMPANIES = re.compile("alibaba|apple|amazon|meta|google|bytedance|samsung|microsoft|bank of|jpmorgan", re.IGNORECASE)


def test_there_are_presets() -> None:
    assert len(FILES) == 47


@pytest.mark.parametrize("file", FILES)
def test_examples_hold(file: str) -> None:
    results = run_examples(parse_policy(read_preset(file), file, CATALOGUE))
    assert len(results) >= 2
    assert [(result.rule.line, result.decision) for result in results if not result.holds] == []
    assert len({result.expected for result in results}) > 1, "examples that all end alike show nothing"


BUNDLED = load_catalogue()
DETECT = prepare(BUNDLED).detect


@pytest.mark.parametrize("file", FILES)
def test_loads_with_the_bundled_catalogue_and_its_examples_hold(file: str) -> None:
    results = run_examples(parse_policy(read_preset(file), file, BUNDLED), DETECT)
    assert [(result.rule.line, result.decision) for result in results if not result.holds] == []


@pytest.mark.parametrize("file", FILES)
def test_says_where_it_comes_from(file: str) -> None:
    data = tomllib.loads(read_preset(file).decode())
    assert {"as-of", "grade"} <= set(data["preset"])
    assert (
        data["preset"].get("source")
        or data.get("policy", {}).get("url", "").startswith("https://")
        or "extends" in data
    )
    assert re.fullmatch(r"[a-z0-9-]+@\d{4}-(0[1-9]|1[0-2])\.toml", file)
    assert file.partition("@")[2][:7] <= str(data["preset"]["as-of"])[:7]
    if "extends" not in data:
        assert len(data["policy"]["name"]) <= 70


@pytest.mark.parametrize("file", FILES)
def test_patterns_from_companies_are_named_neutrally(file: str) -> None:
    if "the texts are not public" in read_preset(file).decode():
        assert not COMPANIES.search(file)
        assert not COMPANIES.search(read_preset(file).decode())


@pytest.mark.parametrize("file", [file for file in FILES if file.partition("@")[0] in SHOULD])
def test_recommendations_do_not_block(file: str) -> None:
    results = run_examples(parse_policy(read_preset(file), file, CATALOGUE))
    assert "blocked" not in {result.decision.outcome for result in results}


def test_presets_are_short() -> None:
    sizes = [sum(1 for line in read_preset(file).decode().split("\n") if line.strip()) for file in FILES]
    assert median(sizes) <= 12
    assert max(sizes) <= 25
