"""The kinds of servers there are: which hooks each can run, in which files, and what remains to do by hand."""

import os
from collections.abc import Callable, Mapping
from typing import NamedTuple

_NAME = "byline"


class Kind(NamedTuple):
    """A kind of server. `place` gives the file for a stage below the directory that its hooks are in.

    `target` says what the administrator names, `stages` are put up unless others are asked for, and `runs` are all
    that such a server can run. `chains` tells that the file may be somebody else's already. `links` are names beside
    a hook under which it may be linked. `next_steps` and `undo_steps` say what remains to do by hand.
    """

    target: str
    stages: tuple[str, ...]
    runs: tuple[str, ...]
    place: Callable[[str, str], str]
    chains: bool
    next_steps: tuple[str, ...]
    undo_steps: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


def _alone(directory: str, stage: str) -> str:
    return os.path.join(directory, stage)


def _among_others(directory: str, stage: str) -> str:
    return os.path.join(directory, f"{stage}.d", _NAME)


def _script(directory: str, stage: str) -> str:
    return os.path.join(directory, f"byline-{stage}")


def _gitolite(directory: str, stage: str) -> str:
    if stage == "update":
        return os.path.join(directory, "VREF", _NAME)
    return os.path.join(directory, "hooks", "common", stage)


_BOTH = ("pre-receive", "post-receive")
_OF_A_PUSH = (*_BOTH, "update")

_GITEA = Kind("a bare repository of the server's", _BOTH, _OF_A_PUSH, _among_others, False, ())

KINDS: Mapping[str, Kind] = {
    "plain": Kind(
        "a repository, or a directory that core.hooksPath names",
        _BOTH, (*_OF_A_PUSH, "reference-transaction"), _alone, True, (),
    ),
    "gitlab": Kind(
        "Gitaly's custom_hooks_dir for all repositories, or one bare repository",
        _BOTH, _OF_A_PUSH, _among_others, False,
        ("set gitlab's custom_hooks_dir to the directory if it is not, on every Gitaly node",),
        ("do the same on every Gitaly node",),
    ),
    "ghes": Kind(
        "a clone of the repository that holds the appliance's hooks",
        ("pre-receive",), ("pre-receive",), _script, False,
        (
            "commit and push the script to the hooks' repository",
            "upload an environment (chroot) that has this Python with byline, and git, at the same path",
            "add the hook in the appliance's settings and enforce it",
        ),
        (
            "take the hook out of the appliance's settings, or pushes are refused because its script is missing",
            "commit and push the removal to the hooks' repository",
        ),
    ),
    "gitea": _GITEA,
    "forgejo": _GITEA,
    "bitbucket": Kind(
        "a directory of your choice that the server's account can read",
        ("pre-receive",), _BOTH, _script, False,
        (
            "switch hook scripts on: feature.hook.scripts=true in bitbucket.properties",
            "register the script as a PRE hook script with Bitbucket's REST interface",
        ),
        ("delete the hook script with Bitbucket's REST interface as well",),
    ),
    "gitolite": Kind(
        "gitolite's LOCAL_CODE directory",
        _BOTH, (*_OF_A_PUSH, "reference-transaction"), _gitolite, True,
        (
            "see that LOCAL_CODE in .gitolite.rc names the directory",
            "run `gitolite setup --hooks-only`",
            "as a VREF (--stage update): add the rule  -  VREF/byline = @all",
        ),
        (
            "take rules with VREF/byline out of gitolite.conf, or pushes are refused because the VREF is missing",
        ),
    ),
    "gerrit": Kind(
        "Gerrit's site directory",
        ("ref-update",), ("ref-update",), _alone, True,
        (
            "install Gerrit's hooks plugin if it is not, and leave hooks.path in gerrit.config as it is by default",
            "link ref-update as commit-received to judge reviews as well",
        ),
        links=("commit-received",),
    ),
}  # fmt: skip
"""Kind to where its hooks go. The documentation has a page on each."""
