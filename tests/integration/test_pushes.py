"""Real pushes to a bare repository beside the clone, judged by the plain pre-push hook."""

from pathlib import Path

import pytest

from integration.clone import CLAUDE, RESIDUE, Clone, Ended

MARKED = f"Add notes\n\n{CLAUDE}\n"


@pytest.fixture
def pushing(clone: Clone, tmp_path: Path) -> Clone:
    """A clone whose main is on its remote `origin` already."""
    remote = Clone.begin(tmp_path / "remote.git", clone.programs, "--bare")
    clone.git("remote", "add", "origin", str(remote.path))
    clone.git("push", "--quiet", "--no-verify", "origin", "main")
    return clone


def push(clone: Clone, *arguments: str) -> Ended:
    return clone.attempt("git", "push", "--quiet", *arguments)


def remote_refs(clone: Clone) -> dict[str, str]:
    """What the remote holds: ref to id."""
    lines = clone.git("ls-remote", "origin", "refs/*").splitlines()
    return {ref: sha for sha, ref in (line.split("\t") for line in lines) if not ref.endswith("^{}")}


def assert_refused(clone: Clone, ended: Ended, *shas: str) -> None:
    """The push was refused for these commits, and the remote holds none of them."""
    assert ended.code == 1
    assert [line.split()[1] for line in ended.said if line.startswith("BLOCKED")] == [sha[:10] for sha in shas]
    assert "byline: this push is blocked by the policy in byline.toml" in ended.err
    assert not set(shas) & set(remote_refs(clone).values())


def test_a_clean_push_is_silent(pushing: Clone) -> None:
    pushing.commit("Add a", {"a.txt": "a\n"})
    assert push(pushing, "origin", "main") == (0, "", "")
    assert push(pushing, "origin", "main") == (0, "", "")


def test_a_marked_commit_is_refused_wherever_it_stands(pushing: Clone) -> None:
    pushing.commit("Before")
    marked = pushing.commit(MARKED)
    pushing.commit("After", {"b.txt": "b\n"})
    ended = push(pushing, "origin", "main")
    assert_refused(pushing, ended, marked)
    assert f"    seen  message line 3: {CLAUDE}" in ended.said
    assert '    rule  byline.toml:2  [policy] ai = "deny"' in ended.said


def test_a_line_that_was_taken_out_later_is_still_in_history(pushing: Clone) -> None:
    marked = pushing.commit("Add notes", {"notes.txt": f"{RESIDUE}\n"})
    pushing.commit("Take them out", {"notes.txt": None})
    assert_refused(pushing, push(pushing, "origin", "main"), marked)


def test_a_new_branch_is_judged_for_what_it_adds(pushing: Clone) -> None:
    pushing.git("checkout", "--quiet", "-b", "topic")
    assert push(pushing, "origin", "topic") == (0, "", "")
    marked = pushing.commit(MARKED)
    assert_refused(pushing, push(pushing, "origin", "topic:renamed"), marked)
    assert "refs/heads/renamed" not in remote_refs(pushing)


def test_the_first_push_judges_the_root_commit(clone: Clone, tmp_path: Path) -> None:
    remote = Clone.begin(tmp_path / "remote.git", clone.programs, "--bare")
    clone.git("remote", "add", "origin", str(remote.path))
    clone.git("checkout", "--quiet", "--orphan", "fresh")
    root = clone.commit(MARKED)
    clone.commit("Go on", {"a.txt": "a\n"})
    assert_refused(clone, push(clone, "origin", "fresh"), root)
    assert push(clone, "origin", "main") == (0, "", "")


def test_deleting_a_branch_is_no_business_of_a_policy(pushing: Clone) -> None:
    pushing.commit(MARKED)
    pushing.git("push", "--quiet", "--no-verify", "origin", "main:topic")
    assert push(pushing, "origin", ":topic") == (0, "", "")
    assert "refs/heads/topic" not in remote_refs(pushing)


