"""Marks that were written so as not to be recognised are recognised, and it is said; ordinary typing is no disguise."""

import pytest

from byline.catalogue.load import load_catalogue
from byline.detectors import Detection, prepare
from byline.model import Confidence, Finding, Spelling
from byline.repository.trailers import parse_trailers
from support.examples import commit, identity

NAME = "Co-authored-by: Claude <noreply@anthropic.com>"
PLAIN, MISSPELT, DISGUISED = Spelling.PLAIN, Spelling.MISSPELT, Spelling.DISGUISED


@pytest.fixture(scope="module")
def detection() -> Detection:
    return prepare(load_catalogue())


def sure(detection: Detection, message: str) -> list[Finding]:
    """What is found in a message that reads so, and what is left of it after a first look at the raw bytes."""
    made = commit(message=message, trailers=parse_trailers(message))
    found = [finding for finding in detection.detect(made) if finding.confidence is not Confidence.HINT]
    if found:
        assert detection.search.commits([message.encode("utf-8", "surrogateescape")])
    return found


AT_THE_END = [
    (NAME, PLAIN),
    ("CO-AUTHORED-BY: CLAUDE <NOREPLY@ANTHROPIC.COM>", PLAIN),
    ("Co-authored-by:Claude<noreply@anthropic.com>", PLAIN),
    ("Co-authored-by \t:   Claude\t <noreply@anthropic.com>", PLAIN),
    ("Co-authored-by: Claude\n  <noreply@anthropic.com>", PLAIN),
    ("Co-authored-by:\n Claude\n <noreply@anthropic.com>", PLAIN),
    ("Co-authored-by: My good friend <noreply@anthropic.com>", PLAIN),
    ('Co-authored-by: "Ada Example" <noreply@anthropic.com>', PLAIN),
    ("Co-authored-by: Ada <ada@example.com> <noreply@anthropic.com>", PLAIN),
    ("Co-authored-by: Claude <noreply@anthropic.com> <>", PLAIN),
    ("Co-authored-by: Claude noreply@anthropic.com", PLAIN),
    ("Co-authored-by: Claude <noreply+pair@anthropic.com>", PLAIN),
    ("Co-authored-by: x <00175728472+someone@users.noreply.github.com>", PLAIN),
    ("Co-author-by: Claude <noreply@anthropic.com>", MISSPELT),
    ("Coauthored-by: Claude <noreply@anthropic.com>", MISSPELT),
    ("Co-Authord-By: Claude <noreply@anthropic.com>", MISSPELT),
    ("Co-authored-bye: Claude <noreply@anthropic.com>", MISSPELT),
    ("Cо-authored-by: Claude <noreply@anthropic.com>", DISGUISED),  # Cyrillic о
    ("Со-authored-by: Claude <noreply@anthropic.com>", DISGUISED),  # Cyrillic Со
    ("Co-authored-by: Claude <noreply@аnthropic.com>", DISGUISED),  # Cyrillic а
    ("Co-authored-by: Claude <noreply@anthropiϲ.com>", DISGUISED),  # Greek ϲ
    ("Co-authored-by: Claude <noreply@ɑnthropic.com>", PLAIN),  # Latin ɑ is a letter that Latin texts have
    ("Co-authored-by: Clаude <noreply@anthropic.com>", DISGUISED),  # Cyrillic а in the name alone
    ("Co-auth\u200bored-by: Claude <noreply@anthropic.com>", DISGUISED),
    ("Co-authored-by: Claude <nore\u2060ply@anthropic.com>", DISGUISED),
    ("Co-authored-by: Claude <noreply@anth\u202eropic.com>", DISGUISED),
    ("Co-authored-by: Claude <noreply@ａnthropic.com>", DISGUISED),  # one fullwidth letter
    ("Co-authored-by: 𝐂𝐥𝐚𝐮𝐝𝐞 <noreply@anthropic.com>", DISGUISED),
    ("Co‑authored‑by： Claude ＜noreply＠anthropic.com＞", PLAIN),  # an input method types these
    ("Co-authored-by: Claude 👨‍💻 <noreply@anthropic.com>", PLAIN),
    ("Co-authored-by: Işık Yıldız <noreply@anthropic.com>", PLAIN),
    ("Co-authored-by: Иван Петров <noreply@anthropic.com>", PLAIN),
    ("Co-authored-by: Οδυσσέας <noreply@anthropic.com>", PLAIN),
    ("Co-authored-by: \x1b[1mClaude\x1b[0m <noreply@anthropic.com>", PLAIN),
]


