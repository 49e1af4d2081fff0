import pytest

TEMPLATE = "\n# Please enter the commit message for your changes.\n# On branch main\n"
COMMENT = (
    "# byline: if an AI tool had a part in this change, say so with a trailer:\n#     Assisted-by: <tool>:<model>\n"
)


@pytest.fixture
def prepared(judged, byline, monkeypatch):
    """Run the stage on a message file and give back what it holds afterwards."""
    monkeypatch.setenv("GIT_EDITOR", "vi")

    def run(text: str = TEMPLATE, *arguments: str) -> str:
        path = judged.write(".git/COMMIT_EDITMSG", text)
        code, out, _ = byline("hook", "prepare-commit-msg", str(path), *arguments)
        assert (code, out) == (0, "")
        return path.read_bytes().decode("utf-8", "surrogateescape")

    return run


def test_the_editor_shows_what_the_policy_asks_for(prepared):
    text = prepared()
    assert COMMENT in text
    assert "# The policy: https://example.org/ai\n#\n# Please enter" in text


def test_what_git_makes_of_the_message_is_unchanged(judged, prepared):
    text = prepared("Subject\n\nBody\n" + TEMPLATE)
    assert judged.git("stripspace", "--strip-comments", feed=text.encode()) == "Subject\n\nBody"


def test_twice_is_once(prepared):
    assert prepared(prepared()) == prepared()


@pytest.mark.parametrize(
    ("text", "arguments"),
    [
        pytest.param("Merge branch 'x'\n" + TEMPLATE, ("merge",), id="merge"),
        pytest.param("Subject\n\nassisted-by: aider:gpt-4o\n" + TEMPLATE, ("commit", "HEAD"), id="already disclosed"),
        pytest.param("Subject\n", ("message",), id="no comment of git's"),
    ],
)
def test_where_there_is_nothing_to_say_the_file_stays(prepared, text, arguments):
    assert prepared(text, *arguments) == text


def test_without_an_editor_the_file_stays(prepared, monkeypatch):
    monkeypatch.setenv("GIT_EDITOR", ":")
    assert prepared() == TEMPLATE


@pytest.mark.parametrize("mode", ["whitespace", "verbatim"])
def test_where_git_keeps_comments_the_file_stays(judged, prepared, mode):
    judged.git("config", "commit.cleanup", mode)
    assert prepared() == TEMPLATE


def test_another_comment_character(judged, prepared):
    judged.git("config", "core.commentChar", ";")
    text = prepared(TEMPLATE.replace("#", ";"))
    assert "; byline: if an AI tool" in text
    assert "# byline" not in text


def test_bytes_that_are_not_utf_8_and_line_ends_stay(prepared):
    text = "caf\udce9\r\n" + TEMPLATE
    assert prepared(text).startswith("caf\udce9\r\n")


def test_a_policy_that_asks_for_nothing_says_nothing(judged, prepared):
    judged.write("byline.toml", '[policy]\nai = "deny"\n')
    assert prepared() == TEMPLATE


def test_a_broken_policy_never_stops_here(judged, prepared):
    judged.write("byline.toml", "[policy\n")
    assert prepared() == TEMPLATE


def test_text_of_the_policy_cannot_leave_the_comment(judged, prepared):
    judged.write(
        "byline.toml", '[policy]\nurl = "https://example.org/\\u001b[2J"\n[trailers]\ndisclose = { A = "{text}" }\n'
    )
    text = prepared()
    assert all(not line or line.startswith("#") for line in text.split("\n"))
    assert "\x1b" not in text
