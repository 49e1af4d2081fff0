"""Notes that a clone shares with its remote: set up when asked, sent with a push, fetched without harm, undone."""

import json
import subprocess
from pathlib import Path

import pytest

from integration.clone import CLAUDE, Clone
from work_tree import ROOT

POLICY = '[policy]\nai = "allow"\n[notes]\ncommit = true\n'
REF = "refs/notes/byline"
FETCHED = "refs/notes/remotes/origin/byline"
OFF = ("-c", "core.hooksPath=/dev/null")


@pytest.fixture
def clone(make_clone, tmp_path) -> Clone:
    """A clone of a policy that has notes written, with a remote that has its first commit."""
    made = make_clone(POLICY)
    made.git("init", "--quiet", "--bare", "--initial-branch=main", str(tmp_path / "up.git"))
    made.git("remote", "add", "origin", str(tmp_path / "up.git"))
    made.git(*OFF, "push", "--quiet", "--set-upstream", "origin", "main")
    return made


@pytest.fixture
def sharing(clone) -> Clone:
    """The same, sharing its notes."""
    ended = clone.attempt("byline", "install", "--notes")
    assert ended.code == 0, ended.err
    return clone


def second_clone(sharing: Clone, tmp_path: Path) -> Clone:
    """Another person's clone of the same remote, sharing notes as well."""
    sharing.git("clone", "--quiet", str(tmp_path / "up.git"), str(tmp_path / "second"))
    second = Clone(tmp_path / "second", sharing.programs)
    assert second.attempt("byline", "install", "--notes", "origin").code == 0
    return second


def made_by_agent(clone: Clone, name: str) -> str:
    """A commit that an agent runs; its id."""
    clone.stage({name: f"{name}\n"})
    assert clone.attempt("git", "commit", "--quiet", "-m", f"Add {name}", env={"CLAUDECODE": "1"}).code == 0
    return clone.head


def configuration(clone: Clone) -> list[str]:
    return clone.git("config", "--local", "--list").splitlines()


def remote_notes(clone: Clone) -> dict[str, str]:
    """Commit to note, as the remote has them now."""
    up = f"--git-dir={clone.path.parent / 'up.git'}"
    listed = [line.split() for line in clone.git(up, "notes", f"--ref={REF}", "list").splitlines()]
    return {sha: clone.git(up, "cat-file", "blob", blob) for blob, sha in listed}


def test_nothing_is_shared_unless_it_is_asked_for(clone):
    assert clone.attempt("byline", "install").code == 0
    made_by_agent(clone, "a")
    assert clone.attempt("git", "push").code == 0
    assert remote_notes(clone) == {}
    assert "byline" not in "".join(configuration(clone)).lower()


def test_it_is_said_what_is_set_up_and_how_to_undo_it(clone):
    said = clone.attempt("byline", "install", "--notes").out
    assert "notes on commits, shared with origin (set up):" in said
    assert f"brings those of others, as {FETCHED}" in said
    assert "Whoever can read the remote can read them" in said
    assert said.endswith("`byline uninstall` takes all of this out again.\n")


def test_a_second_time_changes_nothing_and_uninstall_takes_it_all_back(clone):
    before = configuration(clone)
    assert clone.attempt("byline", "install", "--notes").code == 0
    once = configuration(clone)
    again = clone.attempt("byline", "install", "--notes")
    assert "(as it was)" in again.out
    assert configuration(clone) == once != before
    ended = clone.attempt("byline", "uninstall")
    assert f"git update-ref -d {FETCHED}" in ended.out
    assert configuration(clone) == before


def test_a_push_sends_the_notes_on_its_commits_and_no_others(sharing):
    sharing.git("checkout", "--quiet", "-b", "private")
    secret = made_by_agent(sharing, "secret")
    sharing.git("checkout", "--quiet", "main")
    public = made_by_agent(sharing, "public")
    ended = sharing.attempt("git", "push")
    assert (ended.code, "byline: 1 note sent to refs/notes/byline of origin" in ended.said) == (0, True)
    notes = remote_notes(sharing)
    assert set(notes) == {public}
    assert secret not in notes
    assert "CLAUDECODE=1" in notes[public]
    assert sharing.git("rev-parse", FETCHED)
    assert "refs/byline" not in sharing.git("for-each-ref")


def test_a_plain_push_pushes_what_it_always_did(sharing):
    made_by_agent(sharing, "a")
    sharing.git("branch", "other")
    assert sharing.attempt("git", "push").code == 0
    refs = sharing.git("ls-remote", "origin").split("\n")
    assert {line.split("\t")[1] for line in refs} == {"HEAD", "refs/heads/main", REF}
    assert not any(line.startswith("remote.origin.push") for line in configuration(sharing))


