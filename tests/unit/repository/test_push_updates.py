"""A push is read from what git itself writes to its pre-push hook."""

from io import BytesIO

import pytest

from byline.errors import UsageError
from byline.repository.push_updates import RefUpdate, commits_to_push, read_updates
from real_git import RealRepository

ZERO = "0" * 40


class Pushing:
    """A clone whose pre-push hook keeps what git writes to it."""

    def __init__(self, repository: RealRepository) -> None:
        self.clone = repository
        self.remote = RealRepository.create(repository.path.parent / "remote", "--bare")
        repository.git("remote", "add", "origin", str(self.remote.path))
        hook = repository.git_dir / "hooks" / "pre-push"
        hook.parent.mkdir(exist_ok=True)
        hook.write_text("#!/bin/sh\ncat >.git/pushed\n")
        hook.chmod(0o755)

    def push(self, *refs: str) -> list[str]:
        """Push for real; the commits that byline would look at."""
        before = self.clone.git("for-each-ref", "--format=%(refname) %(objectname)", "refs/remotes").split("\n")
        self.clone.git("push", "--quiet", "--force", "origin", *refs)
        after = self.clone.git("for-each-ref", "--format=%(refname)", "refs/remotes").split()
        # the hook runs before the tracking branches move
        for ref in after:
            self.clone.git("update-ref", "-d", ref)
        for line in filter(None, before):
            self.clone.git("update-ref", *line.split(" "))
        updates = read_updates(BytesIO((self.clone.git_dir / "pushed").read_bytes()))
        shas = list(commits_to_push(self.clone.opened, "origin", updates))
        self.clone.git("fetch", "--quiet", "origin")
        return shas


@pytest.fixture
def pushing(repository: RealRepository) -> Pushing:
    return Pushing(repository)


def test_a_new_branch_from_its_root_on(pushing: Pushing) -> None:
    shas = [pushing.clone.commit(str(number)) for number in range(3)]
    assert pushing.push("main") == shas[::-1]


def test_an_update_sends_what_is_new(pushing: Pushing) -> None:
    pushing.clone.commit("0")
    pushing.push("main")
    shas = [pushing.clone.commit(str(number)) for number in range(2)]
    assert pushing.push("main") == shas[::-1]


def test_a_new_branch_at_a_known_commit_sends_nothing(pushing: Pushing) -> None:
    pushing.clone.commit("0")
    pushing.push("main")
    assert pushing.push("main:other") == []


def test_a_deletion_sends_nothing(pushing: Pushing) -> None:
    pushing.clone.commit("0")
    pushing.push("main", "main:other")
    assert pushing.push(":other") == []


def test_a_deletion_does_not_hide_what_else_is_sent(pushing: Pushing) -> None:
    pushing.clone.commit("0")
    pushing.push("main", "main:other")
    sha = pushing.clone.commit("1")
    assert pushing.push(":other", "main", "main:third") == [sha]


def test_a_forced_push_sends_the_rewritten_commits(pushing: Pushing) -> None:
    pushing.clone.commit("0")
    pushing.clone.commit("1")
    pushing.push("main")
    pushing.clone.git("reset", "--quiet", "--hard", "HEAD~1")
    sha = pushing.clone.commit("other 1")
    assert pushing.push("main") == [sha]


@pytest.mark.parametrize("options", [[], ["-m", "annotated"]])
def test_a_tag_sends_the_commits_behind_it(pushing: Pushing, options: list[str]) -> None:
    pushing.clone.commit("0")
    pushing.push("main")
    sha = pushing.clone.commit("1")
    pushing.clone.git("tag", *options, "v1")
    assert pushing.push("refs/tags/v1") == [sha]


def test_tags_of_files_and_trees_send_no_commits(pushing: Pushing) -> None:
    pushing.clone.commit("0", {"a": "1\n"})
    pushing.push("main")
    pushing.clone.git("tag", "-m", "a file", "file", pushing.clone.git("rev-parse", "HEAD:a"))
    pushing.clone.git("tag", "tree", pushing.clone.git("rev-parse", "HEAD^{tree}"))
    sha = pushing.clone.commit("1")
    assert pushing.push("refs/tags/file", "refs/tags/tree") == []
    assert pushing.push("main", "refs/tags/file") == [sha]


def test_what_the_remote_has_told_and_is_not_here_leaves_nothing_out(repository: RealRepository) -> None:
    shas = [repository.commit(str(number)) for number in range(2)]
    update = RefUpdate("refs/heads/main", shas[1], "refs/heads/main", "e" * 40)
    assert list(commits_to_push(repository.opened, "origin", [update])) == shas[::-1]


def test_a_remote_known_by_its_address_alone_is_known_to_have_nothing(repository: RealRepository) -> None:
    sha = repository.commit("0")
    update = RefUpdate("refs/heads/main", sha, "refs/heads/main", ZERO)
    for remote in ("https://example.com/x.git", "--all", "-x", "", "a b\n"):
        assert list(commits_to_push(repository.opened, remote, [update])) == [sha]


def test_nothing_pushed_is_nothing_to_look_at(repository: RealRepository) -> None:
    assert list(commits_to_push(repository.opened, "origin", [])) == []


@pytest.mark.parametrize("zeros", [40, 64])
def test_zeros_of_either_length_stand_for_nothing(zeros: int) -> None:
    update = RefUpdate("(delete)", "0" * zeros, "refs/heads/x", "1" * zeros)
    assert (update.deletes, update.creates) == (True, False)


def test_the_last_line_needs_no_end_and_names_may_hold_any_bytes() -> None:
    name = b"refs/heads/caf\xe9"
    (update,) = read_updates(BytesIO(b" ".join([name, b"1" * 40, name, b"0" * 40])))
    assert update.local_ref.encode("utf-8", "surrogateescape") == name
    assert update.creates


@pytest.mark.parametrize("data", [b"x\n", b"\n", b"a b c\n", b"a b c d e\n", b"\0\n", b"x" * 200_000])
def test_other_input_is_refused(data: bytes) -> None:
    with pytest.raises(UsageError, match="ref lines"):
        read_updates(BytesIO(data))


@pytest.mark.parametrize("sha", ["nope", "HEAD", "--all", "x\ny", "", "main..main"])
def test_ids_that_are_none_select_nothing(repository: RealRepository, sha: str) -> None:
    repository.commit("0")
    updates = [RefUpdate("r", sha, "r", ZERO), RefUpdate("r", "e" * 40, "r", sha)]
    assert list(commits_to_push(repository.opened, "origin", updates)) in ([], [repository.head])
