"""Every file in allow/, annotate/, warn/ and block/ is a commit and what must become of it. README.md has the form."""

import json
import shutil
import tomllib
from pathlib import Path

import pytest

from integration.clone import Clone, Ended, Programs, install_byline, make_home

HERE = Path(__file__).parent
OUTCOMES = {"allow": "ok", "annotate": "annotated", "warn": "warned", "block": "blocked"}
FILES = sorted(path for folder in OUTCOMES for path in (HERE / folder).glob("*"))
KEYS = {"about", "policy", "message", "author", "committer", "before", "after", "delete", "expect"}
EXPECTED = {"marks", "rule", "lines"}
ADA = "Ada Example <ada@example.com>"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Clone:
    """An empty clone with byline's usual hooks, to be copied."""
    git = Path(str(shutil.which("git"))).parent
    byline = install_byline(tmp_path_factory.mktemp("environment") / "venv")
    clone = Clone.begin(
        tmp_path_factory.mktemp("template"), Programs(git, byline, make_home(tmp_path_factory.mktemp("home")))
    )
    assert clone.attempt("byline", "install").code == 0
    return clone


@pytest.mark.parametrize("file", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_case(file: Path, template: Clone, tmp_path: Path) -> None:
    case = tomllib.loads(file.read_text(encoding="utf-8"))
    assert not set(case) - KEYS, "unknown keys"
    assert not set(case.get("expect", {})) - EXPECTED, "unknown keys in [expect]"
    assert case["about"]
    expect = case.get("expect", {})
    clone = template.copy(tmp_path / "clone")
    clone.git("config", "byline.write", "false")  # the message is judged as it stands in the file
    policy = {"byline.toml": case["policy"].lstrip("\n")} if "policy" in case else {}
    clone.commit("Start the project", {**policy, **case.get("before", {})})
    commit, env = prepare(clone, case, tmp_path)

    ended = clone.attempt(*commit, env=env)
    assert_at_commit(file.parent.name, ended, clone)
    printed = " ".join(ended.err.split())  # as it reads, wherever it was wrapped
    for line in expect.get("lines", ()):
        assert " ".join(line.split()) in printed, ended.err

    if ended.code:
        clone.git("-c", "core.hooksPath=/dev/null", *commit[1:], env=env)
    report = clone.attempt("byline", "check", "HEAD", "--place", "commit", "--format", "jsonl")
    judged = json.loads(report.out)
    assert judged["outcome"] == OUTCOMES[file.parent.name], judged
    assert report.code == (1 if judged["outcome"] == "blocked" else 0)
    if "marks" in expect:
        assert sorted({finding["mark"] for finding in judged["findings"]}) == sorted(expect["marks"])
    if "rule" in expect:
        assert judged["rule"] == expect["rule"]


def prepare(clone: Clone, case: dict, folder: Path) -> tuple[list[str], dict[str, str]]:
    """Stage what the case changes; the command line that commits it, and the committer as variables."""
    for name in case.get("delete", ()):
        (clone.path / name).unlink()
    for name, content in case.get("after", {}).items():
        clone.write(name, content)
    clone.git("add", "--all", "--force")
    (folder / "message").write_text(case["message"].lstrip("\n"), encoding="utf-8")
    name, _, email = case.get("committer", ADA).rpartition(" <")
    env = {"GIT_COMMITTER_NAME": name, "GIT_COMMITTER_EMAIL": email.removesuffix(">")}
    author = case.get("author", ADA)
    return ["git", "commit", "--quiet", "--allow-empty", "-F", str(folder / "message"), "--author", author], env


def assert_at_commit(folder: str, ended: Ended, clone: Clone) -> None:
    """The commit went as the folder says, and said so."""
    subjects = clone.git("log", "--format=%s").splitlines()
    if folder == "block":
        assert ended.code == 1, "it was not refused"
        assert subjects == ["Start the project"]
        assert "byline: this commit is blocked by the policy in byline.toml" in ended.err
        return
    assert ended.code == 0, ended.err
    assert len(subjects) == 2
    if folder == "allow":
        assert ended.err == ""
    elif folder == "annotate":
        assert ended.err.startswith("byline: noted ")
        assert all(line.startswith("byline: ") for line in ended.said)
    else:
        assert "this commit goes through, with a warning by the policy in byline.toml" in ended.err


@pytest.mark.parametrize("folder", OUTCOMES)
def test_folder_holds_cases_and_nothing_else(folder: str) -> None:
    names = [path.name for path in FILES if path.parent.name == folder]
    assert len(names) >= 3
    assert all(name.endswith(".toml") for name in names)
