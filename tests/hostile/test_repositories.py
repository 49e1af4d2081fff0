"""Repositories of every shape, and the ways in which one can show something else than its commits."""

import shutil
from pathlib import Path

import pytest

from hostile.checked import DENIES, LINE, MESSAGE, Canary, Ended, assert_seen, assert_told, run, started
from real_git import Entry, RealRepository


def cloned(source: RealRepository, name: str, *options: str) -> RealRepository:
    clone = RealRepository(source.path.parent / name)
    source.git("clone", "--quiet", *options, f"file://{source.path}", str(clone.path))
    return clone


def innocent(repository: RealRepository, sha: str) -> str:
    """The same commit without any mark."""
    tree = repository.git("rev-parse", f"{sha}^^{{tree}}")
    return repository.raw_commit(tree, [repository.git("rev-parse", f"{sha}^")])


def scan_id(repository: RealRepository, sha: str) -> Ended:
    arguments = ["scan", "--repo", str(repository.path), "--format", "jsonl", "--stdin"]
    return started(arguments, repository.path, feed=f"{sha}\n".encode())


def test_replacements_hide_nothing(marked: RealRepository) -> None:
    sha = marked.head
    clean_blob = marked.raw_object("blob", b"x = 1\n")
    marked.git("replace", sha, innocent(marked, sha))
    marked.git("replace", "--force", marked.git("rev-parse", f"{sha}:a.py") or "", clean_blob)
    assert LINE not in marked.git("show", sha)
    assert_seen(marked, sha)
    marked.git("replace", "--force", marked.git("--no-replace-objects", "rev-parse", f"{sha}:a.py"), clean_blob)
    assert_seen(marked, sha)
    assert_seen(marked, sha, env={"GIT_REPLACE_REF_BASE": "refs/replace/"})


def test_grafts_hide_nothing(marked: RealRepository) -> None:
    sha = marked.head
    (marked.git_dir / "info").mkdir(exist_ok=True)
    other = marked.raw_commit(marked.git("rev-parse", f"{sha}^{{tree}}"))
    (marked.git_dir / "info" / "grafts").write_text(f"{sha} {other}\n")
    assert "a.py" not in marked.git("show", "--format=", "--name-only", sha)
    assert_seen(marked, sha)


def test_objects_of_another_repository_are_read(marked: RealRepository) -> None:
    clone = cloned(marked, "borrower", "--bare")
    shutil.rmtree(clone.path / "objects")
    (clone.path / "objects" / "info").mkdir(parents=True)
    (clone.path / "objects" / "pack").mkdir()
    (clone.path / "objects" / "info" / "alternates").write_text(f"{marked.git_dir}/objects\n/no/such/place\n")
    assert_seen(clone, marked.head)


def test_another_repository_that_is_gone_is_told(marked: RealRepository) -> None:
    sha = marked.head
    objects = marked.git_dir / "objects"
    elsewhere = marked.path.parent / "elsewhere"
    objects.rename(elsewhere)
    (objects / "info").mkdir(parents=True)
    (objects / "info" / "alternates").write_text(f"{elsewhere}\n")
    assert_seen(marked, sha)
    shutil.rmtree(elsewhere)
    ended = run("check", marked, sha)
    assert ended.code == 3
    assert ended.said


def test_a_repository_of_somebody_else_is_refused_with_the_remedy(marked: RealRepository) -> None:
    for command in ("scan", "check"):
        ended = run(command, marked, "HEAD", env={"GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"})
        assert ended.code == 3
        assert "belongs to another user" in ended.said
        assert "safe.directory" in ended.said


def test_a_partial_clone_fetches_nothing_and_tells(marked: RealRepository, canary: Canary) -> None:
    sha = marked.head
    marked.git("config", "uploadpack.allowFilter", "true")
    clone = cloned(marked, "partial", "--bare", "--filter=blob:none")
    clone.git("config", "remote.origin.url", f"ext::{canary} %S")
    clone.git("config", "protocol.ext.allow", "always")
    unread = assert_told(clone, sha, seen=("trailer",))
    assert "missing" in unread[0]
    canary.assert_alive()
    clone.run("cat-file", "blob", f"{sha}:a.py")
    canary.assert_works()


