"""Collecting the environment: the chain of programs, and where it does not count."""

import os
import subprocess
import sys

import pytest

from byline.repository import surroundings
from byline.repository.surroundings import read_environment


@pytest.fixture(autouse=True)
def outside_ci(monkeypatch):
    for name in surroundings._CI_SYSTEMS:
        monkeypatch.delenv(name, raising=False)


@pytest.mark.skipif(sys.platform != "linux", reason="/proc")
def test_the_chain_goes_from_the_parent_to_the_first_program(tmp_path):
    script = (
        "from byline.repository.surroundings import read_environment;"
        "found = read_environment('.'); print(found.complete, *found.processes, sep=chr(10))"
    )
    agent = tmp_path / "codex"
    agent.write_text(f'#!/bin/sh\n"{sys.executable}" -c "{script}"; true\n')
    agent.chmod(0o755)
    path = os.pathsep.join(sys.path)
    done = subprocess.run(
        [agent], capture_output=True, text=True, check=True, cwd=tmp_path, env=os.environ | {"PYTHONPATH": path}
    )
    first, second, *_ = done.stdout.splitlines()
    assert first == "True"
    assert "name='codex'" in second


@pytest.mark.parametrize("name", ["GITHUB_ACTIONS", "GITLAB_CI", "JENKINS_URL", "TF_BUILD"])
def test_never_in_ci(monkeypatch, tmp_path, name):
    monkeypatch.setenv(name, "true")
    assert read_environment(str(tmp_path)) is None


def test_not_while_git_replays_commits_of_others(tmp_path):
    assert read_environment(str(tmp_path)) is not None
    (tmp_path / "rebase-merge").mkdir()
    assert read_environment(str(tmp_path)) is None


def test_every_ci_system_that_byline_knows_is_one():
    from byline.providers import PROVIDERS

    assert {name for name, _ in PROVIDERS} - {"PRE_COMMIT", "GERRIT_EVENT_TYPE"} == set(surroundings._CI_SYSTEMS)
