"""Random message files: everything that people, tools and git put into one, in any order."""

from random import Random

TITLES = ("Fix the parser", "fixup! Fix the parser", 'Revert "Add x"', "Merge branch 'side'", "Key: value", "Grüße", "")
PROSE = (
    "It could not read years before 1970.",
    "Assisted-by: is a trailer that we now explain",
    "- a list item",
    "> Co-Authored-By: Claude <noreply@anthropic.com>",
    "    Assisted-by: Claude-Code",
    "Fixes #12",
    "Conflicts:",
    "\tsrc/main.c",
    "---",
    "caf\udce9 \x1b[1mbold",
    "```",
)
TRAILERS = (
    "Signed-off-by: Ada Example <ada@example.com>",
    "Reviewed-by: Bob <bob@example.org>",
    "Change-Id: I0123456789",
    "Link: https://example.org/1\n  goes on here",
    "(cherry picked from commit 0123456789012345678901234567890123456789)",
    "Acked-By : Eve <eve@example.com>",
)
STAMPS = (
    "Co-Authored-By: Claude <noreply@anthropic.com>",
    "Co-authored-by: Claude Opus 4.6 (1M context) <noreply@anthropic.com>",
    "Co-authored-by: aider (gpt-4o) <aider@aider.chat>",
    "Co-authored-by: Ada Example <ada@example.com>",
    "Generated-by: a script",
    "🤖 Generated with [Claude Code](https://claude.com/claude-code)",
)
DISCLOSURES = ("Assisted-by: Claude-Code", "assisted-by: aider", "Asisted-by: Claude-Code", "Assisted by: Claude-Code")
COMMENTS = ("# Please enter the commit message", "# On branch main", "#", "# Assisted-by: Claude-Code")
SCISSORS = (
    "# ------------------------ >8 ------------------------\n"
    "diff --git a/x b/x\n+Co-Authored-By: Claude <noreply@anthropic.com>"
)
KINDS = (PROSE, TRAILERS, STAMPS, DISCLOSURES, COMMENTS)


def random_message(random: Random) -> str:
    """A message file."""
    paragraphs = [random.choice(TITLES)]
    for _ in range(random.randrange(5)):
        kinds = random.choices(
            (PROSE, TRAILERS, STAMPS, DISCLOSURES, COMMENTS), (4, 4, 3, 2, 1), k=random.randint(1, 4)
        )
        if random.random() < 0.5:
            kinds = [kinds[0]] * len(kinds)
        paragraphs.append("\n".join(random.choice(kind) for kind in kinds))
    text = random.choice(("\n\n", "\n\n", "\n\n\n", "\n \n")).join(paragraphs)
    text += random.choice(("", "\n", "\n\n", "\n\n" + "\n".join(COMMENTS) + "\n"))
    if random.random() < 0.1:
        text += "\n" + SCISSORS + "\n"
    return text.replace("\n", "\r\n") if random.random() < 0.1 else text
