"""What a person meets at `git commit` with byline's plain hooks."""

from pathlib import Path

from integration.clone import CLAUDE, RESIDUE, Clone, editor

RULE = 'byline.toml:2  [policy] ai = "deny"'


def test_a_persons_commit_passes_untouched_and_silent(clone: Clone) -> None:
    clone.stage({"src/parser.c": "int parse(void);\n"})
    message = "Parse the header\n\nIt was missing from the start.\n\nReviewed-by: Grace Example <grace@example.com>\n"
    assert clone.attempt("git", "commit", "--quiet", "-m", message) == (0, "", "")
    assert clone.message == message
    assert clone.git("show", "HEAD:src/parser.c") == "int parse(void);"


def test_a_commit_by_claude_is_refused(clone: Clone) -> None:
    before = clone.head
    clone.stage({"src/parser.c": "int parse(void);\n"})
    ended = clone.attempt("git", "commit", "-m", f"Parse the header\n\n{CLAUDE}")
    assert ended.code == 1
    assert clone.head == before
    assert "  Claude Code: denied" in ended.said
    assert f"    seen  message line 3: {CLAUDE}" in ended.said
    assert f"    rule  {RULE}" in ended.said
    assert "  why   Claude Code is denied here" in ended.said
    assert "  next  - Leave out what was made with Claude Code, or ask for an exemption" in ended.said
    assert "byline: this commit is blocked by the policy in byline.toml" in ended.said


def test_the_advice_after_a_refusal_leads_to_a_commit(clone: Clone, tmp_path: Path) -> None:
    clone.stage({"src/parser.c": "int parse(void);\n"})
    ended = clone.attempt("git", "commit", "-m", f"Parse the header\n\nBy hand.\n\n{CLAUDE}")
    advice = ended.err.partition("repeat your git commit with ")[2].splitlines()[0].split()
    script = tmp_path / "editor"
    script.write_text('#!/bin/sh\ngrep -v Claude "$1" > "$1.new"; mv "$1.new" "$1"\n')
    script.chmod(0o755)
    assert clone.attempt("git", "commit", *advice, env={"GIT_EDITOR": str(script)}).code == 0
    assert clone.message == "Parse the header\n\nBy hand.\n"


def test_the_first_commit_of_a_repository(clone: Clone) -> None:
    clone.git("checkout", "--quiet", "--orphan", "fresh")
    assert clone.attempt("git", "commit", "--quiet", "-m", "Start again") == (0, "", "")
    clone.git("checkout", "--quiet", "--orphan", "fresher")
    clone.stage({"notes.txt": f"see {RESIDUE}\n"})
    ended = clone.attempt("git", "commit", "-m", "Start once more")
    assert ended.code == 1
    assert f"    seen  notes.txt:1: see {RESIDUE}" in ended.said


def test_commit_all_judges_what_was_not_staged(clone: Clone) -> None:
    clone.write("readme.txt", f"A project.\n{RESIDUE}\n")
    assert clone.attempt("git", "commit", "-a", "-m", "Explain").code == 1
    clone.write("readme.txt", "A project of ours.\n")
    assert clone.attempt("git", "commit", "--quiet", "-a", "-m", "Explain") == (0, "", "")


def test_commit_of_one_file_judges_this_file_alone(clone: Clone) -> None:
    clone.stage({"marked.txt": f"{RESIDUE}\n", "clean.txt": "ours\n"})
    assert clone.attempt("git", "commit", "--quiet", "-m", "Add a file", "clean.txt") == (0, "", "")
    ended = clone.attempt("git", "commit", "-m", "Add the other file", "marked.txt")
    assert ended.code == 1
    assert f"    seen  marked.txt:1: {RESIDUE}" in ended.said


def test_lines_that_are_not_staged_do_not_count(clone: Clone) -> None:
    clone.stage({"notes.txt": "ours\n"})
    clone.write("notes.txt", f"ours\n{RESIDUE}\n")
    assert clone.attempt("git", "commit", "--quiet", "-m", "Add notes") == (0, "", "")


def test_lines_that_were_there_before_do_not_count(clone: Clone) -> None:
    clone.commit("Past", {"notes.txt": f"{RESIDUE}\n"})
    clone.write("notes.txt", f"above\n{RESIDUE}\nbelow\n")
    assert clone.attempt("git", "commit", "--quiet", "-a", "-m", "Add to the notes") == (0, "", "")


