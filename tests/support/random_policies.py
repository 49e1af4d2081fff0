"""Random policies, commits and findings that have something to do with each other, as hypothesis strategies."""

from hypothesis import strategies as st

from byline.model import Confidence, Place, Shows
from support.policies import commit, finding

VERDICTS = ["allow", "disclose", "approve", "deny"]
PATHS = ["src/a.c", "docs/a.md", "tests/a.py", "b"]
TOOLS = ["claude-code", "codex", "github-copilot", "mystery"]
TRAILERS = [
    "Assisted-by: Codex",
    "Assisted-by: claude:opus",
    "Generated-by: x",
    "Signed-off-by: Ada <ada@x.org>",
    "Co-authored-by: Claude <noreply@anthropic.com>",
    "AI-approved-by: Eve <eve@core.org>",
]
words = st.sampled_from(VERDICTS)


@st.composite
def layers(draw: st.DrawFn) -> str:
    lines = []
    if draw(st.booleans()):
        lines.append(f'ai = "{draw(words)}"')
    for table, names in (
        ("tools", TOOLS[:3]),
        ("vendors", ["anthropic", "openai"]),
        ("modes", ["agent", "completion"]),
    ):
        chosen = draw(st.lists(st.sampled_from(names), unique=True, max_size=2))
        if chosen:
            lines.append(f"{table} = {{ {', '.join(f'{name} = {chr(34)}{draw(words)}{chr(34)}' for name in chosen)} }}")
    return "\n".join(lines)


@st.composite
def policies(draw: st.DrawFn, *, level: bool = True) -> str:
    base = draw(layers())
    ai = [line for line in base.split("\n") if line.startswith("ai")]
    rest = [line for line in base.split("\n") if line and not line.startswith("ai")]
    text = [*rest, "[policy]", *ai]
    if draw(st.booleans()):
        text.append('status = "proposed"')
    text.append("[trailers]")
    if draw(st.booleans()):
        text.append('disclose = { Assisted-by = "{tool}[:{model}]" }')
    for verb, keys in (
        ("forbid", ["Generated-by"]),
        ("human-only", ["Co-authored-by", "author"]),
        ("require", ["DCO"]),
    ):
        if draw(st.booleans()):
            text.append(f"{verb} = {keys}")
    if level:
        text.append(f"[enforce]\ndefault = '{draw(st.sampled_from(['off', 'note', 'warn', 'block']))}'")
    for where in draw(
        st.lists(st.sampled_from(["paths = '@docs'", "paths = 'src/**'", "branches = 'main'"]), max_size=3)
    ):
        text += ["[[scope]]", where, draw(layers()) or 'ai = "deny"']
    if draw(st.booleans()):
        text += ["[[exempt]]", "paths = 'tests/**'", "reason = 'why'"]
    return "\n".join(text)


findings = st.builds(
    finding,
    st.sampled_from(TOOLS),
    path=st.none() | st.sampled_from(PATHS),
    mode=st.sampled_from(["", "completion", "unattended"]),
    role=st.none() | st.sampled_from(["author", "Signed-off-by", "Co-authored-by"]),
    line=st.none() | st.integers(3, 6),
    shows=st.sampled_from(Shows),
    confidence=st.sampled_from(Confidence),
)
commits = st.builds(
    lambda trailers, paths, message, branch, unread: commit(
        *trailers, paths=paths, message=message, branch=branch, unread=unread
    ),
    st.lists(st.sampled_from(TRAILERS), max_size=3),
    st.lists(st.sampled_from(PATHS), unique=True, max_size=3),
    st.sampled_from([None, "Change it", ""]),
    st.sampled_from([None, "main", "topic"]),
    st.sampled_from([(), ("big.bin",)]),
)
places = st.sampled_from(Place)
