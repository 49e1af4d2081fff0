"""The README's captures of commits are what byline prints."""

import re
import shlex
from pathlib import Path

import pytest

from integration.clone import Clone

README = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")


CAPTURES = re.findall(r"^<!-- capture -->\n```console\n\$ (.*?)\n(.*?)^```", README, re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize(("command", "output"), CAPTURES)
def test_a_capture_is_real(make_clone, command: str, output: str) -> None:
    policy = re.search(r"^```toml\n# byline.toml\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
    assert policy is not None
    clone: Clone = make_clone(policy[1])
    clone.stage({"zones.py": "def zone(): ...\n"})
    ended = clone.attempt(*shlex.split(command))
    assert ended.code == ("BLOCKED" in output)
    assert ended.err.strip() == output.strip()


def test_a_refused_commit_is_shown() -> None:
    assert any("BLOCKED" in output for _, output in CAPTURES)