@pytest.mark.parametrize("options", [[], ["-a", "-m", "First release"]], ids=["lightweight", "annotated"])
def test_a_tag_brings_the_commits_behind_it(pushing: Clone, options: list[str]) -> None:
    pushing.git("tag", *options, "v1")
    assert push(pushing, "origin", "v1") == (0, "", "")
    marked = pushing.commit(MARKED)
    pushing.git("tag", *options, "v2")
    pushing.git("reset", "--quiet", "--hard", "HEAD^")
    assert_refused(pushing, push(pushing, "origin", "v2"), marked)
    assert_refused(pushing, push(pushing, "origin", "--tags"), marked)
    assert push(pushing, "origin", ":v1") == (0, "", "")


def test_a_tag_of_a_tag_and_a_tag_of_a_file(pushing: Clone) -> None:
    blob = pushing.git("rev-parse", "HEAD:readme.txt")
    pushing.git("tag", "-a", "-m", "A file", "file", blob)
    assert push(pushing, "origin", "file") == (0, "", "")
    marked = pushing.commit(MARKED)
    pushing.git("tag", "-a", "-m", "Inner", "inner")
    pushing.git("tag", "-a", "-m", "Outer", "outer", "inner")
    assert_refused(pushing, push(pushing, "origin", "outer"), marked)


def test_a_forced_push_is_judged_for_what_replaces_the_old(pushing: Clone) -> None:
    pushing.commit("Old", {"a.txt": "old\n"})
    pushing.git("push", "--quiet", "--no-verify", "origin", "main")
    pushing.git("reset", "--quiet", "--hard", "HEAD^")
    pushing.commit("New", {"a.txt": "new\n"})
    assert push(pushing, "--force", "origin", "main") == (0, "", "")
    pushing.git("reset", "--quiet", "--hard", "HEAD^")
    marked = pushing.commit(MARKED)
    assert_refused(pushing, push(pushing, "--force", "origin", "main"), marked)


def test_a_forced_push_over_commits_this_clone_never_had(pushing: Clone, tmp_path: Path) -> None:
    pushing.git("clone", "--quiet", str(tmp_path / "remote.git"), str(tmp_path / "other"))
    other = Clone(tmp_path / "other", pushing.programs)
    other.commit("Theirs", {"theirs.txt": "theirs\n"})
    other.git("push", "--quiet", "origin", "main")
    marked = pushing.commit(MARKED)
    assert_refused(pushing, push(pushing, "--force", "origin", "main"), marked)
    pushing.git("reset", "--quiet", "--hard", "HEAD^")
    pushing.commit("Ours", {"ours.txt": "ours\n"})
    assert push(pushing, "--force", "origin", "main") == (0, "", "")


def test_every_ref_of_a_push_is_judged(pushing: Clone) -> None:
    shas = []
    for name in ("one", "two", "three"):
        pushing.git("checkout", "--quiet", "-b", name, "main")
        shas.append(pushing.commit(MARKED if name != "two" else "Clean", {f"{name}.txt": f"{name}\n"}))
    ended = push(pushing, "origin", "two", "one", "three")
    assert ended.code == 1
    assert sorted(line.split()[1] for line in ended.said if line.startswith("BLOCKED")) == sorted(
        [shas[0][:10], shas[2][:10]]
    )
    assert "for 2 commits" in ended.err
    assert list(remote_refs(pushing)) == ["refs/heads/main"]
    assert push(pushing, "origin", "two", "main") == (0, "", "")


def test_a_commit_on_two_refs_is_told_once(pushing: Clone) -> None:
    marked = pushing.commit(MARKED)
    pushing.git("branch", "twin")
    assert_refused(pushing, push(pushing, "origin", "main", "twin"), marked)


def test_a_push_to_a_url_knows_no_tracking_branches(pushing: Clone, tmp_path: Path) -> None:
    url = str(tmp_path / "remote.git")
    pushing.commit("Clean", {"a.txt": "a\n"})
    assert push(pushing, url, "main") == (0, "", "")
    marked = pushing.commit(MARKED)
    assert_refused(pushing, push(pushing, url, "main:topic"), marked)
    assert_refused(pushing, push(pushing, f"file://{url}", "main"), marked)


