"""What a hook on a server may believe of its environment, and what servers say in it about a push."""

import os
from collections.abc import Mapping, MutableMapping, Sequence
from typing import NamedTuple

from byline.repository.received import ReceivedRef, received_ref

# What git and its servers set for a hook themselves. All other GIT_ variables could come from a pusher, where an ssh
# server takes variables over or where the push runs under the pusher's own account.
_BELIEVED = frozenset(
    {
        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_DIR",
        "GIT_EXEC_PATH",
        "GIT_NAMESPACE",
        "GIT_OBJECT_DIRECTORY",
        "GIT_PROTOCOL",
        "GIT_PUSH_OPTION_COUNT",
        "GIT_QUARANTINE_PATH",
        "GIT_SHALLOW_FILE",
    }
)

_MOST_OPTIONS = 100
_LONGEST_OPTION = 1000

SERVERS: Mapping[str, tuple[str, ...]] = {
    "gitlab": ("GL_USERNAME", "GL_ID"),
    "ghes": ("GITHUB_USER_LOGIN",),
    "gitea": ("GITEA_PUSHER_NAME",),
    "forgejo": ("GITEA_PUSHER_NAME",),
    "bitbucket": ("BB_USER_NAME",),
    "gitolite": ("GL_USER",),
    "gerrit": (),
    "plain": ("REMOTE_USER", "LOGNAME", "USER"),
}
"""Kinds of servers, and the variables in which each names the account that pushes."""

# sshd sets these last, over whatever the client sent along.
_SET_BY_SSHD = ("LOGNAME", "USER")

_TELLING = {
    "GL_REPOSITORY": "gitlab",
    "GITHUB_REPO_NAME": "ghes",
    "GITEA_REPO_NAME": "gitea",
    "BB_REPO_SLUG": "bitbucket",
    "GL_REPO": "gitolite",
}

SERVER_REFS: Mapping[str, tuple[str, ...]] = {
    "gitlab": ("refs/merge-requests/*", "refs/keep-around/*", "refs/environments/*", "refs/pipelines/*"),
    "ghes": ("refs/pull/*",),
    "gitea": ("refs/pull/*",),
    "forgejo": ("refs/pull/*",),
    "bitbucket": ("refs/pull-requests/*",),
    "gerrit": ("refs/changes/*", "refs/meta/*", "refs/users/*", "refs/groups/*", "refs/starred-changes/*"),
}
"""Refs that a server of this kind writes itself, and that nobody can push to there."""

_PROJECTS = ("GL_PROJECT_PATH", "GITHUB_REPO_NAME", "GITEA_REPO_NAME", "BB_REPO_SLUG", "GL_REPO")
_WAYS = ("GL_PROTOCOL", "GITHUB_VIA", "GITEA_PUSH_TRIGGER", "BB_HOOK_TRIGGER_ID")


class Pusher(NamedTuple):
    """The account that pushes, and the variable or option that names it; both are empty where nobody is named."""

    name: str
    source: str


def isolate(environ: MutableMapping[str, str]) -> None:
    """Drop every GIT_ variable that a pusher could have set, and the configuration of the account that git runs as."""
    for name in [name for name in environ if name.startswith("GIT_")]:
        if name not in _BELIEVED and not name.startswith("GIT_PUSH_OPTION_"):
            del environ[name]
    environ["GIT_CONFIG_GLOBAL"] = os.devnull


def server_kind(environ: Mapping[str, str]) -> str:
    """The kind of server that the environment speaks of, for the form of messages alone; `plain` if none."""
    return next((kind for name, kind in _TELLING.items() if environ.get(name)), "plain")


def pusher(environ: Mapping[str, str], kind: str) -> Pusher:
    """Who pushes, as this kind of server says it; variables of other servers are not believed."""
    names = SERVERS[kind]
    if kind == "plain" and environ.get("SSH_CONNECTION"):
        names = _SET_BY_SSHD
    for name in names:
        if environ.get(name):
            return Pusher(environ[name][:_LONGEST_OPTION], name)
    return Pusher("", "")


def push_options(environ: Mapping[str, str]) -> tuple[str, ...]:
    """What the pusher gave with `git push -o`. Recorded; grants nothing by itself."""
    count = environ.get("GIT_PUSH_OPTION_COUNT", "")
    number = min(int(count), _MOST_OPTIONS) if count.isascii() and count.isdigit() else 0
    return tuple(environ.get(f"GIT_PUSH_OPTION_{at}", "")[:_LONGEST_OPTION] for at in range(number))


def planned_merge(refs: Sequence[ReceivedRef], kind: str, environ: Mapping[str, str]) -> Sequence[ReceivedRef]:
    """The refs of a push; where Bitbucket only asks whether a merge would pass, what the merge would bring in.

    The merge itself is not made yet, so its id means nothing. The true merge is pushed, and judged, afterwards.
    """
    if kind != "bitbucket" or environ.get("BB_IS_DRY_RUN") != "true":
        return refs
    return tuple(received_ref(ref.old, environ.get("BB_FROM_HASH", ""), ref.name) for ref in refs)


def project(environ: Mapping[str, str]) -> str:
    """The repository's name on the server; empty where the server tells none."""
    return next((environ[name] for name in _PROJECTS if environ.get(name)), "")


def way(environ: Mapping[str, str]) -> str:
    """How the push came in, in the server's own word: `ssh`, `web`, `pull request merge button`; empty if not told."""
    return next((environ[name] for name in _WAYS if environ.get(name)), "")
