"""Further ways to write a mark so that a simple search misses it, each with what byline says about the spelling."""

import pytest

from byline.catalogue.load import load_catalogue
from byline.detectors import Detection, prepare
from byline.model import Confidence, Finding, Spelling
from byline.repository.trailers import parse_trailers
from support.examples import commit

PLAIN, MISSPELT, DISGUISED = Spelling.PLAIN, Spelling.MISSPELT, Spelling.DISGUISED
ADDRESS = "noreply@anthropic.com"
NAME = f"Co-authored-by: Claude <{ADDRESS}>"


@pytest.fixture(scope="module")
def detection() -> Detection:
    return prepare(load_catalogue())


def sure(detection: Detection, message: str) -> list[Finding]:
    made = commit(message=message, trailers=parse_trailers(message))
    return [finding for finding in detection.detect(made) if finding.confidence is not Confidence.HINT]


def struck(text: str) -> str:
    """Every character with a stroke through it."""
    return "".join(f"{character}\u0336" for character in text)


def bold(text: str) -> str:
    """The letters as mathematics sets them in bold type."""
    return "".join(
        chr(ord(letter) - ord("a") + 0x1D41A) if letter.isascii() and letter.islower() else letter for letter in text
    )


FORMS = {
    "HTML brackets": (f"Co-authored-by: Claude &lt;{ADDRESS}&gt;", PLAIN),
    "HTML blank": (f"Co-authored-by:&nbsp;Claude <{ADDRESS}>", PLAIN),
    "HTML number": ("Co-authored-by: Claude <noreply&#64;anthropic.com>", DISGUISED),
    "HTML number in hexadecimal": ("Co-authored-by: Claude <nor&#x65;ply@anthropic.com>", DISGUISED),
    "HTML numbers in the key": (f"Co&#45;authored&#45;by: Claude <{ADDRESS}>", DISGUISED),
    "HTML colon": (f"Co-authored-by&#58; Claude <{ADDRESS}>", DISGUISED),
    "control character": ("Co-authored-by: Claude <nore\x07ply@anthropic.com>", DISGUISED),
    "overlay in the address": (f"Co-authored-by: Claude <{struck(ADDRESS)}>", DISGUISED),
    "overlay in the key": (f"{struck('Co-authored-by')}: Claude <{ADDRESS}>", DISGUISED),
    "Hangul filler": ("Co-authored-by: Claude <nore\u3164ply@anthropic.com>", DISGUISED),
    "halfwidth filler": ("Co-authored-by: Claude <nore\uffa0ply@anthropic.com>", DISGUISED),
    "empty Braille cell": ("Co-authored-by: Claude <nore\u2800ply@anthropic.com>", DISGUISED),
    "variation selector": ("Co-authored-by: Claude <nore\U000e0100ply@anthropic.com>", DISGUISED),
    "tag character": ("Co-authored-by: Claude <nore\U000e0078ply@anthropic.com>", DISGUISED),
    "word joiner in the key": (f"Co-auth\u2060ored-by: Claude <{ADDRESS}>", DISGUISED),
    "direction in the key": (f"\u202eCo-authored-by: Claude <{ADDRESS}>", DISGUISED),
    "Cherokee": (f"Co-authored-by: Claude <{ADDRESS.replace('c', 'ꮯ')}>", DISGUISED),
    "Lisu": (f"Co-authored-by: Claude <{ADDRESS.replace('p', 'ꓑ')}>", DISGUISED),
    "mathematical": (f"Co-authored-by: Claude <{bold(ADDRESS)}>", DISGUISED),
    "small capitals": ("Co-authored-by: Claude <ɴᴏʀᴇᴘʟʏ@ᴀɴᴛʜʀᴏᴘɪᴄ.com>", PLAIN),
    "ideographic full stop": ("Co-authored-by: Claude <noreply@anthropic。com>", PLAIN),
    "soft hyphen": ("Co-authored-by: Claude <nore\u00adply@anthropic.com>", PLAIN),
    "emoji selector": ("Co-authored-by: Claude <noreply\ufe0f@anthropic.com>", PLAIN),
    "no-break space before the colon": (f"Co-authored-by\u00a0: Claude <{ADDRESS}>", PLAIN),
    "ideographic blank": (f"Co-authored-by:\u3000Claude <{ADDRESS}>", PLAIN),
    "blank before the colon": (f"Co-authored-by : Claude <{ADDRESS}>", PLAIN),
    "two colons": (f"Co-authored-by:: Claude <{ADDRESS}>", PLAIN),
    "fullwidth colon": (f"Co-authored-by： Claude <{ADDRESS}>", PLAIN),
    "arrow": (f"Co-authored-by -> Claude <{ADDRESS}>", PLAIN),
    "table": (f"| Co-authored-by | Claude <{ADDRESS}> |", PLAIN),
    "underscores": (f"Co_authored_by: Claude <{ADDRESS}>", MISSPELT),
    "one word": (f"CoAuthoredBy: Claude <{ADDRESS}>", MISSPELT),
    "a nought": (f"C0-authored-by: Claude <{ADDRESS}>", MISSPELT),
    "bullet": (f"* {NAME}", PLAIN),
    "number": (f"1. {NAME}", PLAIN),
    "ticked box": (f"- [x] {NAME}", PLAIN),
    "heading": (f"# {NAME}", PLAIN),
    "code comment": (f"// {NAME}", PLAIN),
    "emoji": (f"🤖 {NAME}", PLAIN),
    "round brackets": (f"({NAME})", PLAIN),
    "square brackets": (f"[{NAME}]", PLAIN),
    "small type": (f"<sub>{NAME}</sub>", PLAIN),
    "comma before": (f", {NAME}", PLAIN),
    "comma after": (f"{NAME},", PLAIN),
    "remark after": (f"{NAME} (helped a bit)", PLAIN),
    "address in round brackets": (f"Co-authored-by: Claude ({ADDRESS})", PLAIN),
    "address in square brackets": (f"Co-authored-by: Claude [{ADDRESS}]", PLAIN),
    "address to click on": (f"Co-authored-by: [Claude](mailto:{ADDRESS})", PLAIN),
    "full stop in the address": (f"Co-authored-by: Claude <{ADDRESS}.>", PLAIN),
    "first of a list": (f"Co-authored-by: Claude <{ADDRESS}>, Ada <ada@example.com>", PLAIN),
    "last of a list": (f"Co-authored-by: Ada <ada@example.com> and Claude <{ADDRESS}>", PLAIN),
    "emoji before the value": ("Assisted-by: 🤖 Claude Code", PLAIN),
}


