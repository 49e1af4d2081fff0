"""Ways to get a violating commit past the server. Each is tried for real; none may leave it behind any ref.

The ways stand in `ways_in/table.py`. After each a clean push must pass, so that none of them is refused by accident.
"""

from pathlib import Path
from types import ModuleType

import pytest

from server.gate import POLICY, Gate
from server.ways_in import by_content, by_date, by_environment, by_failure, by_move, by_policy, by_ref
from server.ways_in.table import TABLE, UNCHECKED, WAYS


@pytest.mark.parametrize("name", WAYS)
def test_no_way_leads_in(gate: Gate, name: str):
    forbidden = WAYS[name](gate)
    assert forbidden
    assert gate.commits().isdisjoint(forbidden), "it got in"
    outcomes = {event["outcome"] for stage in ("pre-receive", "update") for event in gate.events(stage)}
    assert name in UNCHECKED or "refused" in outcomes, f"refused for another reason: {gate.log.read_text()}"
    gate.client.git("checkout", "--quiet", "--detach", gate.tip("refs/heads/main"))
    clean = gate.client.commit("A clean change\n", {"clean.txt": "clean\n"})
    done = gate.push(f"{clean}:refs/heads/main")
    assert done.returncode == 0, f"a clean push is refused as well: {done.stderr}"


@pytest.mark.parametrize("name", WAYS)
def test_every_way_leads_in_where_the_hooks_let_all_pass(tmp_path: Path, name: str):
    careless = tmp_path / "careless"
    careless.write_text("#!/bin/sh\ncat >/dev/null\nexit 0\n")
    careless.chmod(0o755)
    gate = Gate(tmp_path, careless)
    gate.start(POLICY)
    forbidden = WAYS[name](gate)
    assert not gate.commits().isdisjoint(forbidden)


def test_the_table_is_as_long_as_promised():
    assert len(WAYS) >= 40
    assert len(WAYS) == sum(map(len, TABLE.values()))
    assert set(WAYS) >= UNCHECKED


@pytest.mark.parametrize(
    "module",
    [by_content, by_date, by_environment, by_failure, by_move, by_policy, by_ref],
    ids=lambda one: one.__name__,
)
def test_no_way_is_left_out_of_the_table(module: ModuleType):
    own = {name for name, one in vars(module).items() if getattr(one, "__module__", "") == module.__name__}
    assert {name for name in own if not name.startswith("_")} <= set(WAYS)
