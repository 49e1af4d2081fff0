"""The disclosure is written in every way in which git makes a commit, once, and nothing else changes."""

from pathlib import Path

import pytest

from integration.clone import CLAUDE, RESIDUE, Clone, editor

POLICY = """\
[policy]
ai = "disclose"

[trailers]
disclose = { Assisted-by = "{tool}[:{model}]" }
human-only = ["Co-authored-by"]
"""
LINE = "Assisted-by: Claude-Code\n"
AGENT = {"CLAUDECODE": "1"}
ADDED = "byline: in your message: added    Assisted-by: Claude-Code"


@pytest.fixture
def clone(make_clone) -> Clone:
    """A clone whose policy wants a trailer of its own form, and no AI co-authors."""
    return make_clone(POLICY)


def staged(clone: Clone, content: str = "x\n") -> Clone:
    clone.stage({"x.txt": content})
    return clone


def test_a_person_s_commit_stays_as_it_is(clone):
    assert staged(clone).attempt("git", "commit", "--quiet", "-m", "Add x") == (0, "", "")
    assert clone.message == "Add x\n"


def test_an_agent_s_commit_is_disclosed_and_it_is_said(clone):
    ended = staged(clone).attempt("git", "commit", "--quiet", "-m", "Add x", env=AGENT)
    assert (ended.code, clone.message) == (0, f"Add x\n\n{LINE}")
    assert ADDED in ended.said
    assert any("to change the message back: git -c byline.write=false commit --amend" in line for line in ended.said)


def test_undoing_it_as_it_is_said(clone):
    staged(clone).attempt("git", "commit", "-m", "Add x", env=AGENT)
    assert clone.attempt("git", "-c", "byline.write=false", "commit", "--quiet", "--amend", "-m", "Add x").code == 0
    assert clone.message == "Add x\n"


def test_body_and_other_trailers_stay(clone):
    body = "Add x\n\nIt was missing.\n\nReviewed-by: Bob <bob@example.org>\n"
    staged(clone).attempt("git", "commit", "--signoff", "-m", body, env=AGENT)
    signed = "Signed-off-by: Ada Example <ada@example.com>\n"
    assert clone.message == body + signed + LINE


def test_a_stamp_gives_way_with_the_model_it_states(clone):
    stamp = "Co-Authored-By: Claude Opus 4.6 (1M context) <noreply@anthropic.com>"
    footer = "🤖 Generated with [Claude Code](https://claude.com/claude-code)"
    staged(clone).attempt("git", "commit", "-m", f"Add x\n\n{footer}\n{stamp}")
    assert "Co-Authored-By" not in clone.message
    assert clone.git("log", "-1", "--format=%(trailers)") == "Assisted-by: Claude-Code:Claude-Opus-4.6"


def test_a_disclosure_above_another_paragraph_goes_where_git_reads_it(clone):
    staged(clone).attempt("git", "commit", "-m", f"Add x\n\n{LINE}\nIt was missing.")
    assert clone.message == f"Add x\n\nIt was missing.\n\n{LINE}"


def test_a_misspelt_key_is_put_right(clone):
    staged(clone).attempt("git", "commit", "-m", "Add x\n\nAsisted-by: Claude-Code")
    assert clone.message == f"Add x\n\n{LINE}"


@pytest.mark.parametrize("mode", ["default", "strip", "whitespace", "verbatim", "scissors"])
def test_every_cleanup_mode(clone, mode):
    clone.git("config", "commit.cleanup", mode)
    staged(clone).attempt("git", "commit", "-m", "Add x\n\n# no comment", env=AGENT)
    assert clone.git("log", "-1", "--format=%(trailers)") == LINE.strip()


def test_a_message_from_a_file_with_windows_line_ends(clone, tmp_path):
    (tmp_path / "draft").write_bytes(b"Add x\r\n\r\nIt was missing.\r\n")
    clone.git("config", "commit.cleanup", "verbatim")
    staged(clone).attempt("git", "commit", "-F", str(tmp_path / "draft"), env=AGENT)
    assert clone.message == "Add x\r\n\r\nIt was missing.\r\n\r\nAssisted-by: Claude-Code\r\n"