@pytest.mark.parametrize("kind", ["blob:none", "tree:0"])
def test_a_partial_clone_without_its_policy_tells_how_to_get_it(marked: RealRepository, kind: str) -> None:
    sha = marked.head
    marked.commit("Ban it", {"byline.toml": DENIES})
    marked.git("config", "uploadpack.allowFilter", "true")
    clone = cloned(marked, "partial", "--bare", f"--filter={kind}")
    for command in ("scan", "check"):
        ended = run(command, clone, sha)
        assert (ended.code, ended.commits) == (3, [])
        assert "this partial clone lacks what it takes to read HEAD:byline.toml" in ended.said
        assert "git show HEAD:byline.toml" in ended.said
    clone.run("show", "HEAD:byline.toml")
    assert run("scan", clone, sha).code == 3
    ended = run("check", clone, sha)
    assert (ended.code, ended.marks(sha)) == (1, {"trailer"})
    assert ended.unread(sha)


def test_a_partial_clone_without_trees_is_judged_by_another_policy(marked: RealRepository) -> None:
    sha = marked.head
    marked.git("config", "uploadpack.allowFilter", "true")
    clone = cloned(marked, "partial", "--bare", "--filter=tree:0")
    clone.git("config", "remote.origin.url", "/no/such/place")
    (marked.path.parent / "byline.toml").write_text(DENIES)
    ended = run("check", clone, sha, "--policy", str(marked.path.parent / "byline.toml"))
    assert (ended.code, ended.marks(sha)) == (1, {"trailer"})
    assert ended.unread(sha)


def test_a_shallow_clone_tells_where_it_ends(marked: RealRepository) -> None:
    sha = marked.commit(f"Second\n\n{MESSAGE}", {"c.py": f"{LINE}\n"})
    clone = cloned(marked, "shallow", "--depth=2")
    assert_seen(clone, sha)
    assert_told(clone, clone.git("rev-parse", "HEAD^"), seen=("trailer",))
    ended = run("check", clone, f"{marked.git('rev-parse', 'HEAD~2')}..HEAD")
    assert ended.code == 3
    assert "shallow" in ended.said


def test_a_sparse_checkout_hides_nothing(marked: RealRepository) -> None:
    sha = marked.commit(MESSAGE, {"hidden/c.py": f"{LINE}\n"})
    marked.git("sparse-checkout", "set", "--no-cone", "/b.txt")
    assert not (marked.path / "hidden").exists()
    assert_seen(marked, sha)


def test_a_worktree(marked: RealRepository) -> None:
    tree = marked.path.parent / "tree"
    marked.git("worktree", "add", "--quiet", "--detach", str(tree))
    assert_seen(tree, marked.head)


def test_a_submodule_and_the_repository_around_it(marked: RealRepository) -> None:
    outer = RealRepository.create(marked.path.parent / "outer")
    outer.commit("First")
    outer.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(marked.path), "inner")
    sha = outer.commit(MESSAGE, {"c.py": f"{LINE}\n"})
    assert_seen(outer, sha)
    assert_seen(outer.path / "inner", marked.head)


def test_sha256(tmp_path: Path) -> None:
    repository = RealRepository.create(tmp_path / "sha256", "--object-format=sha256")
    first = repository.commit(MESSAGE, {"a.py": f"{LINE}\n"})
    assert len(first) == 64
    assert_seen(repository, first)
    ended = started(
        ["scan", "--repo", str(repository.path), "--format", "jsonl", "--stdin"],
        tmp_path,
        feed=f"{first[:40]}\n".encode(),
    )
    assert ended.code == 3


def test_an_id_of_the_other_length_is_told(marked: RealRepository) -> None:
    ended = started(
        ["scan", "--repo", str(marked.path), "--format", "jsonl", "--stdin"], marked.path, feed=b"a" * 64 + b"\n"
    )
    assert ended.code == 3
    assert ended.commits[0]["unread"]


@pytest.mark.parametrize("options", [["--bare"], ["--mirror"], ["--bare", "--no-hardlinks"]])
def test_a_bare_repository(marked: RealRepository, options: list[str]) -> None:
    clone = cloned(marked, "bare", *options)
    clone.git("config", "safe.bareRepository", "explicit")
    assert_seen(clone, marked.head)


def test_an_empty_repository(repository: RealRepository) -> None:
    ended = run("scan", repository, "--all")
    assert (ended.code, ended.commits) == (0, [])
    assert run("scan", repository).code == 3


def test_a_repository_inside_a_file_of_another(marked: RealRepository) -> None:
    """A bare repository planted in a tree brings its own configuration, and git must be asked by name for it."""
    planted = marked.path / "planted"
    RealRepository.create(planted, "--bare")
    ended = started(["scan", "--format", "jsonl", "--all"], planted)
    assert ended.code in (0, 3)
    assert ended.commits == []


