"""What a commit says reaches no reader as anything but text, whatever the report's format."""

import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from byline.reporters import FORMATS
from hostile.checked import DENIES, HOOKS, LINE
from real_git import RealRepository, isolated_environment

ORDERS = (
    "::error file=x,line=1::stolen", "::set-env name=X::stolen", "::add-mask::stolen", "::stop-commands::stolen",
    "##vso[task.setvariable variable=X]stolen", "##[error]stolen", "##teamcity[buildStatus text='stolen']",
    "section_start:1:x\r\x1b[0Kstolen", "\x1b]8;;http://stolen\x07", "\x1b[2J", "\x9b31m", "\u202estolen", "\u2066",
    "</script><script>stolen()</script>", "]]><!--stolen", "<!ENTITY x SYSTEM 'file:///etc/passwd'>&x;",
    "![x](https://stolen/x.png)", "[x](javascript:stolen())", "@stolen/everyone", "| stolen | x |", "```\nstolen\n```",
    "<img src=x onerror=stolen()>", "\u2028stolen", "\x85stolen", "%0A::error::stolen", "{\"stolen\": 1}",
    "\nbyline: stolen\n", "\rok", "&#10;stolen", "'||'stolen",
)  # fmt: skip
SYSTEMS = {
    "GITHUB_ACTIONS": re.compile(r"^\s*::|##\["),
    "TF_BUILD": re.compile(r"##vso\[|^##\["),
    "TEAMCITY_VERSION": re.compile(r"##teamcity\["),
}
"""A variable that a CI system sets, and what it takes for an order in the log of a job."""

NEVER = re.compile(r"(?!)")
OWN = {
    ("GITHUB_ACTIONS", "github"): re.compile(r"::(error|warning|notice) [^:]*::(?!.*##)"),
    ("TF_BUILD", "azure"): re.compile(r"##vso\[task\.(logissue|complete) [^\]]*\](?!.*##)"),
    ("TEAMCITY_VERSION", "teamcity"): re.compile(r"##teamcity\[\w+( \w+='([^'|\[\]]|\|.)*')*\]$"),
}
"""The orders that a format consists of."""

CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> RealRepository:
    """A commit for each order, with the order wherever a commit can hold text."""
    repository = RealRepository.create(tmp_path_factory.mktemp("hostile") / "repository")
    repository.write("byline.toml", DENIES.replace('server = "block"', 'push = "block"'))
    parent: list[str] = []
    for number, order in enumerate(ORDERS):
        text = order.encode()
        one_line = text.replace(b"\n", b" ").replace(b"<", b"(").replace(b">", b")")
        path = text.replace(b"/", b"_").replace(b"\0", b"")[:200]
        tree = repository.git(
            "mktree", "-z", feed=b"100644 blob %s\t%s\0" % (
                repository.raw_object("blob", f"{order} {LINE} {order}\n{order}\n{LINE}\n".encode()).encode(), path,
            ),
        )  # fmt: skip
        message = text + b"\n\n" + text + b"\n\nCo-authored-by: Claude " + one_line + b" <noreply@anthropic.com>\n"
        who = b"author " + one_line + b" <" + one_line + b"> 1700000000 +0000\n"
        header = f"tree {tree}\n".encode() + b"".join(f"parent {sha}\n".encode() for sha in parent)
        commit = header + who + who.replace(b"author", b"committer", 1) + b"\n" + message
        parent = [repository.raw_object("commit", commit)]
        repository.point(f"refs/heads/b{number}", parent[0])
    return repository


def report(repository: RealRepository, command: str, form: str, **environment: str) -> tuple[str, str]:
    done = subprocess.run(
        [sys.executable, "-P", "-m", "byline", command, "--all", "--format", form],
        cwd=repository.path,
        env=isolated_environment(repository.path) | {"PYTHONPATH": str(HOOKS)} | environment,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == (1 if command == "check" else 0), done.stderr
    return done.stdout.decode("utf-8"), done.stderr.decode("utf-8")


@pytest.mark.parametrize("command", ["scan", "check"])
@pytest.mark.parametrize("form", FORMATS)
def test_a_report_acts_on_no_reader(hostile: RealRepository, command: str, form: str) -> None:
    out, err = report(hostile, command, form)
    assert not CONTROLS.search(out)
    assert not CONTROLS.search(err)
    assert not any(line.startswith("byline: stolen") for line in (out + err).split("\n"))
    if form in ("json", "sarif", "gitlab", "rdjson", "bitbucket"):
        json.loads(out)
    elif form == "jsonl":
        assert len([json.loads(line) for line in out.splitlines()]) == len(ORDERS)
    elif form in ("junit", "checkstyle"):
        assert "<!ENTITY" not in out
        assert ET.fromstring(out) is not None
    elif form == "markdown":
        assert not re.search(r"(?<!\\)!?\[x\]\(|<script|<img|(?<![\\\w`>])@stolen|^\| stolen", out, re.MULTILINE)


@pytest.mark.parametrize("command", ["scan", "check"])
@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("system", SYSTEMS)
def test_in_a_log_of_ci_no_report_gives_orders(hostile: RealRepository, command: str, form: str, system: str) -> None:
    out, err = report(hostile, command, form, **{system: "true"})
    for line in re.split(r"\r\n|\n", out + err):
        order = SYSTEMS[system].search(line)
        if order:
            assert OWN.get((system, form), NEVER).match(line), line
    if form == "jsonl":
        assert len([json.loads(line) for line in out.splitlines()]) == len(ORDERS)


@pytest.mark.parametrize("form", FORMATS)
def test_names_of_any_bytes_fit_into_every_report(tmp_path: Path, form: str) -> None:
    repository = RealRepository.create(tmp_path / "repository")
    names = [b"\xff\xfe.py", b"latin\xe9.py", b"new\nline.py", b"tab\t.py", b'"q".py', b"--output=x.py", b"\x1b[31m.py"]
    sha = repository.commit_files(dict.fromkeys(names, f"{LINE}\n".encode()), message=b"\xff\xfe\n\n\x80\n")
    repository.point("refs/heads/main", sha)
    out, _ = report(repository, "scan", form)
    assert not CONTROLS.search(out)
    assert not (repository.path / "x.py").exists()
