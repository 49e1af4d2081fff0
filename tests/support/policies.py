"""What tests of policies are made of: a small catalogue, commits, findings, and policies written as TOML."""

import textwrap
from collections.abc import Mapping, Sequence

from byline.catalogue.schema import Mark, PathMatch, Tool
from byline.model import (
    Commit,
    Confidence,
    Decision,
    FileChange,
    Finding,
    Hosting,
    Identity,
    Mode,
    Place,
    Shows,
    Surface,
    Trailer,
)
from byline.policy.decide import decide
from byline.policy.load import Read, parse_policy
from byline.policy.schema import Policy

CLAUDE_ADDRESS = "noreply@anthropic.com"


class SmallCatalogue:
    """A few tools, and for every tool and mode a mark `TOOL.MODE` that shows this mode."""

    def __init__(self, *tools: Tool) -> None:
        self.tools: Mapping[str, Tool] = {tool.id: tool for tool in tools}
        self.tool_names: Mapping[str, str] = {tool.id: tool.name for tool in tools}
        self._names = {name: tool for tool in tools for name in (tool.id, *tool.aliases)}

    def tool(self, name: str) -> Tool | None:
        return self._names.get(name.lower())

    def mark(self, mark_id: str) -> Mark | None:
        tool, _, mode = mark_id.partition(".")
        if mode not in tuple(Mode):
            return None
        surface, sure, shows = Surface.LINE, Confidence.CERTAIN, Shows.GENERATED
        return Mark(mark_id, tool, surface, sure, shows, PathMatch(()), Mode(mode), "", "", "", (), (), ())


def tool(tool_id: str, name: str, vendor: str, modes: str = "agent unattended", hosting: str = "cloud") -> Tool:
    """A tool with one alias, the first word of its id."""
    chosen = frozenset(Mode(mode) for mode in modes.split())
    aliases = (tool_id.partition("-")[0],) if "-" in tool_id else ()
    return Tool(tool_id, name, vendor, Hosting(hosting), chosen, "", aliases, ())


CATALOGUE = SmallCatalogue(
    tool("claude-code", "Claude Code", "anthropic", "agent unattended review"),
    tool("github-copilot", "GitHub Copilot", "github", "completion chat agent unattended"),
    tool("codex", "Codex", "openai"),
    tool("qoder", "Qoder", "alibaba"),
    tool("kiro", "Kiro", "amazon"),
    tool("gemini-cli", "Gemini CLI", "google"),
    tool("visual-assist", "Visual Assist", "microsoft", "completion"),
    tool("acme-coder", "acme-coder", "acme", "chat", "internal"),
    tool("unnamed-ai", "AI that is not named", "unknown", "chat"),
    tool("tenant-bot", "Tenant Bot", "acme", "chat", "private-tenant"),
)


def policy(text: str, *, file: str = "byline.toml", read: Read | None = None) -> Policy:
    """The policy that a TOML text says; an indented text is brought to the margin."""
    return parse_policy(textwrap.dedent(text).encode(), file, CATALOGUE, read=read)


def finding(
    tool_id: str = "claude-code",
    *,
    path: str | None = None,
    mode: str = "",
    role: str | None = None,
    line: int | None = None,
    shows: Shows = Shows.GENERATED,
    confidence: Confidence = Confidence.CERTAIN,
    text: str = "a mark",
) -> Finding:
    """A mark of a tool: in a trailer if it has a role, in a file if it has a path, else in the message."""
    surface = Surface.PATH if path else Surface.TRAILER if role else Surface.MESSAGE
    return Finding(f"{tool_id}.{mode or 'seen'}", tool_id, surface, shows, confidence, text, path, line, role)


def commit(
    *trailers: str,
    paths: Sequence[str] = ("src/main.c",),
    message: str | None = "Change something",
    author: str = "Ada <ada@x.org>",
    date: int | None = None,
    **more: object,
) -> Commit:
    """A commit by Ada with these trailers."""
    name, _, rest = author.partition(" <")
    who = Identity(name, rest.rstrip(">"), date)
    parsed = []
    for line, trailer in enumerate(trailers, 3):
        key, _, value = trailer.partition(":")
        parsed.append(Trailer(key, value.strip(), line))
    text = None if message is None else "\n".join([message, "", *trailers, ""])
    changes = tuple(FileChange(path, "M") for path in paths)
    plain = Commit("a" * 40, ("b" * 40,), who, who, text, tuple(parsed), changes)
    return plain._replace(**more)  # type: ignore[arg-type]


def claude_in_trailers(of: Commit) -> list[Finding]:
    """Findings for every trailer with the address that Claude Code signs with."""
    return [
        finding(role=trailer.key, line=trailer.line, text=str(trailer))
        for trailer in of.trailers
        if CLAUDE_ADDRESS in trailer.value
    ]


def judge(rules: Policy, of: Commit, *findings: Finding, place: Place = Place.PUSH, now: int | None = None) -> Decision:
    """The decision on a commit with these findings, and those that its trailers give."""
    return decide(of, [*findings, *claude_in_trailers(of)], rules, place, now=now)


def seconds(year: int, month: int, day: int) -> int:
    """Noon (UTC) of a day, in seconds since 1970."""
    from datetime import UTC, datetime

    return int(datetime(year, month, day, 12, tzinfo=UTC).timestamp())
