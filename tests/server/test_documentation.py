"""What the pages on servers list is what there is."""

import re
from pathlib import Path

from byline.actions.server_kinds import KINDS
from byline.commands.stages import SERVER_STAGES
from byline.repository.server_environment import SERVERS
from byline.repository.server_settings import server_settings

PAGES = Path(__file__).resolve().parents[2] / "docs" / "server"
VALUES = {
    "deadline": "4 defer",
    "missingPolicy": "refuse",
    "branchPolicies": "own",
    "onError": "allow",
    "logError": "allow",
    "server": "gitlab",
}


def test_every_setting_of_the_page_is_one_and_none_is_missing():
    listed = re.findall(r"^\| `byline\.(\w+)`", (PAGES / "settings.md").read_text(), re.MULTILINE)
    settings = server_settings([(name.lower(), VALUES.get(name, "x")) for name in listed])
    unchanged = [name for name, value in settings._asdict().items() if value == server_settings([])._asdict()[name]]
    assert unchanged == ["deadline"]  # 4 is what holds anyway


def test_every_hook_is_on_the_page():
    page = (PAGES / "README.md").read_text()
    assert all(f"| `{stage}` |" in page for stage in SERVER_STAGES)


def test_every_kind_of_server_has_a_page():
    pages = {"forgejo": "gitea"}
    assert set(KINDS) == set(SERVERS)
    for kind in KINDS:
        assert f"--kind {kind}" in (PAGES / f"{pages.get(kind, kind)}.md").read_text()


def test_every_field_of_an_event_is_on_the_page(gate):
    gate.client.commit("One\n")
    gate.push("main")
    page = (PAGES / "log.md").read_text()
    listed = set(re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (.*?) \|", page, re.MULTILINE))))
    assert set(gate.last()) <= listed
    assert listed <= set(gate.last()) | {"checks", "record", "policy_notices"}
