"""Names of refs and revisions: none is taken for an option, none hides what it points to."""

import pytest

from hostile.checked import LINE, MESSAGE, assert_seen, run, started
from real_git import RealRepository

REFS = (
    "--all", "--output=stolen", "-p", "--upload-pack=x", "--not", "--stdin", "-", "--", "--end-of-options",
    "--exec=touch stolen".replace(" ", "\u00a0"), "$(touch${IFS}stolen)", "`touch`", ";touch", "|touch",
    "a" * 200, "HEAD", "FETCH_HEAD", "0" * 40, "ünïcödé", "\u202egnp",
)  # fmt: skip


@pytest.mark.parametrize("name", REFS)
def test_a_ref_is_no_option(marked: RealRepository, name: str) -> None:
    sha = marked.head
    path = marked.git_dir / "refs" / "heads" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{sha}\n")
    assert_seen(marked, sha)
    ended = run("scan", marked, "--all")
    assert ended.code == 3 or ended.marks(sha) >= {"trailer", "line"}
    for expression in (f"refs/heads/{name}", f"refs/heads/{name}~1..refs/heads/{name}"):
        ended = run("scan", marked, "--", expression)
        assert ended.code == 3 or ended.marks(sha) >= {"trailer", "line"}
    for expression in (name, f"{name}~1..{name}", f"^{name}~1"):
        ended = run("check", marked, "--", expression)
        assert ended.code in (0, 2, 3)
        assert ended.code or ended.commits
    assert not list(marked.path.parent.rglob("stolen*"))


@pytest.mark.parametrize(
    "expression",
    [
        "", " ", "..", "...", "^", "^^", "@{", "@{-1}", "@{upstream}", "HEAD^{", "HEAD^{/x", ":/", ":/x", "HEAD:a.py",
        ":a.py", "HEAD~99999999999999999999", "HEAD^99999999999999999999", "HEAD@{99999999999999}", "HEAD@{yesterday}",
        "\n", "a\nb", "HEAD\nHEAD~1", "\x1b[31m", "HEAD^{tree}", "HEAD^{blob}", "HEAD^{}", "--", "-x", "--all",
        "--output=stolen",
        "..HEAD", "HEAD..", "HEAD....HEAD", "\udcff", "refs/heads/../../config", "../" * 50, "HEAD" + "^" * 500,
        "HEAD" + "^{commit}" * 200, "a" * 100_000,
    ],
)  # fmt: skip
def test_a_revision_that_names_nothing_is_told(marked: RealRepository, expression: str) -> None:
    for command in ("scan", "check"):
        ended = run(command, marked, "--", expression)
        assert ended.code in (0, 2, 3)
        if ended.code == 0 and not ended.commits:
            assert expression in ("..", "...", "..HEAD", "HEAD..")
        assert "\x1b" not in ended.said
    assert not list(marked.path.parent.rglob("stolen*"))


@pytest.mark.parametrize("name", ["main", "HEAD", "v1"])
def test_a_name_with_two_meanings_hides_neither(marked: RealRepository, name: str) -> None:
    """A tag called like a branch wins in git; byline shows which commit it has judged."""
    old, new = marked.git("rev-parse", "HEAD~1"), marked.head
    marked.point(f"refs/tags/{name}", old)
    marked.point(f"refs/heads/{name}", new)
    ended = run("scan", marked, name)
    assert ended.code == 0
    assert [commit["sha"] for commit in ended.commits] == [marked.git("rev-parse", f"{name}^{{commit}}")]
    assert {commit["sha"] for commit in run("scan", marked, "--all").commits} == {old, new}


def test_a_branch_called_like_an_id_does_not_pass_for_the_commit(marked: RealRepository) -> None:
    clean, sha = marked.git("rev-parse", "HEAD~1"), marked.head
    (marked.git_dir / "refs" / "heads" / sha).write_text(f"{clean}\n")
    (marked.git_dir / "refs" / "heads" / sha[:10]).write_text(f"{clean}\n")
    assert_seen(marked, sha)
    ended = started(
        ["scan", "--repo", str(marked.path), "--format", "jsonl", "--stdin"], marked.path, feed=f"{sha}\n".encode()
    )
    assert ended.marks(sha) >= {"trailer", "line"}


def test_a_commit_on_no_branch_is_found_by_its_id_and_detached_by_all(marked: RealRepository) -> None:
    sha = marked.commit(MESSAGE, {"c.py": f"{LINE}\n"})
    marked.git("checkout", "--quiet", "--detach")
    marked.git("branch", "--force", "main", "HEAD~1")
    assert run("scan", marked, "--all").marks(sha) >= {"trailer", "line"}
    marked.git("checkout", "--quiet", "main")
    assert_seen(marked, sha)


def test_ten_thousand_refs(marked: RealRepository) -> None:
    sha = marked.head
    lines = "".join(f"{sha} refs/heads/b{number:05d}\n" for number in range(10_000))
    (marked.git_dir / "packed-refs").write_text(f"# pack-refs with: peeled fully-peeled sorted \n{lines}")
    ended = run("scan", marked, "--all")
    assert ended.code == 0
    assert ended.marks(sha) >= {"trailer", "line"}
