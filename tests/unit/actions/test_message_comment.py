from byline.actions.message_comment import with_comment

LINES = ["byline: say so", "    Assisted-by: <tool>"]
SCISSORS = "# ------------------------ >8 ------------------------\n"


def test_the_comment_stands_above_git_s_own():
    text = "\n# Please enter the commit message\n# On branch main\n"
    assert with_comment(text, "#", LINES) == (
        "\n# byline: say so\n#     Assisted-by: <tool>\n#\n# Please enter the commit message\n# On branch main\n"
    )


def test_the_message_is_not_touched():
    text = "Subject\n\nBody; no # comment\n\n; Please enter\n"
    changed = with_comment(text, ";", LINES)
    assert changed.startswith("Subject\n\nBody; no # comment\n\n; byline: say so\n")
    assert changed.endswith(";\n; Please enter\n")


def test_where_the_scissors_come_first_the_comment_goes_below_them():
    text = f"Subject\n{SCISSORS}# Do not modify\ndiff --git a/x b/x\n"
    changed = with_comment(text, "#", LINES)
    assert changed.startswith(f"Subject\n{SCISSORS}# byline: say so\n")


def test_with_git_s_comment_first_it_goes_above_that_and_not_into_the_diff():
    text = f"\n# Please enter\n{SCISSORS}diff --git a/x b/x\n"
    assert with_comment(text, "#", LINES).startswith("\n# byline: say so\n")


def test_without_a_comment_of_git_s_nothing_proves_that_comments_are_dropped():
    assert with_comment("Subject\n\nBody\n", "#", LINES) == "Subject\n\nBody\n"
