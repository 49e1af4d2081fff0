"""Which repository: from anywhere inside it, by the environment, and refusals in one sentence."""

import os
from pathlib import Path

import pytest

from byline.errors import GitMissing, NotARepository, RepositoryError
from byline.repository.configuration import parse_configuration, read_configuration, setting
from byline.repository.discovery import discover
from byline.repository.run_git import clean_environment
from real_git import RealRepository


def test_a_damaged_repository_is_not_taken_for_none(repository: RealRepository) -> None:
    repository.write("sub/file", "x")
    (repository.git_dir / "HEAD").write_text("")
    for folder in (repository.path, repository.path / "sub"):
        with pytest.raises(RepositoryError, match="git cannot open the repository") as raised:
            discover(str(folder))
        assert not isinstance(raised.value, NotARepository)


def test_from_the_top_from_below_and_from_the_working_directory(
    repository: RealRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.write("sub/dir/file", "x")
    for found in (discover(str(repository.path)), discover(str(repository.path / "sub/dir"))):
        assert found.work_tree == os.path.realpath(repository.path)
        assert found.git_dir == os.path.join(os.path.realpath(repository.path), ".git")
        assert not found.bare
        assert not found.shallow
        assert found.zero == "0" * 40
    monkeypatch.chdir(repository.path / "sub")
    assert discover().work_tree == os.path.realpath(repository.path)


@pytest.mark.parametrize("name", [" blank ", "-dash", "ünï", "quote\"'"])
def test_in_a_directory_of_any_name(tmp_path: Path, name: str) -> None:
    repository = RealRepository.create(tmp_path / name)
    sha = repository.commit("x")
    assert discover(str(repository.path)).work_tree == os.path.realpath(repository.path)
    assert repository.git("rev-parse", "HEAD") == sha


def test_a_directory_with_a_line_break_is_refused_rather_than_mistaken(tmp_path: Path) -> None:
    repository = RealRepository.create(tmp_path / "line\nbreak")
    with pytest.raises(RepositoryError, match="line break"):
        discover(str(repository.path))


def test_a_bare_repository(tmp_path: Path) -> None:
    repository = RealRepository.create(tmp_path / "bare", "--bare")
    assert discover(str(repository.path)).bare


def test_inside_the_git_directory(repository: RealRepository) -> None:
    found = discover(str(repository.path / ".git"))
    assert found.git_dir == os.path.join(os.path.realpath(repository.path), ".git")


def test_a_worktree_shares_what_is_common(repository: RealRepository) -> None:
    repository.commit("x")
    tree = repository.path.parent / "tree"
    repository.git("worktree", "add", "--quiet", str(tree))
    found = discover(str(tree))
    assert found.common_dir == os.path.join(os.path.realpath(repository.path), ".git")
    assert found.git_dir != found.common_dir
    assert found.work_tree == os.path.realpath(tree)


def test_a_submodule_is_a_repository_of_its_own(repository: RealRepository) -> None:
    inner = RealRepository.create(repository.path.parent / "inner")
    inner.commit("x", {"a": "1\n"})
    repository.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(inner.path), "module")
    found = discover(str(repository.path / "module"))
    assert found.work_tree == os.path.realpath(repository.path / "module")
    assert ".git/modules/module" in found.git_dir.replace("\\", "/")


def test_sha256_and_shallow(tmp_path: Path, repository: RealRepository) -> None:
    assert discover(str(RealRepository.create(tmp_path / "256", "--object-format=sha256").path)).zero == "0" * 64
    repository.commit("1")
    repository.commit("2")
    repository.git("clone", "--quiet", "--depth=1", f"file://{repository.path}", str(tmp_path / "shallow"))
    assert discover(str(tmp_path / "shallow")).shallow


def test_no_repository(tmp_path: Path) -> None:
    with pytest.raises(NotARepository, match="no Git repository"):
        discover(str(tmp_path))


@pytest.mark.parametrize("name", ["missing", "file"])
def test_no_directory(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(RepositoryError, match="directory"):
        discover(str(tmp_path / name))


@pytest.mark.parametrize("damage", ["HEAD", "config"])
def test_a_damaged_repository(repository: RealRepository, damage: str) -> None:
    (repository.path / ".git" / damage).write_text("[broken\n\0")
    with pytest.raises(RepositoryError):
        discover(str(repository.path))


def test_no_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(GitMissing, match="not found"):
        discover(str(tmp_path))


def test_a_git_in_the_checked_directory_is_not_started(
    repository: RealRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    planted = repository.write("git", "#!/bin/sh\ntouch executed\n")
    planted.chmod(0o755)
    monkeypatch.chdir(repository.path)
    assert discover().work_tree
    assert not (repository.path / "executed").exists()


def test_the_environment_of_a_hook_counts_for_its_repository_alone(
    repository: RealRepository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = RealRepository.create(tmp_path / "other")
    monkeypatch.setenv("GIT_DIR", str(repository.path / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(repository.path))
    monkeypatch.setenv("GIT_INDEX_FILE", "elsewhere")
    assert discover().git_dir == os.path.join(os.path.realpath(repository.path), ".git")
    found = discover(str(other.path))
    assert found.work_tree == os.path.realpath(other.path)
    assert "GIT_INDEX_FILE" not in clean_environment(inherits=found.inherits)
    assert clean_environment(inherits=True)["GIT_INDEX_FILE"] == "elsewhere"


def test_what_would_mislead_git_is_dropped() -> None:
    misleading = {
        "GIT_TRACE": "1",
        "GIT_TRACE2_EVENT": "1",
        "GIT_EXTERNAL_DIFF": "x",
        "GIT_DIFF_OPTS": "-u9",
        "GIT_PAGER": "x",
    }
    kept = clean_environment(inherits=True, environ=misleading | {"PATH": "/bin", "GIT_NO_LAZY_FETCH": "0"})
    assert not misleading.keys() & kept.keys()
    assert (kept["PATH"], kept["GIT_NO_LAZY_FETCH"]) == ("/bin", "1")


def test_settings_and_identities(repository: RealRepository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Somebody")
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "some@example.com")
    repository.git("config", "user.name", "Configured")
    repository.git("config", "user.email", "conf@example.com")
    repository.git("config", "commit.cleanup", "whitespace")
    repository.git("config", "--add", "commit.cleanup", "strip")
    repository.git("config", "core.commentChar", "=")
    repository.git("config", "x.y", "one\nGIT_AUTHOR_IDENT=Evil <evil@example.com> 1 +0000")
    read = read_configuration(repository.opened)
    assert (read.author.name, read.author.email) == ("Somebody", "some@example.com")
    assert (read.committer.name, read.committer.email) == ("Configured", "conf@example.com")
    assert read.author.when is not None
    assert read.settings["commit.cleanup"] == "strip"
    assert read.settings["core.commentchar"] == "="
    assert setting(repository.opened, "commit.Cleanup") == "strip"
    assert setting(repository.opened, "no.such") is None


@pytest.mark.parametrize("output", [b"", b"\n", b"=", b"x", b"\xff=\xfe\n", b"GIT_AUTHOR_IDENT=", b"a=b=c\n"])
def test_any_settings_are_read(output: bytes) -> None:
    assert parse_configuration(output).author.email == ""