def test_an_author_who_is_a_tool_is_refused(clone: Clone) -> None:
    clone.stage({"a.txt": "a\n"})
    ended = clone.attempt("git", "commit", "-m", "Add a", "--author", "Claude <noreply@anthropic.com>")
    assert ended.code == 1
    assert "    seen  author: Claude <noreply@anthropic.com>" in ended.said
    env = {"GIT_COMMITTER_NAME": "Claude", "GIT_COMMITTER_EMAIL": "noreply@anthropic.com"}
    ended = clone.attempt("git", "commit", "-m", "Add a", env=env)
    assert ended.code == 1
    assert "    seen  committer: Claude <noreply@anthropic.com>" in ended.said


def test_an_empty_message_is_left_to_git(clone: Clone) -> None:
    clone.stage({"a.txt": "a\n"})
    ended = clone.attempt("git", "commit", "-m", "")
    assert (ended.code, ended.err) == (1, "Aborting commit due to empty commit message.\n")
    assert clone.attempt("git", "commit", "--quiet", "--allow-empty-message", "-m", "") == (0, "", "")


def test_an_empty_commit_is_judged_by_its_message(clone: Clone) -> None:
    assert clone.attempt("git", "commit", "--quiet", "--allow-empty", "-m", "Trigger a build") == (0, "", "")
    assert clone.attempt("git", "commit", "--allow-empty", "-m", f"Trigger a build\n\n{CLAUDE}").code == 1


def test_signing_off_is_a_persons_business(clone: Clone) -> None:
    clone.stage({"a.txt": "a\n"})
    assert clone.attempt("git", "commit", "--quiet", "--signoff", "-m", "Add a") == (0, "", "")
    assert clone.message == "Add a\n\nSigned-off-by: Ada Example <ada@example.com>\n"


def test_no_verify_is_noticed_and_the_commit_stays(clone: Clone) -> None:
    clone.stage({"a.txt": "a\n"})
    ended = clone.attempt("git", "commit", "--quiet", "--no-verify", "-m", f"Add a\n\n{CLAUDE}")
    assert ended.code == 0
    assert clone.message == f"Add a\n\n{CLAUDE}\n"
    assert f"BLOCKED  {clone.head[:10]}  Add a" in ended.said
    assert f"    rule  {RULE}" in ended.said
    assert "this commit got past the hooks; it would have been blocked by the policy in byline.toml" in ended.err
    assert "it is only in your clone so far; git commit --amend" in ended.err


def test_no_verify_of_a_clean_commit_is_silent(clone: Clone) -> None:
    assert clone.attempt("git", "commit", "--quiet", "-n", "--allow-empty", "-m", "Add nothing") == (0, "", "")


def test_from_a_folder_below_the_top(clone: Clone) -> None:
    clone.stage({"src/deep/a.txt": f"{RESIDUE}\n"})
    folder = clone.path / "src" / "deep"
    ended = clone.attempt("git", "commit", "-m", "Add a", cwd=folder)
    assert ended.code == 1
    assert f"    seen  src/deep/a.txt:1: {RESIDUE}" in ended.said


def test_a_repository_named_by_the_environment(clone: Clone, tmp_path: Path) -> None:
    clone.stage({"a.txt": f"{RESIDUE}\n"})
    env = {"GIT_DIR": str(clone.path / ".git"), "GIT_WORK_TREE": str(clone.path)}
    ended = clone.attempt("git", "commit", "-m", "Add a", env=env, cwd=tmp_path)
    assert ended.code == 1
    assert f"    seen  a.txt:1: {RESIDUE}" in ended.said


def test_without_a_policy_marks_are_noted_in_one_line(make_clone) -> None:
    clone = make_clone("")
    assert clone.attempt("git", "commit", "--quiet", "--allow-empty", "-m", "Add nothing") == (0, "", "")
    ended = clone.attempt("git", "commit", "--quiet", "--allow-empty", "-m", f"Add a\n\n{CLAUDE}")
    noted = "byline: noted a mark of Claude Code (message line 3); there is no policy file, so nothing is judged\n"
    assert ended == (0, "", noted)


def test_an_editor_sees_no_more_than_git_shows_under_a_ban(clone: Clone, tmp_path: Path) -> None:
    clone.stage({"a.txt": "a\n"})
    assert clone.attempt("git", "commit", "--quiet", env=editor(tmp_path, "Add a\n")) == (0, "", "")
    assert "byline" not in (tmp_path / "seen").read_text()
    assert clone.message == "Add a\n"
