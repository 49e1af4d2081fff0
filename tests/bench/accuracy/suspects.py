"""Commits that name a tool, or talk like one, and on which byline finds nothing sure: the place to look for misses.

The words are rough on purpose and no part of byline's own rules, so most suspects are innocent.
"""

import re
from collections import Counter

from repositories import Named, git, scan

_WORDS = re.compile(
    r"(?i)claude|anthropic|copilot|codex|openai|chatgpt|gpt-?[345]|cursoragent|cursor\.(?:com|sh)|gemini|aider|devin\b|"
    r"windsurf|codeium|\bcline\b|roo ?code|kilo ?code|amp(?:code)?\.com|sourcegraph|opencode|\bcrush\b|\bgoose\b|"
    r"openhands|opendevin|swe-agent|augment|factory-droid|\bwarp\b|\bzed\b|junie|\bkiro\b|codewhisperer|amazon ?q\b|"
    r"replit|lovable|\bv0\b|bolt\.new|qwen|qoder|lingma|\btrae\b|codebuddy|gitlab duo|mistral|devstral|kimi|"
    r"moonshot|grok|hermes|openclaw|clawd|letta|codebuff|gptme|sketch\.dev|claude-flow|ruflo|sisyphus|"
    r"vibe-kanban|codegen|ellipsis|coderabbit|greptile|cubic|sourcery|qodo|codeflash|sweep|gitpod|\bona\b|plandex|"
    r"rovo|\bcody\b|tabnine|blackbox|tessl|nightshift|strands|entire-|git-ai|agent-trace|assisted-by|generated-by|"
    r"generated with|co-authored-by:[^\n]*(?:\bai\b|agent|bot\b)|\U0001f916"
)
_SHOWN = 300


def suspects(repositories: list[Named], before: str, jobs: int) -> int:
    """Print, for each repository, the suspects with the line that made them so; and how often each word did."""
    for repository in repositories:
        rough = _named_in(repository, before)
        sure = {
            commit["sha"]
            for commit in scan(repository.path, rough, jobs)
            if any(finding["confidence"] != "hint" for finding in commit["findings"])
        }
        left = {sha: found for sha, found in rough.items() if sha not in sure}
        words = Counter(word.lower() for word, _ in left.values())
        print(f"\n{repository.name}: {len(rough):,} name a tool, {len(left):,} of them without a sure mark")
        print("  " + ", ".join(f"{word} {count}" for word, count in words.most_common(20)))
        for sha, (_, line) in list(left.items())[:_SHOWN]:
            print(f"  {sha[:12]} {line[:160]!r}", flush=True)
    return 0


def _named_in(repository: Named, before: str) -> dict[str, tuple[str, str]]:
    """Commits since the date by id, with the word and the line that hold it."""
    form = "%H%n%an <%ae>%n%cn <%ce>%n%B%x00"
    found = {}
    for entry in git(repository.path, "log", "--all", f"--since={before}", f"--format={form}").split("\0"):
        sha, _, text = entry.strip().partition("\n")
        hit = _WORDS.search(text)
        if hit is not None:
            start = text.rfind("\n", 0, hit.start()) + 1
            found[sha] = hit[0], text[start:].partition("\n")[0]
    return found