def test_mailmaps_and_notes_change_nobody(marked: RealRepository) -> None:
    commit = marked.raw_object(
        "commit",
        marked.git_bytes("cat-file", "commit", "HEAD").replace(
            b"Ada Example <ada@example.com>", b"Claude <noreply@anthropic.com>"
        ),
    )
    marked.point("refs/heads/main", commit)
    marked.git("reset", "--quiet", "--hard")
    sha = marked.commit("Map", {".mailmap": "Ada Example <ada@example.com> <noreply@anthropic.com>\n"})
    marked.git("config", "mailmap.file", str(marked.path / ".mailmap"))
    marked.git("config", "log.mailmap", "true")
    marked.git("notes", "add", "-m", "Nothing to see here", commit)
    assert "ada@example.com" in marked.git("log", "-1", "--use-mailmap", "--format=%aE", commit)
    assert_seen(marked, commit, "identity", "line")
    assert run("scan", marked, f"{commit}..{sha}").code == 0


def test_corrupt_packs_are_told(marked: RealRepository) -> None:
    sha = marked.head
    marked.git("repack", "--quiet", "-a", "-d")
    (pack,) = (marked.git_dir / "objects" / "pack").glob("*.pack")
    data = bytearray(pack.read_bytes())
    pack.chmod(0o644)
    for at in range(20, len(data) - 20, 7):
        data[at] ^= 0x55
    pack.write_bytes(data)
    for command in ("scan", "check"):
        ended = run(command, marked, sha)
        assert ended.code == 3
        assert ended.said or ended.unread(sha)


@pytest.mark.parametrize("damage", ["empty", "cut", "garbage"])
def test_corrupt_objects_are_told(marked: RealRepository, damage: str) -> None:
    sha = marked.head
    path = marked.object_file(marked.git("rev-parse", "HEAD:a.py"))
    path.chmod(0o644)
    whole = path.read_bytes()
    path.write_bytes({"empty": b"", "cut": whole[: len(whole) // 2], "garbage": b"\0" * 50}[damage])
    assert_told(marked, sha, seen=("trailer",))


def test_a_corrupt_commit_graph_changes_nothing_that_is_found(marked: RealRepository) -> None:
    sha = marked.head
    marked.git("commit-graph", "write", "--reachable")
    graph = marked.git_dir / "objects" / "info" / "commit-graph"
    data = bytearray(graph.read_bytes())
    graph.chmod(0o644)
    for at in range(len(data) // 2, len(data)):
        data[at] ^= 0x55
    graph.write_bytes(data)
    for arguments in ([sha], ["--all"]):
        ended = run("scan", marked, *arguments)
        assert ended.code == 3 or ended.marks(sha) >= {"trailer", "line"}


@pytest.mark.parametrize("name", ["HEAD", "config", "packed-refs", "index", "shallow"])
def test_a_corrupt_file_of_git_is_told_or_does_no_harm(marked: RealRepository, name: str) -> None:
    sha = marked.head
    (marked.git_dir / name).write_bytes(b"\xff\0garbage [\n")
    ended = run("scan", marked, sha)
    assert ended.code == 3 or ended.marks(sha) == {"trailer", "line"}


def test_refs_that_lead_nowhere_or_in_circles(marked: RealRepository) -> None:
    (marked.git_dir / "refs/heads/circle").write_text("ref: refs/heads/circle\n")
    (marked.git_dir / "refs/heads/broken").write_text("nonsense\n")
    (marked.git_dir / "refs/heads/missing").write_text("e" * 40 + "\n")
    assert_seen(marked, marked.head)
    for ref in ("circle", "broken", "missing"):
        assert run("scan", marked, ref).code == 3


def test_objects_of_the_wrong_kind(marked: RealRepository) -> None:
    blob = marked.git("rev-parse", "HEAD:a.py")
    for sha in (
        marked.raw_commit(blob),
        marked.raw_commit(parents=[blob]),
        marked.raw_commit(marked.tree([Entry("40000", b"sub", blob)])),
        marked.raw_commit(marked.tree([Entry("100644", b"a.py", marked.git("rev-parse", "HEAD^{tree}"))])),
        marked.raw_commit(marked.tree([Entry("100644", b"a.py", marked.head)])),
    ):
        assert_told(marked, sha)