@pytest.mark.parametrize("options", [[], ["-v"]])
def test_in_an_editor_it_is_announced_and_added(clone, tmp_path, options):
    env = editor(tmp_path, "Add x\n") | AGENT
    assert staged(clone).attempt("git", "commit", *options, env=env).code == 0
    shown = (tmp_path / "seen").read_text()
    assert "# byline: this line is added to your message, unless you delete it here:\n#     Assisted-by: " in shown
    assert clone.message == f"Add x\n\n{LINE}"


def test_after_the_editor_has_closed_there_is_no_line_to_delete(clone, tmp_path):
    ended = staged(clone).attempt("git", "commit", env=editor(tmp_path, "Add x\n") | AGENT)
    assert "delete the line" not in ended.err
    assert "to change the message back: git -c byline.write=false commit --amend" in ended.err


def test_before_the_editor_opens_there_is_one(clone, tmp_path):
    env = editor(tmp_path, "") | AGENT
    ended = staged(clone).attempt("git", "commit", "--edit", "-m", "Add x", env=env)
    assert (ended.code, clone.message) == (0, f"Add x\n\n{LINE}")
    assert "byline: to undo it: delete the line" in ended.err


def editor_that_deletes(folder: Path, words: str) -> dict[str, str]:
    """Variables for an editor that writes a title above what git offers, and takes out the lines with these words."""
    script = folder / "editor"
    script.write_text(f"""#!/bin/sh\n{{ echo "Add x"; grep -v '{words}' "$1"; }} > "$1.new" && mv "$1.new" "$1"\n""")
    script.chmod(0o755)
    return AGENT | {"GIT_EDITOR": str(script)}


@pytest.mark.parametrize("words", ["byline: this line is added", "    Assisted-by: "])
def test_deleting_either_line_of_the_announcement_means_no(clone, tmp_path, words):
    ended = staged(clone).attempt("git", "commit", env=editor_that_deletes(tmp_path, words))
    assert ended.code == 1
    assert "byline: in your message" not in ended.err


def test_of_two_lines_that_are_announced_one_can_be_deleted(make_clone, tmp_path):
    clone = staged(make_clone(f'{POLICY}names = "require"\n'), f"{RESIDUE}\n")
    ended = clone.attempt("git", "commit", env=editor_that_deletes(tmp_path, "    Assisted-by: ChatGPT"))
    assert ADDED in ended.said
    assert "added    Assisted-by: ChatGPT" not in ended.err
    assert "the disclosure does not name ChatGPT" in ended.err


def test_an_editor_left_without_a_word_makes_no_commit(clone):
    before = clone.head
    assert staged(clone).attempt("git", "commit", env=AGENT | {"GIT_EDITOR": "true"}).code != 0
    assert clone.head == before


def test_a_template_left_as_it_is_makes_no_commit(clone, tmp_path):
    (tmp_path / "template").write_text("Subject\n\nWhy:\n")
    clone.git("config", "commit.template", str(tmp_path / "template"))
    before = clone.head
    assert staged(clone).attempt("git", "commit", env=AGENT | {"GIT_EDITOR": "true"}).code != 0
    assert clone.head == before


def test_who_deletes_the_announcement_is_not_overruled_but_told(clone, tmp_path):
    script = tmp_path / "editor"
    script.write_text('#!/bin/sh\nprintf "Add x\\n" > "$1"\n')
    script.chmod(0o755)
    ended = staged(clone).attempt("git", "commit", env=AGENT | {"GIT_EDITOR": str(script)})
    assert ended.code == 1
    assert "Assisted-by: Claude" in ended.err


@pytest.mark.parametrize("mark", [";", "auto"])
def test_another_comment_character(clone, tmp_path, mark):
    clone.git("config", "core.commentChar", mark)
    staged(clone).attempt("git", "commit", env=editor(tmp_path, "Add x\n") | AGENT)
    assert clone.message == f"Add x\n\n{LINE}"


def test_amending_adds_it_once(clone):
    staged(clone).attempt("git", "commit", "-m", "Add x")
    for _ in range(2):
        assert clone.attempt("git", "commit", "--amend", "--no-edit", env=AGENT).code == 0
    assert clone.message == f"Add x\n\n{LINE}"


