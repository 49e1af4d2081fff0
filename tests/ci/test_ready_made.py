"""The action, the template and the snippets: linted, and run as the CI system would run them."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from ci import node_tools
from real_git import RealRepository, isolated_settings

ROOT = Path(__file__).resolve().parents[2]
READY_MADE = ROOT / "docs" / "ci"
ACTION = ROOT / "action.yml"
SOURCE = "git+https://example.org/byline.git"
CLAUDE = "Co-Authored-By: Claude <noreply@anthropic.com>"
SCHEMAS = {
    "action.yml": ("github-actions",),
    "docs/ci/github-workflow.yml": ("github-workflows",),
    "docs/ci/byline.gitlab-ci.yml": ("gitlab-ci", "--data-transform", "gitlab-ci"),
    "docs/ci/azure-pipelines.yml": ("azure-pipelines", "--regex-variant", "nonunicode"),
    "docs/ci/bitbucket-pipelines.yml": ("bitbucket-pipelines",),
}


def program(name: str) -> str:
    """A program that was installed with the tests."""
    found = shutil.which(name, path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    assert found, f"{name} is not installed"
    return found


def ran(command: list[str], cwd: Path, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=cwd,
        env=None if env is None else dict(env),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.mark.parametrize("name", SCHEMAS)
def test_meets_the_schema_of_its_system(name: str) -> None:
    schema, *options = SCHEMAS[name]
    checked = ran([program("check-jsonschema"), "--builtin-schema", f"vendor.{schema}", *options, name], ROOT)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_action_and_the_workflow_pass_zizmor_at_its_strictest() -> None:
    files = ["action.yml", "docs/ci/github-workflow.yml"]
    audited = ran([program("zizmor"), "--offline", "--no-progress", "--persona=auditor", *files], ROOT)
    assert audited.returncode == 0, audited.stdout + audited.stderr


def test_the_action_puts_no_expression_into_a_script() -> None:
    steps = yaml.safe_load(ACTION.read_text())["runs"]["steps"]
    assert [step for step in steps if "${{" in step["run"]] == []
    assert all("uses" not in step for step in steps)


@pytest.fixture(scope="session")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """byline and all that it needs, as pip installs it without a network."""
    folder = tmp_path_factory.mktemp("wheels")
    source = tmp_path_factory.mktemp("source") / "byline"
    shutil.copytree(
        ROOT, source, ignore=shutil.ignore_patterns(".git", ".venv", ".*cache*", "build", "*.egg-info", "__pycache__")
    )
    made = ran(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--wheel-dir", str(folder), str(source), "setuptools>=77"],
        source,
    )
    assert made.returncode == 0, made.stderr
    return folder


@pytest.fixture
def change(tmp_path: Path) -> RealRepository:
    """A clone in which a branch with two commits is checked out, one of them marked; main bans tools."""
    remote = RealRepository.create(tmp_path / "remote")
    remote.commit("Begin\n", {"byline.toml": '[policy]\nai = "deny"\n'})
    remote.git("checkout", "--quiet", "-b", "feature")
    remote.commit(f"Add $(touch pwned) it\n\n{CLAUDE}\n", {"a.txt": "a\n"})
    remote.commit("Add b\n", {"b.txt": "b\n"})
    made = RealRepository.create(tmp_path / "clone")
    made.git("remote", "add", "origin", remote.path.as_uri())
    made.git("fetch", "--quiet", "origin")
    made.git("checkout", "--quiet", "-B", "feature", "origin/feature")
    return made


def environment(tmp_path: Path, wheels: Path) -> dict[str, str]:
    """What a job has: a PATH, a home, and pip without a network."""
    home = tmp_path / "home"
    home.mkdir(exist_ok=True)
    pip = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheels), "PIP_CONFIG_FILE": os.devnull}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {**isolated_settings(home), **pip, "PATH": path}


def action_steps(
    inputs: Mapping[str, str], env: dict[str, str], folder: Path
) -> list[subprocess.CompletedProcess[str]]:
    """Run the steps of the action as the runner does: inputs become variables, scripts become files for bash."""
    action = yaml.safe_load(ACTION.read_text())
    values = {name: inputs.get(name, spec["default"]) for name, spec in action["inputs"].items()}
    ended = []
    for number, step in enumerate(action["runs"]["steps"]):
        variables = {
            name: re.sub(r"\$\{\{ inputs\.([a-z-]+) \}\}", lambda match: values[match[1]], text)
            for name, text in step.get("env", {}).items()
        }
        script = Path(env["RUNNER_TEMP"]) / f"step{number}.sh"
        script.write_text(step["run"])
        shell = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(script)]
        ended.append(ran(shell, folder, {**env, **variables}))
        if ended[-1].returncode:
            break
    return ended


@pytest.mark.slow
def test_the_steps_of_the_action_judge_a_pull_request(change: RealRepository, tmp_path: Path, wheels: Path) -> None:
    runner = tmp_path / "runner temp"
    runner.mkdir()
    hostile = '$(touch pwned)`touch pwned`"; touch pwned #\n::error::x'
    base = {"sha": change.git("rev-parse", "origin/main"), "ref": "main"}
    request = {"number": 7, "title": hostile, "body": hostile, "base": base, "head": {"sha": change.head, "ref": "f"}}
    (runner / "event.json").write_text(json.dumps({"pull_request": request}))
    package = next(wheels.glob("byline-*.whl"))
    env = environment(tmp_path, wheels) | {
        "GITHUB_ACTIONS": "true",
        "GITHUB_EVENT_NAME": "pull_request",
        "GITHUB_EVENT_PATH": str(runner / "event.json"),
        "GITHUB_OUTPUT": str(runner / "output"),
        "GITHUB_STEP_SUMMARY": str(runner / "summary"),
        "GITHUB_ACTION_PATH": str(package),
        "RUNNER_TEMP": str(runner),
    }
    reports = f"sarif={runner}/byline.sarif\n\njunit={runner}/byline.xml\n"
    installed, judged = action_steps({"reports": reports}, env, change.path)
    assert installed.returncode == 0, installed.stderr
    assert judged.returncode == 1, judged.stderr
    assert (runner / "output").read_text() == "exit-code=1\n"
    assert "::error title=byline" in judged.stdout
    assert "### Blocked" in (runner / "summary").read_text()
    assert json.loads((runner / "byline.sarif").read_text())["runs"][0]["results"]
    assert (runner / "byline.xml").exists()

    assert action_steps({"report-only": "true", "fetch": "false"}, env, change.path)[-1].returncode == 0
    refused = action_steps({"policy": hostile}, env, change.path)[-1]
    assert refused.returncode == 3
    assert list(tmp_path.rglob("pwned")) == []


@pytest.mark.slow
def test_the_template_runs_in_gitlab_ci_local(change: RealRepository, tmp_path: Path, wheels: Path) -> None:
    template = yaml.safe_load((READY_MADE / "byline.gitlab-ci.yml").read_text())
    for name, variable in template["variables"].items():
        assert set(variable) == {"value", "description"}, name
    shutil.copy(READY_MADE / "byline.gitlab-ci.yml", change.path / ".gitlab-ci.yml")
    env = environment(tmp_path, wheels)
    if shutil.which("rsync") is None:  # it copies the files for jobs in containers, of which there are none
        stand_in = tmp_path / "rsync"
        stand_in.write_text("#!/bin/sh\nexit 0\n")
        stand_in.chmod(0o755)
        env["PATH"] += f"{os.pathsep}{tmp_path}"
    merge_base = change.git("merge-base", "origin/main", "HEAD")
    variables = {
        "BYLINE_SOURCE": "byline",
        "CI_PIPELINE_SOURCE": "merge_request_event",
        "CI_MERGE_REQUEST_IID": "7",
        "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": merge_base,
        "CI_MERGE_REQUEST_TITLE": "A title",
    }
    options = [part for name, value in variables.items() for part in ("--variable", f"{name}={value}")]
    options += ["--ignore-predefined-vars", ",".join(variables)]
    arguments = ["--force-shell-executor", *options, "byline"]
    ended = node_tools.node(node_tools.gitlab_ci_local(), *arguments, cwd=change.path, env=env)
    said = ended.stdout + ended.stderr
    assert ended.returncode != 0, said
    assert "GitLab CI, change request 7: 2 commits" in said
    violations = json.loads((change.path / "gl-code-quality-report.json").read_text())
    assert [violation["severity"] for violation in violations] == ["critical"]
    assert "<failure" in (change.path / "byline.xml").read_text()
    assert list(change.path.rglob("pwned")) == []

    allowed = [*arguments[:-1], "--variable", "BYLINE_OPTIONS=--exit-zero", "byline"]
    passed = node_tools.node(node_tools.gitlab_ci_local(), *allowed, cwd=change.path, env=env)
    assert passed.returncode == 0, passed.stdout + passed.stderr


def jenkins_script() -> str:
    """What the Jenkinsfile has a shell do."""
    return re.findall(r"sh '''\n(.*?)'''", (READY_MADE / "Jenkinsfile").read_text(), re.DOTALL)[0]


def azure_script() -> str:
    """What the Azure pipeline has a shell do."""
    steps: list[dict[str, Any]] = yaml.safe_load((READY_MADE / "azure-pipelines.yml").read_text())["steps"]
    script = next(step["script"] for step in steps if "script" in step)
    return str(script).replace("$(Agent.TempDirectory)", "$AGENT_TEMPDIRECTORY")


def bitbucket_script() -> str:
    """What the Bitbucket pipeline has a shell do, but for the two uploads."""
    document = yaml.safe_load((READY_MADE / "bitbucket-pipelines.yml").read_text())
    step = document["definitions"]["steps"][0]["step"]
    local = [line for line in step["after-script"] if not line.startswith(("curl", "export"))]
    assert len(local) == 1
    return "\n".join([*step["script"][:-1], f"{step['script'][-1]} || code=$?", *local, "exit ${code:-0}"])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("script", "variables", "made"),
    [
        (jenkins_script, {"JENKINS_URL": "x", "CHANGE_ID": "7", "CHANGE_TARGET": "main"}, "byline-checkstyle.xml"),
        (
            azure_script,
            {
                "TF_BUILD": "True",
                "SYSTEM_PULLREQUEST_PULLREQUESTID": "7",
                "SYSTEM_PULLREQUEST_TARGETBRANCH": "refs/heads/main",
            },
            "byline.xml",
        ),
        (
            bitbucket_script,
            {"BITBUCKET_BUILD_NUMBER": "1", "BITBUCKET_PR_ID": "7", "BITBUCKET_PR_DESTINATION_BRANCH": "main"},
            "annotations.json",
        ),
    ],
    ids=["Jenkinsfile", "Azure", "Bitbucket"],
)
def test_the_commands_of_a_snippet_judge_a_change(
    script: Any, variables: dict[str, str], made: str, change: RealRepository, tmp_path: Path, wheels: Path
) -> None:
    (change.path / "test-results").mkdir()
    text = script()
    assert SOURCE in text
    env = environment(tmp_path, wheels) | variables | {"AGENT_TEMPDIRECTORY": str(tmp_path)}
    ended = ran(["sh", "-e", "-c", text.replace(SOURCE, "byline")], change.path, env)
    assert ended.returncode == 1, ended.stdout + ended.stderr
    assert "2 commits checked: 1 blocked" in ended.stdout
    assert (change.path / made).stat().st_size