def test_under_a_framework_with_the_settings_that_the_page_gives(clone):
    page = (ROOT / "docs" / "notes.md").read_text(encoding="utf-8")
    commands = [line.removeprefix("$ ") for line in page.splitlines() if line.startswith("$ git config")]
    assert clone.attempt("sh", "-c", "\n".join(commands)).code == 0
    by_hand = configuration(clone)
    assert "(as it was)" in clone.attempt("byline", "install", "--notes").out
    assert configuration(clone) == by_hand
    before = clone.head
    sha = made_by_agent(clone, "a")
    framework = {"PRE_COMMIT": "1", "PRE_COMMIT_REMOTE_NAME": "origin", "PRE_COMMIT_REMOTE_URL": "x"}
    framework |= {"PRE_COMMIT_FROM_REF": before, "PRE_COMMIT_TO_REF": sha, "PRE_COMMIT_LOCAL_BRANCH": "refs/heads/main"}
    assert clone.attempt("byline", "hook", "pre-push", env=framework).code == 0
    assert set(remote_notes(clone)) == {sha}


def test_a_fetch_from_a_remote_without_notes_works_and_nothing_of_one_s_own_is_lost(sharing):
    sha = made_by_agent(sharing, "a")
    assert sharing.attempt("git", "fetch", "--prune").code == 0
    assert sharing.git("notes", f"--ref={REF}", "list", sha)


def test_two_people_lose_nothing_and_see_each_other_s(sharing, tmp_path):
    second = second_clone(sharing, tmp_path)
    one = made_by_agent(sharing, "one")
    assert sharing.attempt("git", "push").code == 0
    second.git("checkout", "--quiet", "-b", "side")
    two = made_by_agent(second, "two")
    # the second has not fetched what the first has sent
    ended = second.attempt("git", "push", "origin", "side")
    assert (ended.code, "byline: 1 note sent to refs/notes/byline of origin" in ended.said) == (0, True)
    assert set(remote_notes(sharing)) == {one, two}
    assert second.attempt("git", "fetch", "--prune").code == 0
    assert "fetched from origin" in second.attempt("byline", "explain", one).out
    assert second.git("notes", f"--ref={REF}", "list", two)


def test_ten_clones_that_push_at_once_lose_nothing(sharing, tmp_path):
    clones = []
    for number in range(10):
        clone = sharing.copy(tmp_path / f"clone {number}")
        clone.git("checkout", "--quiet", "-b", f"side{number}")
        clones.append((clone, made_by_agent(clone, f"{number}")))
    started = [
        subprocess.Popen(
            [str(clone.programs.git / "git"), "push", "--quiet", "origin", f"side{number}"],
            cwd=clone.path,
            env=clone.programs.environment(),
            stderr=subprocess.PIPE,
        )
        for number, (clone, _) in enumerate(clones)
    ]
    said = [process.communicate()[1].decode() for process in started]
    assert [process.returncode for process in started] == [0] * 10, said
    assert set(remote_notes(sharing)) == {sha for _, sha in clones}, said


def test_what_the_remote_says_of_a_commit_stays_with_what_only_the_clone_knows(sharing, tmp_path):
    sha = made_by_agent(sharing, "a")
    theirs = json.loads(sharing.git("notes", f"--ref={REF}", "show", sha)) | {"findings": [], "by": "the server"}
    up = f"--git-dir={tmp_path / 'up.git'}"
    sharing.git(*OFF, "push", "--quiet")
    sharing.git(up, "notes", f"--ref={REF}", "add", "-m", json.dumps(theirs), sha)
    sharing.git("update-ref", "-d", "refs/remotes/origin/main")
    assert sharing.attempt("git", "push", "origin", "main:copy").code == 0
    record = json.loads(remote_notes(sharing)[sha])
    assert record["by"] == "the server"
    assert "environment" in {finding["surface"] for finding in record["findings"]}


def test_a_text_of_somebody_else_is_not_touched(sharing, tmp_path):
    sha = made_by_agent(sharing, "a")
    sharing.git(*OFF, "push", "--quiet")
    sharing.git(f"--git-dir={tmp_path / 'up.git'}", "notes", f"--ref={REF}", "add", "-m", "looked at by Bob", sha)
    sharing.git("update-ref", "-d", "refs/remotes/origin/main")
    assert sharing.attempt("git", "push", "origin", "main:copy").code == 0
    assert remote_notes(sharing)[sha] == "looked at by Bob"


