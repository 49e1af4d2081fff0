"""A git that dies under a command, whichever it is: nothing that is forbidden passes for fine."""

import os
from collections.abc import Mapping
from typing import NamedTuple

import pytest

from dying_git import MOST_PROCESSES, DyingGit
from integration.clone import BAN, CLAUDE, RESIDUE, Clone, Ended

MESSAGE = ".git/COMMIT_EDITMSG"

# What breaks it stands in no mark, but in how much a marked commit adds.
LIMITED = '[policy]\nai = "allow"\n[limits]\nmax-lines = 1\n'

REVIEW = {"GERRIT_EVENT_TYPE": "patchset-created", "GERRIT_BRANCH": "old", "GERRIT_PATCHSET_REVISION": "<head>"}


class Command(NamedTuple):
    """A command line, what it is fed, and how it ends when every git lives."""

    words: tuple[str, ...]
    feed: str = ""
    code: int = 1
    env: Mapping[str, str] = {}


COMMANDS: Mapping[str, Command] = {
    "pre-commit": Command(("hook", "pre-commit")),
    "commit-msg": Command(("hook", "commit-msg", MESSAGE)),
    "pre-merge-commit": Command(("hook", "pre-merge-commit")),
    "pre-push": Command(("hook", "pre-push", "origin", "nowhere"), "refs/heads/main <head> refs/heads/main <zero>\n"),
    "check of a commit": Command(("check", "HEAD")),
    "check of a range": Command(("check", "HEAD~1..HEAD")),
    "check of everything": Command(("check", "--all")),
    "ci": Command(("ci", "--base", "HEAD~1")),
    "ci on the default branch": Command(("ci",)),
    "ci of a review": Command(("ci",), env=REVIEW),
    "ci from another branch": Command(("ci", "--target", "old")),
    "scan": Command(("scan", "--all", "--format", "jsonl"), code=0),
}


def run(clone: Clone, command: Command, path: str = "") -> Ended:
    feed = command.feed.replace("<head>", clone.head).replace("<zero>", "0" * 40)
    (clone.path / MESSAGE).write_text(f"Add notes\n\n{CLAUDE}\n")
    search = path + clone.programs.environment()["PATH"]
    named = {name: value.replace("<head>", clone.head) for name, value in command.env.items()}
    return clone.attempt("byline", *command.words, feed=feed, env={"PATH": search} | named)


@pytest.mark.skipif(os.name == "nt", reason="signals")
@pytest.mark.parametrize("answered", [0, 100, 1 << 20])
@pytest.mark.parametrize("policy", [BAN, LIMITED], ids=["a ban", "a limit"])
@pytest.mark.parametrize("name", COMMANDS)
def test_whichever_git_dies_what_is_forbidden_does_not_pass(
    make_clone, tmp_path, name: str, policy: str, answered: int
) -> None:
    clone: Clone = make_clone(policy)
    clone.git("branch", "old")
    clone.commit(f"Add a\n\n{CLAUDE}\n", {"a.txt": f"{RESIDUE}\nand more\n"})
    clone.stage({"b.txt": f"{RESIDUE}\nand more\n"})
    command = COMMANDS[name]
    whole = run(clone, command)
    assert whole.code == command.code, whole.err
    for nth in range(1, MOST_PROCESSES):
        dying = DyingGit(tmp_path / "dying", nth, answered, str(clone.programs.git / "git"))
        ended = run(clone, command, f"{dying.folder}{os.pathsep}")
        assert ended.code in (1, 3) or ended == whole, f"the death of git number {nth} changed it: {ended}"
        assert "fault in byline" not in ended.err
        if not dying.has_died:
            break
    assert ended.out == whole.out
    assert 1 < nth < MOST_PROCESSES - 1
