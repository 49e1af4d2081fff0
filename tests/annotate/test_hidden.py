"""Marks that were taken away, stamps that are missing, and commits that no hook has seen."""

from pathlib import Path

import pytest

from integration.clone import CLAUDE, Clone

ALLOW = '[policy]\nai = "allow"\n'


def pushed_from(clone: Clone, tmp_path: Path) -> Clone:
    """The clone with a remote to push to."""
    clone.git("init", "--quiet", "--bare", str(tmp_path / "up.git"))
    clone.git("remote", "add", "origin", str(tmp_path / "up.git"))
    clone.git("-c", "core.hooksPath=/dev/null", "push", "--quiet", "origin", "HEAD")
    return clone


@pytest.fixture
def clone(make_clone, tmp_path) -> Clone:
    return pushed_from(make_clone(ALLOW), tmp_path)


def test_a_mark_that_was_amended_away_is_told_at_the_push(clone):
    clone.commit(f"Add x\n\n{CLAUDE}\n", {"x.txt": "x\n"})
    old = clone.head[:10]
    clone.git("-c", "core.hooksPath=/dev/null", "commit", "--quiet", "--amend", "-m", "Add x")
    ended = clone.attempt("git", "push", "origin", "HEAD")
    assert ended.code == 0
    assert "an earlier version of this commit named Claude Code, and this one does not" in " ".join(ended.err.split())
    assert f"{old} had: {CLAUDE}" in " ".join(ended.err.split())


def test_the_same_after_a_rebase_onto_another_commit(clone):
    clone.git("checkout", "--quiet", "-b", "side")
    clone.commit(f"Add x\n\n{CLAUDE}\n", {"x.txt": "x\n"})
    clone.git("checkout", "--quiet", "main")
    clone.commit("Go on\n", {"main.txt": "m\n"})
    clone.git("-c", "core.hooksPath=/dev/null", "cherry-pick", "side")
    clone.git("-c", "core.hooksPath=/dev/null", "commit", "--quiet", "--amend", "-m", "Add x")
    assert "earlier version" in clone.attempt("git", "push", "origin", "HEAD").err


@pytest.mark.parametrize(("level", "code"), [("block", 1), ("off", 0)])
def test_the_policy_decides_what_it_means(make_clone, tmp_path, level, code):
    clone = pushed_from(make_clone(f'{ALLOW}[evidence]\nremoved = "{level}"\n'), tmp_path)
    clone.commit(f"Add x\n\n{CLAUDE}\n", {"x.txt": "x\n"})
    clone.git("-c", "core.hooksPath=/dev/null", "commit", "--quiet", "--amend", "-m", "Add x")
    assert bool(clone.attempt("git", "push", "origin", "HEAD").code) == bool(code)


def test_a_commit_that_keeps_its_mark_is_nothing_to_tell(clone):
    clone.commit(f"Add x\n\n{CLAUDE}\n", {"x.txt": "x\n"})
    clone.git("-c", "core.hooksPath=/dev/null", "commit", "--quiet", "--amend", "-m", f"Add more\n\n{CLAUDE}")
    assert "earlier version" not in clone.attempt("git", "push", "origin", "HEAD").err


def test_an_agent_whose_stamp_is_missing(clone):
    clone.stage({"x.txt": "x\n"})
    ended = clone.attempt("git", "commit", "-m", "Add x", env={"CLAUDECODE": "1"})
    assert ended.code == 0
    assert "Claude Code runs this commit, and the message does not say so" in " ".join(ended.err.split())
    clone.stage({"x.txt": "y\n"})
    ended = clone.attempt("git", "commit", "-m", f"Change x\n\n{CLAUDE}", env={"CLAUDECODE": "1"})
    assert "does not say so" not in ended.err


@pytest.mark.parametrize(
    ("rules", "advice"),
    [
        ("", "keep the line it adds, or write one such as: Assisted-by: Claude Code"),
        ('[trailers]\nhuman-only = ["Co-authored-by"]\n', "change, write: Assisted-by: Claude Code"),
        ('[trailers]\ndisclose = { AI = "{tool}" }\n', "or write one such as: AI: Claude-Code"),
        ('[trailers]\nforbid = ["Assisted-by"]\n', ""),
    ],
)
def test_only_lines_that_the_policy_takes_are_advised(make_clone, rules, advice):
    clone = make_clone(ALLOW + rules)
    ended = clone.attempt("git", "commit", "--allow-empty", "-m", "Add x", env={"CLAUDECODE": "1"})
    said = " ".join(ended.err.split())
    assert "the message does not say so" in said
    assert advice in said
    assert bool(advice) == ("If it had a part in the change" in said)
    if advice:
        line = advice.partition(": ")[2]
        ended = clone.attempt("git", "commit", "--allow-empty", "-m", f"Add x\n\n{line}", env={"CLAUDECODE": "1"})
        assert ended.code == 0
        assert "does not say so" not in ended.err


@pytest.fixture
def watched(make_clone, tmp_path) -> Clone:
    """A clone whose policy wants to know of commits that no hook has seen."""
    clone = pushed_from(make_clone(f'{ALLOW}[evidence]\nunseen = "warn"\n'), tmp_path)
    assert clone.attempt("byline", "install", "--stage", "post-rewrite").code == 0
    return clone