@pytest.mark.parametrize(("trailer", "spelling"), AT_THE_END)
def test_at_the_end_of_a_message(detection: Detection, trailer: str, spelling: Spelling) -> None:
    findings = sure(detection, f"Fix the parser\n\nIt was wrong.\n\n{trailer}\n")
    assert {finding.tool for finding in findings} <= {"claude-code", "github-copilot"}
    assert spelling in {finding.spelling for finding in findings}
    assert {finding.spelling for finding in findings} <= {spelling, Spelling.PLAIN}


ELSEWHERE = [
    f"Fix the parser\n\n{NAME}\n\nIt was wrong.\n",
    f"Fix the parser\n\nIt was wrong.\n{NAME}\nAnd slow.\n",
    f"{NAME}\n",
    f"Fix the parser\n{NAME}\n",
    f"Merge it all (#12)\n\n* Fix the parser\n\n  {NAME}\n\n* Make it fast\n\nSigned-off-by: Ada <ada@example.com>\n",
    f"Fix the parser\n\n---\n{NAME}\n\n parser.c | 2 +-\n",
    f"Fix the parser\n\n# ------------------------ >8 ------------------------\n{NAME}\n\nMore.\n",
    "Fix the parser\n\nCo-authored-by:\nClaude <noreply@anthropic.com>\n\nMore.\n",
    "Fix the parser\n\nCo-authored-by: Claude\n<noreply@anthropic.com>\n\nMore.\n",
    "Fix the parser\n\nCo-authored-by Claude <noreply@anthropic.com>\n\nMore.\n",
    "Fix the parser\n\nCo-authored-by = Claude <noreply@anthropic.com>\n\nMore.\n",
    "Fix the parser\n\n**Co-authored-by:** Claude <noreply@anthropic.com>\n\nMore.\n",
    f"Fix the parser\n\n<!-- {NAME} -->\n\nMore.\n",
    f"Fix the parser\\n\\n{NAME}\n",
    f"Fix the parser\n\n- {NAME}\n",
    f"Fix the parser\n\n│ {NAME}\n",
    "Fix the parser\n\n🤖 Generated with [Clаude Code](https://claude.com/claude-code)\n",
    "Fix the parser\n\nGenerated by ClaudeCode\n",
    "Fix the parser\n\nAI-Tools: Some Helper 2, Claude Code\n",
]


@pytest.mark.parametrize("message", ELSEWHERE)
def test_where_git_does_not_take_it_for_a_trailer(detection: Detection, message: str) -> None:
    assert {finding.tool for finding in sure(detection, message)} == {"claude-code"}


@pytest.mark.parametrize(
    ("person", "spelling"),
    [
        ("Claude <NoReply@Anthropic.com>", PLAIN),
        ("Somebody <noreply@anthropic.com>", PLAIN),
        ("Claude <noreply+agent@anthropic.com>", PLAIN),
        ("Claude <noreply@anthrорic.com>", DISGUISED),  # Cyrillic ор
        ("Cl\u200daude <noreply@anthropic.com>", DISGUISED),
    ],
)
def test_in_an_identity(detection: Detection, person: str, spelling: Spelling) -> None:
    assert detection.search.commits([f"author {person} 1700000000 +0000\n".encode()])
    findings = detection.detect(commit(author=identity(person)))
    assert {(finding.tool, finding.spelling) for finding in findings} == {("claude-code", spelling)}


@pytest.mark.parametrize(
    "message",
    [
        "Fix the parser\n\nCo-authored-by: Claude <noreply@anthropic.com.example.org>\n",
        "Fix the parser\n\nCo-authored-by: Claude <claude+noreply@example.com>\n",
        "Fix the parser\n\nCo-authored-by = the trailer that we ask for, for instance of claude code\n\nMore.\n",
        "Fix the parser\n\nWritten by Ada <ada@example.com>\n\nMore.\n",
        "Fix the parser\n\nAssisted-by: Ada, and then Claude Code was removed\n\nMore.\n",
        "Fix the parser\n\nAssisted-by: Ada (not Cursor, Claude Code or the like)\n",
        "Починить\n\nСоавтор: Роман Сосов <roman@example.ru>\n",
        "Co-authored-by: Сара Роса <sara@example.ru>\n",
    ],
)
def test_what_only_looks_alike_is_left_alone(detection: Detection, message: str) -> None:
    assert sure(detection, message) == []