@pytest.mark.parametrize(("line", "spelling"), FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("rest", ["", "\n\nIt was wrong.\n"], ids=["at the end", "in the middle"])
def test_is_found_and_its_spelling_told(detection: Detection, line: str, spelling: Spelling, rest: str) -> None:
    findings = sure(detection, f"fixup! Fix the parser\n\n{line}{rest}")
    if rest and line.startswith("Assisted-by"):
        return  # a mere declaration in the middle of a message is a hint
    assert {(finding.tool, finding.spelling) for finding in findings} == {("claude-code", spelling)}


@pytest.mark.parametrize(
    "footer",
    [
        ":robot: Generated with [Claude Code](https://claude.com/claude-code)",
        "&#x1F916; Generated with [Claude Code](https://claude.com/claude-code)",
        "Generated with [Claude Code][1]",
        "Generated with \\[Claude Code\\](https://claude.com/claude-code)",
        '<sub>🤖 Generated with <a href="https://claude.ai/code">Claude Code</a></sub>',
        '<a href="https://claude.com/claude-code">Generated with Claude Code</a>',
        "<https://claude.ai/code/session_01EWxSA8Tdwvd2jJrMGsvVJU>",
        "[session](https://www.claude.ai/code/session_01EWxSA8Tdwvd2jJrMGsvVJU?from=mail)",
    ],
)
def test_footer_is_found(detection: Detection, footer: str) -> None:
    assert {finding.tool for finding in sure(detection, f"Fix the parser\n\n{footer}\n")} == {"claude-code"}


@pytest.mark.parametrize(
    "message",
    [
        f'Explain trailers\n\n"{NAME}"\n\nis what the tool writes.\n',
        f"Explain trailers\n\n`{NAME}`\n\nis what the tool writes.\n",
        f"Explain trailers\n\n    {NAME}\n\nis what the tool writes.\n",
        f"Explain trailers\n\n> {NAME}\n\nis what the tool writes.\n",
        f"Explain trailers\n\nThe hook drops Co-authored-by lines (such as Claude's <{ADDRESS}>) from now on.\n",
        "Escape &lt;b&gt; and &#64; in names\n\nSigned-off-by: Ada &lt;ada@example.com&gt;\n",
        "Merge lists\n\nCo-authored-by: Claude Roe <claude@example.com>, Ada <ada@example.com>\n",
        "Rename it\n\nold -> new\nclaude.code -> claude_code\n",
        "Tidy the table\n\n| Claude Code | yes |\n| by | Ada <ada@example.com> |\n",
        "- [ ] Co-authored-by is set\n\n- [ ] Generated with Claude Code\n",
    ],
)
def test_what_only_talks_of_it_is_left_alone(detection: Detection, message: str) -> None:
    assert sure(detection, message) == []
