from byline.reporters.closing import Closing
from byline.reporters.hook_text import tell_hook
from byline.reporters.interface import Header, PolicyNote
from support.reports import TOOL_NAMES, blocked, finding, noted, undisclosed, unread

JUDGED = Header(PolicyNote("byline.toml", "deny"), TOOL_NAMES)
NO_POLICY = Header(PolicyNote("", "allow"), TOOL_NAMES)
COMMIT = Closing("this commit", advice="your message is kept")


def test_the_last_lines_say_what_becomes_of_the_commit_and_what_to_do(capsys):
    tell_hook([blocked(sha=None)], JUDGED, COMMIT)
    out, err = capsys.readouterr()
    assert out == ""
    assert "BLOCKED  this commit  Add the retry loop" in err
    assert err.endswith(
        "\nbyline: this commit is blocked by the policy in byline.toml\nbyline: your message is kept\n"
        "byline: what a mark means, and what if it is wrong: byline explain claude-code.co-author\n"
    )


def test_a_push_names_the_number_of_commits(capsys):
    tell_hook([blocked(), undisclosed(), blocked()], JUDGED, Closing("this push"))
    assert "byline: this push is blocked by the policy in byline.toml, for 2 commits\n" in capsys.readouterr().err


def test_a_warning_lets_through_and_says_so(capsys):
    assert tell_hook([undisclosed()], JUDGED, COMMIT).exit_code == 0
    assert "byline: this commit goes through, with a warning by the policy in byline.toml\n" in capsys.readouterr().err


def test_a_note_is_one_line(capsys):
    tell_hook([noted(finding())], JUDGED, COMMIT)
    assert capsys.readouterr().err == "byline: noted a mark of Claude Code (message line 3); nothing to do\n"


def test_notes_of_many_commits_are_one_line(capsys):
    tell_hook([noted(), noted(finding()), noted()], JUDGED, Closing("this push"))
    assert capsys.readouterr().err == "byline: noted marks of Cursor (2), Claude Code (1) in 3 commits; nothing to do\n"


def test_a_count_cannot_be_read_as_a_version(capsys):
    tell_hook([noted(finding()), noted(finding())], JUDGED, Closing("this push"))
    assert capsys.readouterr().err == "byline: noted marks of Claude Code in 2 commits; nothing to do\n"


def test_the_closing_line_explains_a_mark_of_a_blocked_commit(capsys):
    tell_hook([undisclosed(), blocked(), blocked(finding(mark="cursor.author"))], JUDGED, Closing("this push"))
    assert capsys.readouterr().err.endswith(": byline explain claude-code.co-author\n")


def test_without_a_policy_the_note_says_so(capsys):
    tell_hook([noted()], NO_POLICY, COMMIT)
    assert "there is no policy file, so nothing is judged" in capsys.readouterr().err


def test_what_could_not_be_checked_is_never_called_fine(capsys):
    assert tell_hook([unread()], JUDGED, COMMIT).exit_code == 3
    err = capsys.readouterr().err
    assert "blob 1234abcd is missing" in err
    assert err.endswith("byline: this commit could not be checked in full\n")


def test_a_long_push_shows_the_first_commits_and_counts_the_rest(capsys):
    tell_hook([blocked()] * 25, JUDGED, Closing("this push"))
    err = capsys.readouterr().err
    assert err.count("BLOCKED") == 10
    assert "... and 15 more commits of this kind" in err
    assert "for 25 commits" in err


def test_text_of_a_path_cannot_reach_the_terminal(capsys):
    tell_hook([noted(finding(path="a\x1b[31m", line=1))], JUDGED, COMMIT)
    assert "\x1b" not in capsys.readouterr().err


def test_a_note_says_what_still_has_to_be_done(capsys):
    report = noted(finding())
    reason = "use of Aider has to be disclosed in the message"
    tell_hook([report._replace(decision=report.decision._replace(reason=reason))], JUDGED, COMMIT)
    assert capsys.readouterr().err == f"byline: noted a mark of Claude Code (message line 3); {reason}\n"
