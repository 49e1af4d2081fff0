"""A policy as TOML that holds in the end, with the origin of each line behind it."""

from collections.abc import Sequence

from byline.policy.effective import EffectiveLine, effective
from byline.policy.schema import Policy
from byline.reporters.escape import escape

_WIDEST = 60


def policy_lines(policy: Policy) -> str:
    """The policy, and the floor below it as a comment; the text as a whole is a policy file again."""
    parts = [_lines(effective(policy))]
    floor = policy.floor
    while floor is not None:
        heading = "\n# The floor, which the policy can only tighten: of both answers the stricter one holds."
        parts += [heading, *(f"# {line}".rstrip() for line in _lines(effective(floor)).split("\n"))]
        floor = floor.floor
    return "\n".join(parts)


def _lines(lines: Sequence[EffectiveLine]) -> str:
    column = min(_WIDEST, max((len(line.text) for line in lines if _origin(line)), default=0))
    shown = []
    for number, line in enumerate(lines):
        if line.text.startswith("[") and number:
            shown.append("")
        origin = _origin(line)
        shown.append(f"{line.text:<{column}}  # {origin}" if origin else line.text)
    return "\n".join(shown)


def _origin(line: EffectiveLine) -> str:
    if line.is_default:
        return "default"
    return f"{escape(line.file)}:{line.line}" if line.file else ""
