"""Hooks for the kinds of servers there are: which files go where, and the writing of them."""

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple

from byline.actions.server_script import is_untouched, server_script, stage_of
from byline.errors import BylineError

KEPT_SUFFIX = ".before-byline"
"""A hook that was there before is kept under its name and this."""

_NAME = "byline"

# The account that git runs as is seldom the one that installs.
_FOR_ALL = 0o755


class Kind(NamedTuple):
    """A kind of server. `place` gives the file for a stage below the directory that the administrator names.

    `chains` tells that the file may be somebody else's already; `next_steps` say what remains to do by hand.
    """

    target: str
    stages: tuple[str, ...]
    place: Callable[[str, str], str]
    chains: bool
    next_steps: tuple[str, ...]


def _plain(directory: str, stage: str) -> str:
    hooks = os.path.join(directory, "hooks")
    return os.path.join(hooks if os.path.isdir(hooks) else directory, stage)


def _gitlab(directory: str, stage: str) -> str:
    inside = os.path.exists(os.path.join(directory, "HEAD"))
    return os.path.join(directory, "custom_hooks" if inside else "", f"{stage}.d", _NAME)


def _gitea(directory: str, stage: str) -> str:
    return os.path.join(directory, "hooks", f"{stage}.d", _NAME)


def _script(directory: str, stage: str) -> str:
    return os.path.join(directory, f"byline-{stage}")


def _gitolite(directory: str, stage: str) -> str:
    if stage == "update":
        return os.path.join(directory, "VREF", _NAME)
    return os.path.join(directory, "hooks", "common", stage)


def _gerrit(directory: str, stage: str) -> str:
    return os.path.join(directory, "hooks", "commit-received" if stage == "commit-received" else stage)


_BOTH = ("pre-receive", "post-receive")

KINDS: Mapping[str, Kind] = {
    "plain": Kind(
        "a repository, or a directory that core.hooksPath names",
        _BOTH, _plain, True,
        ("for all repositories of a machine: git config --system core.hooksPath DIRECTORY",),
    ),
    "gitlab": Kind(
        "Gitaly's custom_hooks_dir for all repositories, or one repository",
        _BOTH, _gitlab, False,
        ("set gitlab's custom_hooks_dir to the directory if it is not, on every Gitaly node",),
    ),
    "ghes": Kind(
        "a clone of the repository that holds the appliance's hooks",
        ("pre-receive",), _script, False,
        (
            "commit and push the script to the hooks' repository",
            "upload an environment (chroot) that has this Python with byline, and git, at the same path",
            "add the hook in the appliance's settings and enforce it",
        ),
    ),
    "gitea": Kind("a repository", _BOTH, _gitea, False, ()),
    "forgejo": Kind("a repository", _BOTH, _gitea, False, ()),
    "bitbucket": Kind(
        "a directory of your choice that the server's account can read",
        ("pre-receive",), _script, False,
        (
            "switch hook scripts on: feature.hook.scripts=true in bitbucket.properties",
            "register the script as a PRE hook script with Bitbucket's REST interface",
        ),
    ),
    "gitolite": Kind(
        "gitolite's LOCAL_CODE directory",
        _BOTH, _gitolite, True,
        ("run `gitolite setup --hooks-only`", "as a VREF (--stage update): add the rule  -  VREF/byline = @all"),
    ),
    "gerrit": Kind(
        "Gerrit's site directory",
        ("ref-update",), _gerrit, True,
        ("install Gerrit's hooks plugin if it is not", "link ref-update as commit-received to judge reviews as well"),
    ),
}  # fmt: skip
"""Kind to where its hooks go. The documentation has a page on each."""


class Written(NamedTuple):
    """A hook that was put up: where, and in words what was done."""

    stage: str
    path: str
    words: str


def install_server(
    kind: str, directory: str, stages: Sequence[str], python: str, *, policy: str = ""
) -> tuple[Written, ...]:
    """Put up the hooks; those of others are kept and run after byline's. Raises BylineError."""
    plan = KINDS[kind]
    try:
        return tuple(_install(plan, stage, plan.place(directory, stage), python, policy) for stage in stages)
    except OSError as error:
        place = error.filename or directory
        raise BylineError(f"{place} cannot be changed: {error.strerror}", "Check its permissions.") from error


def _install(plan: Kind, stage: str, path: str, python: str, policy: str) -> Written:
    kept = path + KEPT_SUFFIX
    there = _content(path)
    words = "put up"
    if there is not None and stage_of(there):
        if not is_untouched(there):
            raise BylineError(f"{path} was edited after byline wrote it", "Save your lines and delete it, then repeat.")
        words = "renewed"
    elif there is not None:
        if not plan.chains:
            raise BylineError(f"{path} exists and is not byline's", "Move it away, then repeat.")
        if os.path.lexists(kept):
            raise BylineError(f"both {path} and {kept} exist, and neither is byline's", "Put them into one file.")
        os.rename(path, kept)
    then = kept if os.path.lexists(kept) else ""
    if then:
        words += f"; the hook that was here runs after it, as {os.path.basename(kept)}"
    _write(path, server_script(stage, python, policy=policy, then=then))
    return Written(stage, path, words)


def _content(path: str) -> bytes | None:
    """What is there: empty for a link or a directory, which is never ours, and None for nothing."""
    if not os.path.lexists(path):
        return None
    if os.path.islink(path) or not os.path.isfile(path):
        return b""
    with open(path, "rb") as file:
        return file.read()


def _write(path: str, script: bytes) -> None:
    """Write whole or not at all: git may start the hook at any moment."""
    import tempfile

    os.makedirs(os.path.dirname(path), exist_ok=True)
    descriptor, draft = tempfile.mkstemp(dir=os.path.dirname(path), prefix=".byline-")
    try:
        with open(descriptor, "wb") as file:
            file.write(script)
        os.chmod(draft, _FOR_ALL)
        os.replace(draft, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(draft)
        raise
