"""What stands around the commits: variables of whoever started us, a `.git` that leads elsewhere, links in circles."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hostile.checked import DENIES, LINE, MESSAGE, Canary, assert_seen, run, started
from real_git import RealRepository, isolated_environment


def seen_from_inside(repository: RealRepository, env: dict[str, str]) -> None:
    """`byline scan` in the repository itself, as a hook is started, finds the marks of its newest commit."""
    sha = repository.head
    ended = started(["scan", "--format", "jsonl", sha], repository.path, env)
    assert ended.code == 0, ended.said
    assert ended.marks(sha) >= {"trailer", "line"}
    assert ended.unread(sha) == []


PROGRAMS = ("core.fsmonitor", "core.pager", "diff.external", "core.editor", "core.sshCommand", "gpg.program",
            "core.alternateRefsCommand", "alias.cat-file", "alias.diff-tree", "pager.diff-tree")  # fmt: skip


def test_configuration_in_variables_starts_nothing(marked: RealRepository, canary: Canary) -> None:
    pairs = {f"GIT_CONFIG_KEY_{number}": key for number, key in enumerate(PROGRAMS)}
    pairs |= {f"GIT_CONFIG_VALUE_{number}": f"!{canary}" for number, _ in enumerate(PROGRAMS)}
    counted = pairs | {"GIT_CONFIG_COUNT": str(len(PROGRAMS))}
    quoted = {"GIT_CONFIG_PARAMETERS": " ".join(f"'{key}'='{canary}'" for key in PROGRAMS)}
    hostile = marked.path.parent / "hostile.config"
    hostile.write_text(
        "".join(f"[{key.rpartition('.')[0]}]\n{key.rpartition('.')[2]} = {canary}\n" for key in PROGRAMS)
    )
    named = {"GIT_CONFIG_GLOBAL": str(hostile), "GIT_CONFIG_SYSTEM": str(hostile), "GIT_CONFIG_NOSYSTEM": "0"}
    for variables in (counted, quoted, named):
        assert_seen(marked, marked.head, env=variables)
        seen_from_inside(marked, variables)
    canary.assert_alive()


def test_broken_configuration_in_variables_is_told(marked: RealRepository) -> None:
    for variables in ({"GIT_CONFIG_COUNT": "x"}, {"GIT_CONFIG_COUNT": "5"}, {"GIT_CONFIG_PARAMETERS": "'"}):
        ended = run("check", marked, "HEAD", env=variables)
        assert ended.code == 3
        assert "config" in ended.said.lower()


MISLEADING = {
    "GIT_GLOB_PATHSPECS": "1",
    "GIT_NOGLOB_PATHSPECS": "1",
    "GIT_ICASE_PATHSPECS": "1",
    "GIT_LITERAL_PATHSPECS": "0",
    "GIT_DIFF_OPTS": "--unified=0 --output=stolen",
    "GIT_TRACE": "1",
    "GIT_TRACE2_EVENT": "1",
    "GIT_TRACE_PACK_ACCESS": "1",
    "GIT_CURL_VERBOSE": "1",
    "GIT_NO_REPLACE_OBJECTS": "0",
    "GIT_REPLACE_REF_BASE": "refs/heads/",
    "GIT_GRAFT_FILE": "/dev/stdin",
    "GIT_REF_PARANOIA": "0",
    "GIT_NOTES_REF": "refs/heads/main",
    "GIT_ATTR_SOURCE": "HEAD",
    "GIT_ATTR_NOSYSTEM": "0",
    "GIT_DEFAULT_HASH": "sha256",
    "GIT_DEFAULT_REF_FORMAT": "reftable",
    "GIT_NO_LAZY_FETCH": "0",
    "GIT_OPTIONAL_LOCKS": "1",
    "GIT_MERGE_AUTOEDIT": "yes",
    "GIT_PREFIX": "../../",
    "GIT_NAMESPACE": "elsewhere",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES": "/no/such/place",
    "GIT_TRANSLATION_TEST": "1",
    "LC_ALL": "tr_TR.UTF-8",
    "LANG": "klingon",
    "LANGUAGE": "de:fr",
    "COLUMNS": "-5",
    "TERM": "\x1b]0;x\x07",
    "FORCE_COLOR": "1",
    "TMPDIR": "/no/such/place",
    "PYTHONWARNINGS": "error",
    "PYTHONIOENCODING": "ascii:strict",
    "PYTHONUTF8": "0",
    "PYTHONCOERCECLOCALE": "0",
    "PYTHONOPTIMIZE": "2",
    "PYTHONHASHSEED": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
}


@pytest.mark.parametrize("name", MISLEADING)
def test_a_variable_hides_nothing(marked: RealRepository, name: str) -> None:
    variables = {name: MISLEADING[name]}
    assert_seen(marked, marked.head, env=variables)
    seen_from_inside(marked, variables)
    assert not (marked.path / "stolen").exists()


def test_a_trace_goes_nowhere(marked: RealRepository) -> None:
    trace = marked.path.parent / "trace"
    names = ("GIT_TRACE", "GIT_TRACE2", "GIT_TRACE2_EVENT", "GIT_TRACE2_PERF", "GIT_TRACE_SETUP", "GIT_TRACE_PACKET")
    seen_from_inside(marked, dict.fromkeys(names, str(trace)))
    assert not trace.exists()


PLACES = ("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY", "GIT_INDEX_FILE", "GIT_SHALLOW_FILE",
          "GIT_QUARANTINE_PATH")  # fmt: skip


@pytest.mark.parametrize("name", PLACES)
def test_a_variable_about_another_repository_does_not_count_for_one_that_is_named(
    marked: RealRepository, name: str
) -> None:
    other = RealRepository.create(marked.path.parent / "other")
    places = dict.fromkeys(PLACES, str(other.path)) | {
        "GIT_DIR": str(other.path / ".git"),
        "GIT_OBJECT_DIRECTORY": str(other.path / ".git" / "objects"),
    }
    assert_seen(marked, marked.head, env={name: places[name]})


@pytest.mark.parametrize("name", ["GIT_DIR", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR", "GIT_SHALLOW_FILE"])
def test_a_variable_that_leads_away_is_told(marked: RealRepository, name: str) -> None:
    sha = marked.head
    hides_parents = marked.path.parent / "shallow"
    hides_parents.write_text(f"{sha}\n")
    value = str(hides_parents) if name == "GIT_SHALLOW_FILE" else "/no/such/place"
    ended = started(["scan", "--format", "jsonl", sha], marked.path, {name: value})
    assert ended.code == 3 or ended.marks(sha) >= {"trailer", "line"}
    assert ended.said or ended.commits


def test_a_git_file_that_leads_to_another_repository_is_followed_as_git_does(marked: RealRepository) -> None:
    place = marked.path.parent / "place"
    place.mkdir()
    (place / ".git").write_text(f"gitdir: {marked.git_dir}\n")
    assert_seen(place, marked.head)


@pytest.mark.parametrize(
    "content", ["gitdir: .git\n", "gitdir: /no/such/place\n", "gitdir: /dev/stdin\n", "nonsense", "", "gitdir: \0\n"]
)
def test_a_git_file_that_leads_nowhere_is_told(tmp_path: Path, content: str) -> None:
    place = tmp_path / "place"
    place.mkdir()
    (place / ".git").write_text(content)
    for command in ("scan", "check"):
        assert run(command, place).code == 3


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes in the file system are made differently there")
def test_a_git_that_is_a_pipe_or_a_circle_is_told(tmp_path: Path) -> None:
    place = tmp_path / "place"
    place.mkdir()
    os.mkfifo(place / ".git")
    assert run("scan", place).code == 3
    (place / ".git").unlink()
    (place / ".git").symlink_to(".git")
    assert run("scan", place).code == 3


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes in the file system are made differently there")
@pytest.mark.parametrize(
    "target", ["byline.toml", "/dev/stdin", "/dev/zero", "/dev/tty", ".", "pipe", "/no/such/place"]
)
def test_a_policy_that_is_no_file_is_told_and_not_waited_for(marked: RealRepository, target: str) -> None:
    os.mkfifo(marked.path / "pipe")
    (marked.path / "byline.toml").symlink_to(target)
    for arguments in (["check", "HEAD"], ["hook", "pre-commit"], ["scan", "HEAD"]):
        environment = isolated_environment(marked.path.parent) | {"PYTHONPATH": os.pathsep.join(sys.path)}
        done = subprocess.run(
            [sys.executable, "-P", "-m", "byline", *arguments],
            cwd=marked.path, env=environment, stdin=subprocess.PIPE, capture_output=True, timeout=30, check=False,
        )  # fmt: skip
        assert done.returncode == 3, (arguments, done.stdout, done.stderr)
        assert b"byline.toml" in done.stderr
        assert b"Traceback" not in done.stderr


def test_links_in_circles_do_no_harm(marked: RealRepository) -> None:
    for name, target in (("a", "a"), ("b", "c"), ("c", "b"), ("here", "."), ("up", "..")):
        (marked.path / name).symlink_to(target)
    (marked.git_dir / "refs" / "heads" / "here").symlink_to(".")
    sha = marked.commit(MESSAGE, {"d.py": f"{LINE}\n"})
    assert_seen(marked, sha)
    ended = run("scan", marked, "--all")
    assert ended.code == 3 or ended.marks(sha) >= {"trailer", "line"}


def test_a_working_tree_elsewhere_brings_its_policy_and_no_more(marked: RealRepository) -> None:
    sha = marked.head
    elsewhere = marked.path.parent / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "byline.toml").write_text(DENIES)
    marked.git("config", "core.worktree", str(elsewhere))
    ended = run("check", marked, sha)
    assert ended.code in (0, 1)
    assert ended.marks(sha) >= {"trailer", "line"}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("core.repositoryFormatVersion", "99"),
        ("extensions.unheardOf", "true"),
        ("extensions.objectFormat", "sha256"),
        ("extensions.refStorage", "reftable"),
        ("core.bare", "true"),
        ("core.bare", "nonsense"),
        ("core.compression", "99"),
        ("core.packedGitLimit", "1"),
        ("core.packedGitWindowSize", "1"),
        ("core.deltaBaseCacheLimit", "1"),
        ("pack.windowMemory", "1"),
        ("core.logAllRefUpdates", "nonsense"),
        ("core.commentString", "a\nb"),
        ("i18n.commitEncoding", "UTF-16"),
        ("diff.relative", "true"),
        ("diff.noPrefix", "nonsense"),
        ("submodule.recurse", "true"),
        ("core.ignoreCase", "true"),
        ("core.precomposeUnicode", "true"),
        ("user.name", "\x1b[31m"),
        ("user.useConfigOnly", "true"),
    ],
)
def test_a_setting_hides_nothing(marked: RealRepository, key: str, value: str) -> None:
    """Either git refuses to work with the setting, and that is told, or everything is found."""
    sha = marked.head
    if key.startswith("extensions."):
        marked.git("config", "core.repositoryFormatVersion", "1")
    marked.run("config", key, value)
    (marked.path / "deep").mkdir()
    for command in ("scan", "check"):
        for directory in (marked.path, marked.path / "deep"):
            ended = started([command, "--format", "jsonl", sha], directory)
            if ended.code == 3:
                assert ended.said
            else:
                assert ended.code == 0
                assert ended.marks(sha) >= {"trailer", "line"}


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give files away")
def test_files_that_belong_to_somebody_else_are_refused(marked: RealRepository) -> None:
    for path in (marked.path, marked.git_dir):
        os.chown(path, 12345, 12345)
    ended = run("check", marked, "HEAD")
    assert ended.code == 3
    assert "safe.directory" in ended.said
