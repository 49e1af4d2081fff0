"""The model that a tool's own stamp states, such as `Co-authored-by: aider (gpt-4o) <aider@aider.chat>`.

A model is only taken from what the tool wrote. Nothing is guessed.
"""

import re
from collections.abc import Iterable

from byline.lazy_pattern import lazy_pattern
from byline.model import Finding, Surface

_LONGEST_KEY = 60
_LONGEST_NAME = 100
_IN_BRACKETS = lazy_pattern(r"\((?P<inside>[^()]{1,60})\)")
_MODEL = lazy_pattern(r"(?=.*\d)(?=.*[a-z])[\w.:/ -]{3,60}", re.IGNORECASE)


def stated_models(findings: Iterable[Finding]) -> dict[str, str]:
    """Tool id to model, for the tools whose stamp states one."""
    found: dict[str, str] = {}
    for finding in findings:
        if finding.surface in (Surface.TRAILER, Surface.MESSAGE) and (finding.role or "").lower().endswith("by"):
            model = _model(finding.text)
            if model:
                found.setdefault(finding.tool, model)
    return found


def _model(line: str) -> str:
    """`gpt-4o` of `aider (gpt-4o)`, `Claude Opus 4.6` of `Claude Opus 4.6 (1M context)`; empty where none is stated."""
    key, _, value = line.partition(":")
    if len(key) > _LONGEST_KEY:
        return ""
    name = value.lstrip().partition("<")[0].partition("\n")[0][:_LONGEST_NAME].strip()
    inside = _IN_BRACKETS.search(name) if "(" in name else None
    outside = name if inside is None else _IN_BRACKETS.sub("", name).strip()
    candidates = [outside] if inside is None or "context" in inside["inside"] else [inside["inside"], outside]
    return next((one.strip() for one in candidates if _is_model(one.strip())), "")


def _is_model(name: str) -> bool:
    return any(map(str.isdecimal, name)) and _MODEL.fullmatch(name) is not None
