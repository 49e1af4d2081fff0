"""Words for people: names of tools, lists, articles, and texts from commits cut to a length that can be read."""

from collections.abc import Sequence

from byline.policy.rulings import Ruling
from byline.policy.schema import Policy

_LONGEST = 160


def tool_name(policy: Policy, tool_id: str) -> str:
    """What people call the tool; its id if the catalogue does not know it."""
    tool = policy.catalogue.tool(tool_id)
    return tool.name if tool is not None else tool_id or "an AI tool"


def listed(words: Sequence[str], last: str = "and") -> str:
    """`a, b and c`."""
    return f"{', '.join(words[:-1])} {last} {words[-1]}" if len(words) > 1 else "".join(words)


def with_article(word: str) -> str:
    """`an Assisted-by`, `a Generated-by`."""
    return f"{'an' if word[:1].lower() in 'aeiou' else 'a'} {word}"


def capitalised(sentence: str) -> str:
    """The sentence with a capital at its start."""
    return sentence[:1].upper() + sentence[1:]


def cut(text: str) -> str:
    """Text of a commit, not longer than a line or two."""
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def expiry(ruling: Ruling) -> str:
    """What to add to a reason when an exemption would have covered the finding and has ended."""
    exemption = ruling.expired
    if exemption is None:
        return ""
    by = f" by {exemption.by}" if exemption.by else ""
    return f"; exemption {exemption.name}{by} ended with {exemption.last_day}"
