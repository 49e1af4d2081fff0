"""Kills, full disks and files that cannot be written leave the old message or the new one, and nothing half done."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from byline.actions.replace_file import replace_file
from dying_git import MOST_PROCESSES, DyingGit
from integration.clone import Clone

POLICY = '[policy]\nai = "disclose"\n[trailers]\ndisclose = { Assisted-by = "{tool}" }\n'
AGENT = {"CLAUDECODE": "1", "GIT_EDITOR": ":"}
OLD = "Add x\n"
NEW = "Add x\n\nAssisted-by: Claude-Code\n"
KILLS = int(os.environ.get("BYLINE_KILLS", "40"))


@pytest.fixture
def clone(make_clone) -> Clone:
    made = make_clone(POLICY)
    made.stage({"x.txt": "x\n"})
    return made


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_killed_at_any_moment_the_message_is_the_old_or_the_new_one(clone):
    message = clone.path / ".git" / "COMMIT_EDITMSG"
    environment = clone.programs.environment() | AGENT
    command = [str(clone.programs.byline / "byline"), "hook", "commit-msg", ".git/COMMIT_EDITMSG"]
    random = Random(1)
    started = time.monotonic()
    message.write_text(OLD)
    subprocess.run(command, cwd=clone.path, env=environment, capture_output=True, check=True)
    usual = time.monotonic() - started
    seen = set()
    for _ in range(KILLS):
        message.write_text(OLD)
        process = subprocess.Popen(
            command, cwd=clone.path, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(random.uniform(0, usual * 1.2))
        process.send_signal(signal.SIGKILL)
        process.wait()
        seen.add(message.read_text())
    assert seen <= {OLD, NEW}
    assert clone.attempt("git", "fsck", "--strict").code == 0
    assert clone.attempt("git", "commit", "--quiet", "-m", "Add x").code == 0


@pytest.mark.skipif(os.name == "nt", reason="signals")
@pytest.mark.parametrize("answered", [0, 100, 1 << 20])
def test_whichever_git_dies_the_message_is_right_or_the_commit_is_refused(clone, tmp_path, answered):
    message = clone.path / ".git" / "COMMIT_EDITMSG"
    for nth in range(1, MOST_PROCESSES):
        dying = DyingGit(tmp_path / "dying", nth, answered, str(clone.programs.git / "git"))
        message.write_text(OLD)
        path = f"{dying.folder}{os.pathsep}{clone.programs.environment()['PATH']}"
        ended = clone.attempt("byline", "hook", "commit-msg", ".git/COMMIT_EDITMSG", env=AGENT | {"PATH": path})
        assert (ended.code, message.read_text()) in ((0, NEW), (1, OLD), (1, NEW), (3, OLD), (3, NEW)), (nth, ended)
        if not dying.has_died:
            break
    assert ended.code == 0
    assert 1 < nth < MOST_PROCESSES - 1


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can mount")
def test_on_a_full_disk_the_old_message_stays_and_it_is_said(clone, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "none", disk], capture_output=True).returncode:
        pytest.skip("tmpfs cannot be mounted here")
    try:
        message = disk / "MESSAGE"
        message.write_text(OLD)
        with open(disk / "filler", "wb", buffering=0) as filler, suppress(OSError):
            while filler.write(b"x" * 4096):
                pass
        ended = clone.attempt("byline", "hook", "commit-msg", str(message), env=AGENT)
        assert message.read_text() == OLD
        assert "the message was left as it is" in ended.err
        assert "it lacks this line: Assisted-by: Claude-Code" in ended.err
        assert [path.name for path in disk.iterdir() if path.name.startswith(".")] == []
    finally:
        subprocess.run(["umount", disk], check=True)


def test_a_read_only_file_is_not_replaced(tmp_path, monkeypatch):
    path = tmp_path / "message"
    path.write_text(OLD)
    monkeypatch.setattr(os, "access", lambda *_arguments: False)
    with pytest.raises(PermissionError):
        replace_file(str(path), b"new")
    assert path.read_text() == OLD


def test_the_mode_and_the_target_of_a_link_stay(tmp_path):
    path, link = tmp_path / "message", tmp_path / "link"
    path.write_text(OLD)
    path.chmod(0o640)
    link.symlink_to(path)
    replace_file(str(link), b"new")
    assert (link.is_symlink(), path.read_text(), path.stat().st_mode & 0o777) == (True, "new", 0o640)


def test_a_missing_message_file_is_told(clone):
    ended = clone.attempt("byline", "hook", "commit-msg", "nowhere", env=AGENT)
    assert ended.code == 3
    assert "byline: the message file nowhere cannot be read" in ended.err


def test_a_missing_editor_makes_no_commit(clone):
    ended = clone.attempt("git", "commit", env={"GIT_EDITOR": "/nowhere/editor", "CLAUDECODE": "1"})
    assert ended.code != 0


def test_a_message_with_a_nul_is_left_to_git(clone, tmp_path):
    draft: Path = tmp_path / "draft"
    draft.write_bytes(b"Add x\0y\n")
    before = clone.head
    assert clone.attempt("byline", "hook", "commit-msg", str(draft), env=AGENT).code in (0, 1)
    assert draft.read_bytes() == b"Add x\0y\n"
    assert clone.head == before


@pytest.mark.skipif(sys.platform != "linux", reason="a limit that counts")
@pytest.mark.parametrize("stage", ["commit-msg", "prepare-commit-msg"])
def test_fifty_megabytes_end_soon_and_untouched_in_little_memory(clone, tmp_path, stage):
    draft: Path = tmp_path / "draft"
    draft.write_bytes(b"Add x\n\n" + b"a line of a log\n" * (50 << 16))
    kilobytes = 200_000
    script = f'ulimit -v {kilobytes}; exec byline hook {stage} "{draft}" message'
    ended = clone.attempt("sh", "-c", script, env=AGENT | {"GIT_EDITOR": "true"})
    assert ended.code in (0, 1, 3), ended.err
    assert "Memory" not in ended.err
    assert draft.stat().st_size == len(b"Add x\n\n") + (50 << 20)