def test_a_merge(clone):
    clone.git("checkout", "--quiet", "-b", "side")
    clone.commit("Side", {"side.txt": "s\n"})
    clone.git("checkout", "--quiet", "main")
    clone.commit("Main", {"main.txt": "m\n"})
    assert clone.attempt("git", "merge", "--no-edit", "side", env=AGENT).code == 0
    assert clone.message == f"Merge branch 'side'\n\n{LINE}"


def test_a_revert(clone):
    clone.commit("Add a", {"a.txt": "a\n"})
    assert clone.attempt("git", "revert", "--no-edit", "HEAD", env=AGENT).code == 0
    assert clone.message.endswith(f".\n\n{LINE}")


def test_picking_a_stamped_commit_and_never_naming_whoever_picks(clone):
    clone.git("checkout", "--quiet", "-b", "side")
    clone.commit(f"Side\n\n{CLAUDE}\n", {"side.txt": "s\n"})
    clone.commit("By a person\n", {"person.txt": "p\n"})
    clone.git("checkout", "--quiet", "main")
    assert clone.attempt("git", "cherry-pick", "side~", "side", env={"CODEX_CI": "1"}).code == 0
    assert clone.git("log", "-2", "--format=%B") == f"By a person\n\nSide\n\n{LINE}".strip()


def test_a_rebase_leaves_commits_of_people_and_repairs_stamps(clone):
    clone.git("checkout", "--quiet", "-b", "side")
    clone.commit(f"Side\n\n{CLAUDE}\n", {"side.txt": "s\n"})
    clone.commit("By a person\n", {"person.txt": "p\n"})
    clone.git("checkout", "--quiet", "main")
    clone.commit("Go on\n", {"main.txt": "m\n"})
    env = {"CODEX_CI": "1", "GIT_SEQUENCE_EDITOR": ":", "GIT_EDITOR": "true"}
    assert clone.attempt("git", "rebase", "--interactive", "--force-rebase", "main", "side", env=env).code == 0
    assert "Codex" not in clone.git("log", "-2", "--format=%B")
    assert clone.git("log", "-1", "--format=%B") == "By a person"


def test_fixup_and_squash(clone):
    clone.commit("Add a\n", {"a.txt": "a\n"})
    clone.stage({"a.txt": "a\nb\n"})
    assert clone.attempt("git", "commit", "--squash", "HEAD", "-m", "And b", env=AGENT).code == 0
    assert LINE in clone.message
    env = {"GIT_SEQUENCE_EDITOR": ":", "GIT_EDITOR": "true"}
    assert clone.attempt("git", "rebase", "--interactive", "--autosquash", "HEAD~2", env=env).code == 0
    assert clone.git("log", "-1", "--format=%(trailers)") == LINE.strip()


def test_am_applies_a_mail_as_it_is(clone, tmp_path):
    clone.commit("Add a\n", {"a.txt": "a\n"})
    mail = clone.git_bytes("format-patch", "--stdout", "HEAD~")
    clone.git("reset", "--quiet", "--hard", "HEAD~")
    assert clone.attempt("git", "am", feed=mail.decode(), env=AGENT).code == 0
    assert clone.message == "Add a\n"


def test_a_denied_tool_is_refused_and_nothing_written(clone):
    clone.write("byline.toml", POLICY + '[tools]\nclaude-code = "deny"\n')
    ended = staged(clone).attempt("git", "commit", "-m", "Add x", env=AGENT)
    assert ended.code == 1
    assert "added" not in ended.err


def test_switched_off_in_the_policy(clone):
    clone.write("byline.toml", POLICY + "[evidence]\nenvironment = false\n")
    assert staged(clone).attempt("git", "commit", "--quiet", "-m", "Add x", env=AGENT) == (0, "", "")


def test_what_is_not_known_is_left_to_the_author(clone):
    clone.write("byline.toml", POLICY.replace("[:{model}]", ":{model}"))
    ended = staged(clone).attempt("git", "commit", "-m", "Add x", env=AGENT)
    assert ended.code == 1
    assert "Assisted-by: Claude-Code:<model>" in ended.err


def test_forbidden_trailers_are_dropped_where_the_policy_says_so(clone):
    extra = 'forbid = ["Claude-Session"]\ndrop = ["Claude-Session"]\n'
    clone.write("byline.toml", POLICY + extra)
    session = "Claude-Session: https://claude.ai/code/session_01RBYGqJHC2TMC6fonFziuuh"
    staged(clone).attempt("git", "commit", "-m", f"Add x\n\n{session}\nReviewed-by: Bob <bob@example.org>", env=AGENT)
    assert clone.message == f"Add x\n\n{LINE}Reviewed-by: Bob <bob@example.org>\n"


