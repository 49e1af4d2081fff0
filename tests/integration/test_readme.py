"""The README's capture of a refused commit is what byline prints."""

import re
import shlex
from pathlib import Path

from integration.clone import Clone

README = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")


def test_the_capture_is_real(make_clone) -> None:
    policy = re.search(r"^```toml\n# byline.toml\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
    capture = re.search(r"^<!-- capture -->\n```console\n\$ (.*?)\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
    assert policy is not None
    assert capture is not None
    clone: Clone = make_clone(policy[1])
    clone.stage({"zones.py": "def zone(): ...\n"})
    ended = clone.attempt(*shlex.split(capture[1]))
    assert ended.code == 1
    assert ended.err.strip() == capture[2].strip()