def test_a_remote_that_takes_no_notes_does_not_stop_the_push(sharing, tmp_path):
    hook = tmp_path / "up.git" / "hooks" / "update"
    hook.parent.mkdir(exist_ok=True)
    hook.parent.mkdir(exist_ok=True)
    hook.write_text('#!/bin/sh\ncase $1 in refs/notes/*) echo "no notes here" >&2; exit 1;; esac\n')
    hook.chmod(0o755)
    sha = made_by_agent(sharing, "a")
    ended = sharing.attempt("git", "push")
    assert ended.code == 0
    assert "were not sent to origin; the push goes on without them" in ended.err
    assert "no notes here" in ended.err
    assert "byline annotate --push origin" in ended.err
    assert sharing.git("ls-remote", "origin", "refs/heads/main").startswith(sha)


@pytest.mark.parametrize(
    ("fetch", "words"),
    [
        (None, "is not set"),
        ("+refs/notes/*:refs/notes/*", "every fetch overwrites the notes of this clone"),
        ("+refs/*:refs/*", "every fetch overwrites the notes of this clone"),
    ],
)
def test_settings_by_which_something_would_be_lost_are_refused_with_a_way_out(clone, fetch, words):
    clone.git("config", "--unset-all", "remote.origin.fetch")
    if fetch:
        clone.git("config", "remote.origin.fetch", fetch)
    before = configuration(clone)
    ended = clone.attempt("byline", "install", "--notes")
    assert ended.code != 0
    assert words in ended.err
    assert configuration(clone) == before
    remedy = ended.err.rpartition("git config ")[2].strip()
    assert clone.attempt("sh", "-c", f"git config {remedy}").code == 0


def test_which_remote(clone):
    ended = clone.attempt("byline", "install", "--notes", "nowhere")
    assert (ended.code, ended.err) == (2, "byline: there is no remote nowhere\nbyline: It is one of: origin.\n")
    clone.git("remote", "rename", "origin", "upstream")
    assert "shared with upstream" in clone.attempt("byline", "install", "--notes").out
    clone.git("remote", "add", "fork", "nowhere")
    assert "it is not clear which remote is meant" in clone.attempt("byline", "install", "--notes").err


def test_another_ref_in_the_policy_takes_the_place_of_the_first(sharing):
    sharing.write("byline.toml", POLICY + 'ref = "refs/notes/ai"\n')
    assert sharing.attempt("byline", "install", "--notes").code == 0
    said = "\n".join(configuration(sharing))
    assert "refs/notes/byline" not in said
    assert "+refs/notes/ai*:refs/notes/remotes/origin/ai*" in said


def test_a_mark_in_the_message_is_no_reason_to_send_anything_twice(sharing):
    sharing.commit(f"One\n\n{CLAUDE}\n", {"1": "1"})
    sharing.attempt("byline", "annotate", "HEAD")
    assert sharing.attempt("git", "push").code == 0
    first = sharing.git("ls-remote", "origin", REF)
    sharing.git("update-ref", "-d", "refs/remotes/origin/main")
    assert sharing.attempt("git", "push", "origin", "main:copy").code == 0
    assert sharing.git("ls-remote", "origin", REF) == first


def test_notes_on_commits_that_the_remote_has_already_are_sent_by_hand(clone):
    sha = clone.commit(f"One\n\n{CLAUDE}\n", {"1": "1"})
    clone.git(*OFF, "push", "--quiet")
    ended = clone.attempt("byline", "annotate", "HEAD", "--push", "origin")
    assert (ended.code, ended.out.splitlines()[-1]) == (0, "1 note sent to refs/notes/byline of origin")
    assert set(remote_notes(clone)) == {sha}
    again = clone.attempt("byline", "annotate", "HEAD", "--push", "origin")
    assert again.out.splitlines()[-1] == "origin has these notes already"
    assert "there is no remote nowhere" in clone.attempt("byline", "annotate", "HEAD", "--push", "nowhere").err


def test_a_remote_that_refuses_notes_is_told_of_in_one_sentence(sharing, tmp_path):
    hook = tmp_path / "up.git" / "hooks" / "update"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text('#!/bin/sh\ncase "$1" in refs/notes/*) echo "hint: ask Ada"; echo "no notes here"; exit 1;; esac\n')
    hook.chmod(0o755)
    made_by_agent(sharing, "1")
    ended = sharing.attempt("byline", "annotate", "HEAD", "--push", "origin")
    assert (ended.code, ended.err.splitlines()) == (
        3,
        [
            f"byline: origin does not take notes in {REF}: hook declined: no notes here",
            f"byline: They are kept here. Ask those who run origin whether {REF} may be pushed there.",
        ],
    )
    pushed = sharing.attempt("git", "push")
    assert pushed.code == 0, pushed.err
    assert "origin does not take notes" in pushed.err
    assert "outgoing" not in pushed.err
    sharing.git("remote", "set-url", "origin", "nowhere")
    assert "git ls-remote origin" in sharing.attempt("byline", "annotate", "HEAD", "--push", "origin").err
