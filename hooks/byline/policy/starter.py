"""The text of a first policy, with comments that say what to change."""

from collections.abc import Sequence
from typing import NamedTuple

from byline.policy.effective import toml

STANCES = {
    "disclose": "AI may be used, and the commit says so",
    "deny": "AI may not be used",
    "approve": "AI may be used when a maintainer approves",
    "allow": "AI may be used; marks are only noted",
}
"""Default verdict to what it means, the usual one first."""

_HEAD = "# What holds for AI in this repository. Checked by byline: `byline policy check` says it in words.\n\n"
_TOOLS = """
# Verdicts for single tools go before the default; `byline tools` lists their names.
# [tools]
# claude-code = "deny"
"""
_DISCLOSE = """
[trailers]
disclose   = { Assisted-by = "{text}" }    # for example   Assisted-by: Claude Code
human-only = ["Signed-off-by"]             # no tool may stand here
"""
_APPROVAL = """
[approval]
# by = ["*@example.org"]                   # who may approve; left out: anybody but the author
trailer = "AI-approved-by"
"""
_SCOPE = """
# Other rules for some files or commits; the last scope that matches wins.
# [[scope]]
# paths = ["@docs", "@tests"]
# ai    = "allow"
"""
_EXAMPLE = """
# `byline policy test` runs these.
[[example]]
name   = "use that nobody {}"
tools  = ["claude-code"]
expect = "blocked"
"""
_LACKING = {"disclose": "disclosed", "approve": "approved", "deny": "is allowed"}


class Starter(NamedTuple):
    """What a first policy says. `preset` is a name with date, or empty; `baseline` holds full ids of commits."""

    stance: str = "disclose"
    preset: str = ""
    baseline: Sequence[str] = ()
    warn_only: bool = False


def starter_policy(starter: Starter) -> str:
    """TOML with comments."""
    if starter.preset:
        parts = [_HEAD, f"extends = [{toml(starter.preset)}]   # shown by: byline policy presets {starter.preset}\n"]
        parts += ["\n[policy]\n" + _baseline(starter)] if starter.baseline else []
    else:
        words = f"# {STANCES[starter.stance]}"
        parts = [_HEAD, f'[policy]\nai = "{starter.stance}"   {words}\n', _baseline(starter), _TOOLS]
        parts += [_DISCLOSE] if starter.stance in ("disclose", "approve") else []
        parts += [_APPROVAL] if starter.stance == "approve" else []
        parts.append(_SCOPE)
    if starter.warn_only:
        parts.append('\n[enforce]\ndefault = "warn"   # note, warn or block; also for commit, push, server, ci alone\n')
    elif not starter.preset and starter.stance in _LACKING:
        parts.append(_EXAMPLE.format(_LACKING[starter.stance]))
    return "".join(parts)


def _baseline(starter: Starter) -> str:
    if not starter.baseline:
        return ""
    return f"baseline = {toml(list(starter.baseline))}   # these commits and all before them are not judged\n"
