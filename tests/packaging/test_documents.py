"""What stands in two places says the same: the hook manifest, the README and the code."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml

import byline
from byline.catalogue.files import read_tool_file
from byline.catalogue.load import load_catalogue
from byline.commands.stages import STAGES
from byline.errors import EXIT_CODES, Fault
from byline.policy.load import parse_policy
from work_tree import ROOT

MANIFEST = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def between(name: str) -> str:
    """The part of the README between `<!-- name -->` and `<!-- /name -->`."""
    return README.split(f"<!-- {name} -->\n")[1].split(f"<!-- /{name} -->")[0]


def table(name: str) -> list[tuple[str, ...]]:
    """The rows of the README's table of this name, without its head."""
    rows = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in between(name).splitlines()]
    return rows[2:]


def blocks(language: str) -> list[str]:
    """The README's blocks of code in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("hook", MANIFEST, ids=lambda hook: hook["id"])
def test_a_hook_of_the_manifest_starts_its_stage(hook: dict) -> None:
    program, command, stage = hook["entry"].split()
    assert (program, command) == (next(iter(PROJECT["project"]["scripts"])), "hook")
    assert stage in hook["stages"]
    assert set(hook["stages"]) <= set(STAGES)
    assert hook["language"] == "python"
    # without these a commit of no files is not judged, and a large one by several processes at once
    assert hook["always_run"] is True
    assert hook["require_serial"] is True
    takes_a_file = set(hook["stages"]) <= {"commit-msg", "prepare-commit-msg"}
    assert hook.get("pass_filenames", True) is takes_a_file


def test_every_stage_has_one_hook_in_the_manifest() -> None:
    # the frameworks read the pairs of commits that git writes for post-rewrite and hand none of them on
    in_frameworks = set(STAGES) - {"post-rewrite"}
    assert sorted(stage for hook in MANIFEST for stage in hook["stages"]) == sorted(in_frameworks)


def test_the_readme_lists_the_hooks_of_the_manifest() -> None:
    rows = [(f"`{hook['id']}`", ", ".join(hook["stages"]), hook["description"]) for hook in MANIFEST]
    assert table("hooks") == rows


def test_the_readme_lists_the_exit_codes() -> None:
    assert table("exit codes") == [(str(code), meaning) for code, meaning in EXIT_CODES.items()]


def test_the_configuration_to_paste_names_hooks_and_stages_that_exist() -> None:
    config = yaml.safe_load(blocks("yaml")[0])
    stages = {hook["id"]: hook["stages"] for hook in MANIFEST}
    used = [hook["id"] for hook in config["repos"][0]["hooks"]]
    assert set(used) <= set(stages)
    needed = {stage for name in used for stage in stages[name]}
    assert needed <= set(config["default_install_hook_types"]), "a hook whose stage is not installed never runs"


def test_the_policies_to_paste_have_no_fault() -> None:
    policies = [block for block in blocks("toml") if "[policy]" in block]
    assert policies
    for block in policies:
        assert parse_policy(block.encode(), "README.md", load_catalogue()).base.ai


def test_the_tool_to_paste_has_no_fault(tmp_path: Path) -> None:
    example = next(block for block in blocks("toml") if "[[mark]]" in block)
    name = tomllib.loads(example)["id"].replace("-", "_") + ".toml"
    (tmp_path / name).write_text(example)
    faults: list[Fault] = []
    tool = read_tool_file(str(tmp_path), name, faults)
    assert not faults
    assert tool is not None


def test_the_version_stands_in_the_changelog_and_in_the_configuration_to_paste() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert byline.__version__ in changelog
    assert f"rev: v{byline.__version__}" in blocks("yaml")[0]