def test_the_rule_that_drops_a_line_is_named_and_no_way_back_that_the_policy_refuses(clone):
    clone.write("byline.toml", POLICY + 'forbid = ["Generated-by"]\ndrop = ["Generated-by"]\n')
    ended = staged(clone).attempt("git", "commit", "--quiet", "-m", "Add x\n\nGenerated-by: Makefile v3")
    assert (ended.code, clone.message) == (0, "Add x\n")
    assert ended.said == [
        "byline: in your message: removed  Generated-by: Makefile v3",
        'byline: asked for by the policy: byline.toml:8  [trailers] drop = ["Generated-by"]',
        'byline: not allowed in a message by the policy: byline.toml:7  [trailers] forbid = ["Generated-by"]',
    ]


def test_a_line_that_gives_way_is_told_with_both_rules(clone):
    ended = staged(clone).attempt("git", "commit", "--quiet", "-m", f"Add x\n\n{CLAUDE}")
    assert ended.said[2:4] == [
        'byline: asked for by the policy: byline.toml:2  [policy] ai = "disclose"',
        'byline:                  and by: byline.toml:6  [trailers] human-only = ["Co-authored-by"]',
    ]


def test_a_stamp_that_is_allowed_gives_way_by_the_rule_of_its_role_alone(clone):
    clone.write("byline.toml", POLICY.replace('ai = "disclose"', 'ai = "allow"'))
    ended = staged(clone).attempt("git", "commit", "--quiet", "-m", f"Add x\n\n{CLAUDE}")
    assert [line for line in ended.said if "by the policy" in line or "and by" in line] == [
        'byline: asked for by the policy: byline.toml:6  [trailers] human-only = ["Co-authored-by"]'
    ]


def test_a_sign_off_by_a_tool_goes_for_a_reason_of_its_own(clone):
    sign_off = "Signed-off-by: Claude <noreply@anthropic.com>"
    ended = staged(clone).attempt("git", "commit", "--quiet", "-m", f"Add x\n\n{LINE}{sign_off}")
    assert (ended.code, clone.message) == (0, f"Add x\n\n{LINE}")
    assert ended.said[:2] == [
        f"byline: in your message: removed  {sign_off}",
        "byline: because Signed-off-by is always for people: it certifies the origin of a change",
    ]
    assert ended.said[-1] == "byline: if the mark is wrong: byline explain claude-code.co-author"


def test_an_agent_is_told_one_line_and_it_passes(clone):
    clone.write("byline.toml", POLICY.replace("[:{model}]", ":{model}"))
    said = " ".join(staged(clone).attempt("git", "commit", "-m", "Add x", env=AGENT).err.split())
    assert "Add this line to the end of the message: Assisted-by: Claude-Code:<model>" in said
    assert said.count("Assisted-by: ") == 1
    assert "keep the line it adds" not in said
    line = "Assisted-by: Claude-Code:Opus-4.1"
    assert clone.attempt("git", "commit", "-m", f"Add x\n\n{line}", env=AGENT).code == 0


def test_a_message_in_latin_1_keeps_its_bytes(clone, tmp_path):
    clone.git("config", "i18n.commitEncoding", "iso-8859-1")
    (tmp_path / "draft").write_bytes("Grüße\n".encode("latin-1"))
    staged(clone).attempt("git", "commit", "-F", str(tmp_path / "draft"), env=AGENT)
    raw = clone.git_bytes("cat-file", "commit", "HEAD").split(b"\n\n", 1)[1]
    assert raw == f"Grüße\n\n{LINE}".encode("latin-1")


def test_a_very_long_message_is_not_touched(clone, tmp_path):
    draft: Path = tmp_path / "draft"
    draft.write_text("Import\n\n" + "a line\n" * 200_000)
    clone.write("byline.toml", POLICY + '[enforce]\non-error = "allow"\n')
    staged(clone).attempt("git", "commit", "-F", str(draft), env=AGENT)
    assert "Assisted-by" not in clone.message
