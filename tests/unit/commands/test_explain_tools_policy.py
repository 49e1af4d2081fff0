import pytest


def test_tools_lists_every_tool_with_its_number_of_marks(byline, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, out, _ = byline("tools")
    assert code == 0
    row = next(line for line in out.splitlines() if line.startswith("claude-code "))
    assert "Claude Code" in row
    assert "anthropic" in row
    assert "agent" in row


@pytest.mark.parametrize(
    ("filters", "held", "left_out"),
    [
        (["--vendor", "OpenAI"], "codex", "claude-code"),
        (["--mode", "completion"], "github-copilot", "jules"),
        (["--vendor", "google", "--mode", "unattended"], "jules", "gemini-code-assist"),
    ],
)
def test_filters(byline, filters, held, left_out):
    names = [line.split(" ")[0] for line in byline("tools", *filters)[1].splitlines()]
    assert held in names
    assert left_out not in names


def test_a_tool_shows_all_its_marks_with_sources(byline):
    code, out, _ = byline("tools", "CLAUDE")
    assert code == 0
    assert "\nclaude-code.co-author\n" in out
    assert "  source   https://" in out


def test_a_mark_is_explained_with_what_it_does_not_prove(judged, byline):
    code, out, _ = byline("explain", "claude-code.co-author")
    assert code == 0
    for word in ("Claude Code", "certain", "What it does not prove", "How to disclose", "If the mark is false"):
        assert word in out
    assert "Assisted-by: <tool>:<model>" in out
    assert "https://example.org/ai" in out


def test_without_a_policy_nothing_is_asked_for(inside, byline):
    assert "no policy file, so byline asks for nothing" in byline("explain", "claude-code.co-author")[1]


def test_a_commit_s_story_ends_with_exit_code_0_whatever_the_policy_says(judged, byline):
    code, out, _ = byline("explain", "HEAD~1")
    assert code == 0
    assert f"commit     {judged.git('rev-parse', 'HEAD~1')}" in out
    assert "author     Ada Example <ada@example.com>, 2023-11-14" in out
    assert "BLOCKED" in out
    assert "byline.toml:2" in out


def test_a_commit_without_marks_has_a_story_too(judged, byline):
    _, out, _ = byline("explain", "HEAD~2")
    assert "No mark of an AI tool was found" in out
    assert "OK  " in out


@pytest.mark.parametrize("name", ["claude-code.co-auther", "claude-code", "no.such"])
def test_what_is_neither_mark_nor_commit_is_wrong_use(judged, byline, name):
    code, _, err = byline("explain", name)
    assert code == 2
    assert "neither a mark that byline knows nor a commit" in err


def test_policy_check_says_in_words_what_the_policy_asks_for(judged, byline):
    code, out, _ = byline("policy", "check")
    assert code == 0
    assert out.startswith("the policy in byline.toml is fine:\n")
    assert "AI tools are not allowed" in out
    assert "aider to be disclosed" in out
    assert "Assisted-by: <tool>:<model>" in out
    assert "commit block, push block, server block, ci warn" in out


def test_policy_check_reports_all_faults_at_once_with_their_lines(inside, byline):
    inside.write("byline.toml", '[policy]\nai = "forbid"\nurll = "https://example.org"\n')
    code, _, err = byline("policy", "check")
    assert code == 3
    assert "byline.toml:2: " in err
    assert "byline.toml:3: " in err
    assert "the policy has 2 faults" in err


def test_policy_check_of_a_named_file_or_blob(judged, byline):
    judged.write("next.toml", '[policy]\nai = "allow"\n')
    assert "AI tools are allowed" in byline("policy", "check", "next.toml")[1]
    assert "AI tools are not allowed" in byline("policy", "check", "HEAD:byline.toml")[1]


def test_policy_check_without_a_policy_says_how_to_begin(inside, byline):
    code, _, err = byline("policy", "check")
    assert code == 3
    assert 'ai = "disclose"' in err


def test_policy_check_tells_of_every_condition(inside, byline):
    inside.write("byline.toml", FULL)
    out = byline("policy", "check")[1]
    for words in (
        "use of AI tools needs approval unless something below says otherwise",
        "1 scope",
        "1 exemption",
        "approved by *@example.org",
        "max lines of a commit with AI marks: 200",
        "[markers]",
        "commits dated before 2026-07-10 are not judged",
        "history up to 1 commit is not judged",
        "to be reviewed by 2027-01-15",
        "only proposed: it never blocks",
    ):
        assert words in out


FULL = """\
[policy]
ai = "approve"
since = 2026-07-10
review-by = 2027-01-15
status = "proposed"
baseline = ["1111111111111111111111111111111111111111"]
[approval]
by = ["*@example.org"]
[limits]
max-lines = 200
[markers]
message = ["canary-word"]
[[scope]]
paths = ["@tests"]
ai = "allow"
[[exempt]]
tool = "claude-code"
reason = "pilot"
"""
