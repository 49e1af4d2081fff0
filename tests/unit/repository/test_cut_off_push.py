"""A commit without its parent is a shallow clone's only where the push itself has brought it."""

import os

import pytest

from byline.errors import RepositoryError
from byline.repository.cut_off_push import is_cut_off
from byline.repository.run_git import git_output
from real_git import RealRepository


def test_a_commit_that_was_there_before_tells_of_damage(
    repository: RealRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = repository.commit()
    tip = repository.commit()
    (repository.git_dir / "objects" / lost[:2] / lost[2:]).unlink()
    with pytest.raises(RepositoryError) as failed:
        git_output(repository.opened, "rev-list", tip)
    assert not is_cut_off(str(failed.value), repository.opened, [tip])
    opened, objects = repository.opened._replace(inherits=True), repository.git_dir / "objects"
    quarantine = objects / "incoming"
    (quarantine / tip[:2]).mkdir(parents=True)
    monkeypatch.setenv("GIT_DIR", str(repository.git_dir))
    monkeypatch.setenv("GIT_QUARANTINE_PATH", str(quarantine))
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(quarantine))
    monkeypatch.setenv("GIT_ALTERNATE_OBJECT_DIRECTORIES", str(objects))
    assert not is_cut_off(str(failed.value), opened, [tip])
    os.link(objects / tip[:2] / tip[2:], quarantine / tip[:2] / tip[2:])
    assert is_cut_off(str(failed.value), opened, [tip])
    assert not is_cut_off("git rev-list failed: fatal: out of memory", opened, [tip])
