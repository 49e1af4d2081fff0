"""What git says no to is nothing; that it was ended is a failure; and ending it takes no time."""

import os
import shutil
from pathlib import Path
from threading import Thread

import pytest

from byline.errors import RepositoryError
from byline.repository.conversation import Conversation
from byline.repository.discovery import discover
from byline.repository.run_git import FAILED, git_answers, git_failed, git_output
from dying_git import DyingGit
from real_git import RealRepository

LONGEST_WAIT = 30
"""Seconds. What is tested here takes a hundredth of one; a hang is a failure."""


def test_a_no_is_nothing(repository: RealRepository) -> None:
    repository.commit()
    assert git_answers(repository.opened, "symbolic-ref", "HEAD") == b"refs/heads/main\n"
    assert git_answers(repository.opened, "symbolic-ref", "--quiet", "refs/heads/main") is None
    assert git_answers(repository.opened, "config", "--get", "no.such") is None
    with pytest.raises(RepositoryError, match="is not a symbolic ref"):
        git_answers(repository.opened, "symbolic-ref", "refs/heads/main")
    assert git_answers(repository.opened, "symbolic-ref", "refs/heads/main", no=(FAILED,)) is None


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_an_end_is_no_no(repository: RealRepository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened, git = repository.opened, str(shutil.which("git"))
    dying = DyingGit(tmp_path / "dying", 1, 1 << 20, git)
    monkeypatch.setenv("PATH", str(dying.folder), prepend=os.pathsep)
    with pytest.raises(RepositoryError, match="git symbolic-ref failed"):
        git_answers(opened, "symbolic-ref", "--quiet", "HEAD")
    assert git_output(opened, "symbolic-ref", "--quiet", "HEAD") == b"refs/heads/main\n"
    DyingGit(dying.folder, 1, 1 << 20, git)
    with pytest.raises(RepositoryError, match="git rev-parse failed"):
        discover(str(repository.path))


@pytest.mark.skipif(os.name == "nt", reason="a shell script stands for git")
def test_a_git_that_a_script_started_is_ended_as_well(
    repository: RealRepository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit(files={"a": "1\n"})
    opened = repository.opened
    script = tmp_path / "bin" / "git"
    script.parent.mkdir()
    script.write_text(f'#!/bin/sh\n{shutil.which("git")} "$@"\nexit\n')
    script.chmod(0o755)
    monkeypatch.setenv("PATH", str(script.parent), prepend=os.pathsep)
    git = Conversation(opened, "cat-file", "--batch")
    git.send(b"HEAD:a\n")
    assert git.answers.readline().endswith(b" blob 2\n")
    ending = Thread(target=git.end, daemon=True)
    ending.start()
    ending.join(LONGEST_WAIT)
    assert not ending.is_alive()


def test_advice_does_not_stand_before_what_went_wrong(repository: RealRepository) -> None:
    sha = repository.commit()
    repository.commit()
    (repository.git_dir / "objects" / sha[:2] / sha[2:]).unlink()
    with pytest.raises(RepositoryError) as failed:
        git_output(repository.opened, "rev-list", "HEAD")
    assert "graft" not in str(failed.value)
    words = b"hint: Do this\nhint:\nwarning: old\nerror: no such thing\n\nfatal: over\n"
    assert str(git_failed("log", words)) == "git log failed: error: no such thing; fatal: over"
    assert str(git_failed("log", b"warning: that is all\n")) == "git log failed: warning: that is all"
    assert str(git_failed("log", b"")) == "git log failed: it gave no reason"
