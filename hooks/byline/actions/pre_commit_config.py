"""Puts byline's hooks into a `.pre-commit-config.yaml`, as a text edit that leaves everything else as it is."""

import re
from collections.abc import Sequence

from byline.errors import BylineError

FILE = ".pre-commit-config.yaml"

_TYPES = "default_install_hook_types"
_WANTED = ("commit-msg", "pre-push")
_ITEM = re.compile(r"(\s*)- ")


class NotEditableError(BylineError):
    """The file is written in a way that this edit cannot follow."""


def hook_lines(source: str, revision: str) -> list[str]:
    """The entry of byline in the list of repos; with an empty `source`, hooks that run the installed byline."""
    if source:
        return [f"- repo: {source}", f"  rev: {revision}", "  hooks: [{id: byline}, {id: byline-push}]"]
    return [
        "- repo: local",
        "  hooks:",
        *("    " + line for line in _local("byline", "byline (commit)", "commit-msg")),
        *("    " + line for line in [*_local("byline-push", "byline (push)", "pre-push"), "  pass_filenames: false"]),
    ]


def _local(hook: str, name: str, stage: str) -> list[str]:
    return [
        f"- id: {hook}",
        f"  name: {name}",
        f"  entry: byline hook {stage}",
        "  language: system",
        f"  stages: [{stage}]",
        "  always_run: true",
    ]


def with_hooks(text: str, lines: Sequence[str]) -> str:
    """The configuration with the entry at the end of its repos; unchanged when it has byline already.

    Raises NotEditableError when the file is not valid or not in the usual block style.
    """
    before = _parsed(text)
    if _has_byline(before):
        return text
    rows = text.replace("\r\n", "\n").split("\n")
    start = next((number for number, row in enumerate(rows) if re.match(r"repos\s*:", row)), None)
    if start is None:
        raise NotEditableError(f"{FILE} has no list of repos in the usual form")
    if re.fullmatch(r"repos\s*:\s*\[\s*\]\s*(#.*)?", rows[start]):
        rows[start] = "repos:"
    end, indent = _end_of_list(rows, start)
    rows[end:end] = [indent + line for line in lines]
    if isinstance(before, dict) and _TYPES not in before:
        rows.insert(_after_heading(rows), f"{_TYPES}: [pre-commit, {', '.join(_WANTED)}]")
    changed = "\n".join(rows)
    _check(before, _parsed(changed))
    return changed.replace("\n", "\r\n") if "\r\n" in text else changed


def missing_types(text: str) -> tuple[str, ...]:
    """Stages that `pre-commit install` would leave out although byline's hooks need them."""
    settings = _parsed(text)
    listed = settings.get(_TYPES) if isinstance(settings, dict) else None
    return tuple(stage for stage in _WANTED if not isinstance(listed, list) or stage not in listed)


def _end_of_list(rows: Sequence[str], start: int) -> tuple[int, str]:
    """Where a further item of the list goes, and how far it is indented."""
    end, indent = start + 1, "  "
    first = True
    for number in range(start + 1, len(rows)):
        row = rows[number]
        if not row.strip():
            continue
        item = _ITEM.match(row)
        if first and item:
            indent, first = item[1], False
        if not row.startswith((" ", "\t", "#")) and not (item and item[1] == indent):
            break
        if not row.startswith("#"):
            end = number + 1
    return end, indent


def _after_heading(rows: Sequence[str]) -> int:
    """The first line that is neither blank, nor a comment, nor the mark of a document's start."""
    return next((number for number, row in enumerate(rows) if row.strip() and not row.startswith(("#", "---", "%"))), 0)


def _parsed(text: str) -> object:
    import yaml

    try:
        return yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise NotEditableError(f"{FILE} is not valid YAML") from error


def _repos(settings: object) -> list[object]:
    repos = settings.get("repos") if isinstance(settings, dict) else None
    return repos if isinstance(repos, list) else []


def _has_byline(settings: object) -> bool:
    hooks = [hook for repo in _repos(settings) if isinstance(repo, dict) for hook in repo.get("hooks") or ()]
    return any(isinstance(hook, dict) and str(hook.get("id", "")).startswith("byline") for hook in hooks)


def _check(before: object, after: object) -> None:
    """Raise NotEditableError unless one repo and at most the hook types were added and all else is as it was."""
    if isinstance(before, dict) and isinstance(after, dict) and _has_byline(after):
        old = {name: value for name, value in before.items() if name != "repos"}
        new = {name: value for name, value in after.items() if name != "repos" and (name != _TYPES or _TYPES in before)}
        if old == new and _repos(after)[:-1] == _repos(before):
            return
    raise NotEditableError(f"{FILE} is written in a form that byline does not edit")