def test_what_the_remote_has_is_not_judged_again(pushing: Clone) -> None:
    pushing.commit(MARKED)
    pushing.git("push", "--quiet", "--no-verify", "origin", "main")
    pushing.git("checkout", "--quiet", "-b", "topic")
    pushing.commit("Go on", {"b.txt": "b\n"})
    assert push(pushing, "origin", "topic") == (0, "", "")


def test_a_merge_brings_the_commits_of_its_branch(pushing: Clone) -> None:
    pushing.git("checkout", "--quiet", "-b", "topic")
    marked = pushing.commit(MARKED, {"notes.txt": "notes\n"})
    pushing.git("checkout", "--quiet", "main")
    pushing.commit("Go on", {"a.txt": "a\n"})
    pushing.git("merge", "--quiet", "--no-edit", "topic")
    assert_refused(pushing, push(pushing, "origin", "main"), marked)


def test_a_detached_head_and_a_bare_id_can_be_pushed(pushing: Clone) -> None:
    pushing.git("checkout", "--quiet", "--detach")
    marked = pushing.commit(MARKED)
    assert_refused(pushing, push(pushing, "origin", "HEAD:refs/heads/topic"), marked)
    assert_refused(pushing, push(pushing, "origin", f"{marked}:refs/heads/topic"), marked)


def test_mirror_and_all(pushing: Clone) -> None:
    marked = pushing.commit(MARKED)
    assert_refused(pushing, push(pushing, "--all", "origin"), marked)
    assert_refused(pushing, push(pushing, "--mirror", "origin"), marked)
    assert push(pushing, "--no-verify", "--all", "origin").code == 0


def test_a_dry_run_is_refused_as_the_push_would_be(pushing: Clone) -> None:
    marked = pushing.commit(MARKED)
    assert_refused(pushing, push(pushing, "--dry-run", "origin", "main"), marked)


def test_a_policy_that_only_warns_lets_the_push_go(pushing: Clone) -> None:
    pushing.write("byline.toml", '[policy]\nai = "deny"\n\n[enforce]\npush = "warn"\n')
    marked = pushing.commit(MARKED)
    ended = push(pushing, "origin", "main")
    assert ended.code == 0
    assert f"WARNED  {marked[:10]}  Add notes" in ended.said
    assert "this push goes through, with a warning by the policy in byline.toml" in ended.err
    assert remote_refs(pushing)["refs/heads/main"] == marked


def test_many_marked_commits_do_not_flood_the_terminal(pushing: Clone) -> None:
    for number in range(30):
        pushing.commit(f"Add {number}\n\n{CLAUDE}\n")
    ended = push(pushing, "origin", "main")
    assert ended.code == 1
    assert len([line for line in ended.said if line.startswith("BLOCKED")]) == 10
    assert "... and 20 more commits" in ended.err
    assert "for 30 commits" in ended.err


def test_sha256_repositories(clone: Clone, tmp_path: Path) -> None:
    modern = Clone.begin(tmp_path / "modern", clone.programs, "--object-format=sha256")
    remote = Clone.begin(tmp_path / "remote.git", clone.programs, "--bare", "--object-format=sha256")
    modern.commit("Start", {"byline.toml": '[policy]\nai = "deny"\n'})
    assert modern.attempt("byline", "install").code == 0
    modern.git("remote", "add", "origin", str(remote.path))
    assert push(modern, "origin", "main", "main:topic") == (0, "", "")
    assert push(modern, "origin", ":topic") == (0, "", "")
    assert modern.attempt("git", "commit", "--allow-empty", "-m", MARKED).code == 1
    marked = modern.commit(MARKED, {"a.txt": "a\n"})
    assert_refused(modern, push(modern, "origin", "main"), marked)
