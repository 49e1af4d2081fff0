"""Commits under the bundled presets: facts in tests/cases/policy/decisions.toml, one test for each."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from byline.model import Place
from support.policies import commit, finding, judge, policy, seconds

CASES = Path(__file__).parents[2] / "cases" / "policy" / "decisions.toml"


def cases() -> list[object]:
    rows = tomllib.loads(CASES.read_text())["case"]
    return [pytest.param(row, id=f"{number}-{row['policy']}-{row['expect']}") for number, row in enumerate(rows, 1)]


@pytest.mark.parametrize("row", cases())
def test_decision(row: dict[str, object]) -> None:
    rules = policy(f'extends = ["{row["policy"]}"]\n{row.get("more", "")}\n')
    day = row.get("date")
    when = seconds(day.year, day.month, day.day) if isinstance(day, date) else None
    made = commit(
        *row.get("trailers", ()),
        paths=row["paths"],
        author="Ada <ada@example.org>",
        date=when,
        lines_added=row.get("lines"),
    )
    found = [finding(tool, mode=row.get("mode", "")) for tool in row.get("tools", ())]
    decision = judge(rules, made, *found, place=Place.PUSH)
    assert decision.outcome == row["expect"], decision
    assert (decision.if_enforced or decision.outcome) == row.get("if-enforced", row["expect"]), decision
    if decision.outcome == "blocked":
        assert decision.reason
        assert decision.rule is not None
        assert decision.rule.line > 0
