"""How byline gets into the hook framework that a repository uses."""

import os
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from byline import __version__
from byline.actions.pre_commit_config import FILE, NotEditableError, hook_lines, missing_types, with_hooks
from byline.actions.whole_files import write_whole
from byline.errors import UnreadableInput
from byline.reporters.dialogue import Dialogue
from byline.reporters.survey_text import Done
from byline.repository.files import read_file
from byline.repository.location import Repository


class HooksEdit(NamedTuple):
    """What to do about hooks: an action, if there is one, what it does in words, and what is left to the person."""

    act: Callable[[], None] | None = None
    done: Done = Done("", "")
    advice: tuple[str, ...] = ()


def add_hooks(repository: Repository, dialogue: Dialogue, source: str) -> HooksEdit:
    """Plan the lines for pre-commit, if the repository uses it and the person agrees. Nothing is changed yet."""
    path = os.path.join(repository.work_tree or "", FILE)
    data = read_file(path, missing_is_fine=True)
    if data is None:
        return HooksEdit()
    lines = hook_lines(*(_named(source) if source else installed_from()))
    try:
        text = data.decode("utf-8")
        changed = with_hooks(text, lines)
    except UnicodeDecodeError as error:
        raise UnreadableInput(f"{FILE} is not UTF-8 text", "Save it as UTF-8.") from error
    except NotEditableError as problem:
        return HooksEdit(advice=(f"{problem}; add to its repos:\n" + "\n".join(f"    {line}" for line in lines),))
    if changed == text:
        return HooksEdit(advice=(f"{FILE} has byline already",))
    if not dialogue.agrees(f"Add byline to {FILE}?", proposed=True):
        return HooksEdit()
    types = "".join(f" --hook-type {stage}" for stage in missing_types(changed))
    return HooksEdit(
        partial(write_whole, path, changed),
        Done(f"added byline to {FILE}", "take out its entry, and the line default_install_hook_types if it is new"),
        (f"pre-commit install{types} (prek takes the same) puts the hooks in place",),
    )


def _named(source: str) -> tuple[str, str]:
    """URL and revision; an @ before the last slash belongs to the URL."""
    place, slash, last = source.rpartition("/")
    name, _, revision = last.partition("@")
    return place + slash + name, revision or f"v{__version__}"


def installed_from() -> tuple[str, str]:
    """Address and revision of the repository that this byline was installed from; empty where it was none."""
    import json
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        said = distribution("byline").read_text("direct_url.json")
    except PackageNotFoundError:
        return "", ""
    origin = json.loads(said or "{}")
    version = origin.get("vcs_info", {})
    if version.get("vcs") != "git":
        return "", ""
    return str(origin.get("url", "")), str(version.get("requested_revision") or version.get("commit_id", ""))