def test_commits_that_no_hook_has_seen_are_named(watched):
    watched.stage({"x.txt": "x\n"})
    watched.git("commit", "--quiet", "-m", "Seen")
    assert "no hook" not in watched.attempt("git", "push", "origin", "HEAD").err
    watched.stage({"x.txt": "y\n"})
    watched.git("commit", "--quiet", "--no-verify", "-m", "Past the hooks")
    watched.stage({"x.txt": "z\n"})
    off = {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "core.hooksPath", "GIT_CONFIG_VALUE_0": ""}
    watched.git("commit", "--quiet", "-m", "Hooks switched off", env=off)
    ended = watched.attempt("git", "push", "origin", "HEAD")
    assert ended.code == 0
    assert ended.err.count("no hook of byline saw this commit being made") == 2
    assert "Past the hooks" in ended.err
    assert "Hooks switched off" in ended.err


def test_what_was_seen_stays_seen_when_it_is_amended_or_rebased(watched):
    watched.git("checkout", "--quiet", "-b", "side")
    watched.stage({"x.txt": "x\n"})
    watched.git("commit", "--quiet", "-m", "Seen")
    watched.git("checkout", "--quiet", "main")
    watched.stage({"y.txt": "y\n"})
    watched.git("commit", "--quiet", "-m", "Also seen")
    watched.git("rebase", "--quiet", "main", "side")
    assert "no hook" not in watched.attempt("git", "push", "origin", "HEAD").err


def test_the_record_is_private(watched):
    watched.stage({"x.txt": "x\n"})
    watched.git("commit", "--quiet", "-m", "Seen")
    record = watched.path / ".git" / "byline" / "passed"
    assert record.stat().st_mode & 0o077 == 0
    assert "Seen" not in record.read_text()


def test_what_is_said_of_a_commit_that_no_hook_has_seen(watched):
    """Nothing but the reason, the rule and what to do: that hooks did not run is no fault of the change."""
    watched.stage({"x.txt": "x\n"})
    watched.git("commit", "--quiet", "--no-verify", "-m", "Past the hooks")
    sha = watched.head[:10]
    said = watched.attempt("git", "push", "origin", "HEAD").err.partition("\nTo ")[0]
    assert said.strip().splitlines() == [
        f"WARNED  {sha}  Past the hooks",
        "",
        "  why   no hook of byline saw this commit being made; it has been checked in",
        "        full now",
        '  rule  byline.toml:4  [evidence] unseen = "warn"',
        "  next  - Hooks do not run with --no-verify, nor where a setting switches them",
        "          off: git config core.hooksPath",
        "        - To have them see it: git commit --amend --no-edit; for an older",
        f"          commit: git rebase --exec 'git commit --amend --no-edit' {sha}~",
        "",
        "byline: this push goes through, with a warning by the policy in byline.toml",
        "byline: what a mark means, and what if it is wrong: byline explain byline.unseen",
    ]
    page = " ".join(watched.attempt("byline", "explain", "byline.unseen").out.split())
    assert "It says nothing about the change" in page
    assert "If hooks of byline did run when the commit was made, the mark is at fault and not the author." in page
    assert "Report it to byline" in page


def test_doing_what_is_said_has_the_hooks_see_it(watched):
    for name in ("older", "newer"):
        watched.stage({name: "x\n"})
        watched.git("commit", "--quiet", "--no-verify", "-m", f"Add {name}")
    older = watched.git("rev-parse", "HEAD~")
    again = watched.attempt("git", "rebase", "--exec", "git commit --amend --no-edit", f"{older[:10]}~")
    assert again.code == 0, again.err
    assert "no hook" not in watched.attempt("git", "push", "origin", "HEAD").err


def test_hooks_that_did_not_run_are_never_taken_for_use_of_a_tool(make_clone, tmp_path):
    evidence = 'unseen = "warn"\nsuppression = true\nblock = ["certain", "likely", "hint"]\n'
    rules = f'[policy]\nai = "deny"\n[evidence]\n{evidence}'
    clone = pushed_from(make_clone(rules), tmp_path)
    clone.stage({"x.txt": "x\n"})
    clone.git("commit", "--quiet", "--no-verify", "-m", "Past the hooks")
    ended = clone.attempt("git", "push", "origin", "HEAD")
    assert ended.code == 0
    assert "no hook of byline saw this commit being made" in ended.err
    assert "denied" not in ended.err


def test_an_exemption_of_the_commit_covers_what_is_missing_from_it(make_clone, tmp_path):
    exempt = '[[exempt]]\nauthors = "ada@example.com"\nreason = "x"\n'
    rules = f'{ALLOW}[evidence]\nremoved = "block"\nunseen = "block"\n{exempt}'
    clone = pushed_from(make_clone(rules), tmp_path)
    clone.commit(f"Add x\n\n{CLAUDE}\n", {"x.txt": "x\n"})
    clone.git("-c", "core.hooksPath=/dev/null", "commit", "--quiet", "--amend", "-m", "Add x")
    assert clone.attempt("git", "push", "origin", "HEAD").code == 0


@pytest.mark.parametrize(
    ("level", "words"),
    [
        ("warn", "If that is right, nothing is to be done. If not, put it back:"),
        ("block", "Put it back, or ask for an exemption if it was wrong there:"),
    ],
)
def test_what_to_do_about_a_mark_that_was_taken_out(make_clone, tmp_path, level, words):
    clone = pushed_from(make_clone(f'{ALLOW}[evidence]\nremoved = "{level}"\n'), tmp_path)
    clone.commit(f"Add x\n\n{CLAUDE}\n", {"x.txt": "x\n"})
    clone.git("-c", "core.hooksPath=/dev/null", "commit", "--quiet", "--amend", "-m", "Add x")
    said = clone.attempt("git", "push", "origin", "HEAD").err
    assert words in " ".join(said.split())
    assert CLAUDE in [line.strip() for line in said.splitlines()], "on a line of its own, to be copied"
    assert "byline explain byline.mark-removed" in said
