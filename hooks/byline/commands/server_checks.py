"""The checks of `byline doctor`, each a function that yields grade, sentence and remedy."""

import os
import re
import stat
import time
from collections.abc import Callable, Mapping
from shlex import quote

from byline.actions.decision_log import destination
from byline.actions.deferred import deferred
from byline.commands.server_hook_checks import Found, Patient, hooks
from byline.commands.stages import SERVER_STAGES
from byline.errors import BylineError
from byline.model import Place
from byline.repository.configuration import setting
from byline.repository.received import ReceivedRef, stored_refs, symbolic_head
from byline.repository.run_git import git_answers, git_output
from byline.repository.server_settings import ServerSettings
from byline.repository.tip_files import TipFiles

_OLDEST_GIT = (2, 31)
_OVERDUE = 3600


def git(patient: Patient) -> Found:
    """Whether git is there and new enough."""
    words = git_output(patient.repository, "version").decode("ascii", "replace").strip()
    found = re.search(r"(\d+)\.(\d+)", words)
    if found and (int(found[1]), int(found[2])) < _OLDEST_GIT:
        yield "fault", f"{words} is too old", f"byline needs git {'.'.join(map(str, _OLDEST_GIT))} or newer."
    else:
        yield "good", words, ""


def settings(patient: Patient) -> Found:
    """Whether the settings make sense."""
    found = patient.settings
    mode = "pushes that take longer are let in and checked afterwards" if found.defer else "slower pushes are refused"
    yield "good", f"the deadline is {found.deadline:g} s; {mode}", ""
    if found.on_error == "allow":
        yield "warning", "byline.onError is allow: what cannot be checked passes", "Leave it out, unless in a trial."
    if not found.server:
        yield (
            "warning",
            "byline.server is not set: the server's kind is guessed from variables",
            "Say git config --system byline.server KIND, so that only its own variables say who pushes.",
        )
    if found.override and setting(patient.repository, "receive.advertisePushOptions") != "true":
        yield (
            "warning",
            "byline.override names pushers, and push options are off",
            "Say git config receive.advertisePushOptions true.",
        )


def policy(patient: Patient) -> Found:
    """Which policies judge, as the hooks and the settings say, and whether they can be used."""
    settings = patient.settings
    named: dict[str, list[str]] = {}
    for hook in patient.hooks:
        if hook.policy_is_open:
            yield "warning", f"{hook.path} names a policy that only its shell knows: {hook.policy}", "Look at it there."
        elif hook.stage in SERVER_STAGES:
            named.setdefault(hook.policy, []).append(hook.stage)
    if len(named) > 1:
        told = "; ".join(f"{', '.join(stages)}: {option or 'no --policy'}" for option, stages in named.items())
        remedy = "Run `byline install server` for all of them, with the same --policy."
        yield "warning", f"the hooks do not judge by the same policy ({told})", remedy
    if not any(hook.policy_is_open for hook in patient.hooks):
        named = named or {"": []}
    for option, stages in named.items():
        try:
            yield from _policy(patient, settings, option, f"--policy in {', '.join(stages)}")
        except BylineError as error:
            yield "fault", f"policy: {error}", error.remedy
    for name in (*named, settings.policy, settings.floor, settings.default):
        if os.path.isabs(name) and os.path.exists(name) and os.stat(name).st_mode & (stat.S_IWOTH | stat.S_IWGRP):
            yield "fault", f"{name} can be written by others than its owner", f"chmod go-w {name}"


def _policy(patient: Patient, settings: ServerSettings, option: str, place: str) -> Found:
    """What there is to say of the policy where the hooks name this one in their command line, or none."""
    from byline.commands.stages.server_policy import PolicyBook

    with TipFiles(patient.repository) as tips:
        book = PolicyBook(tips, patient.repository, settings, option or None, {})
        branch = book.default_branch or "main"
        judge = book.judge(ReceivedRef("", "", f"refs/heads/{branch}"), book.default_tip).judge
    if not book.texts and not book.default_tip:
        sentence = (
            f"there is no policy yet: it is read from {branch} once that is pushed, and pushes are only noted till then"
        )
        yield "warning", sentence, f"Push a byline.toml to {branch}, or set byline.policy or byline.default."
    elif not book.texts:
        remedy = "Set byline.policy or byline.default, or commit a byline.toml."
        yield "warning", "there is no policy: pushes are only noted", remedy
    origins = {
        settings.default: "byline.default",
        settings.policy: "byline.policy",
        settings.floor: "byline.floor",
        option: place,
    }
    for name in book.texts:
        origin = origins.get(name) or (settings.policy_variable if book.from_server else f"from {branch}")
        yield "good", f"the policy {name} can be read ({origin})", ""
    for note in judge.notices():
        yield "warning", note.sentence, str(note.rule)
    level = judge.policy.enforce.get(Place.SERVER)
    if book.texts and level is not None and level[0] != "block":
        yield "warning", f"the policy does not block on the server: {level[0]}", str(level[1])


def default_branch(patient: Patient) -> Found:
    """Whether HEAD leads anywhere: the policy is read there."""
    head = symbolic_head(patient.repository)
    name = head.removeprefix("refs/heads/")
    if git_answers(patient.repository, "rev-parse", "--verify", "--quiet", "HEAD^{commit}") is not None:
        yield "good", f"the default branch is {name or 'a commit'}", ""
        return
    branches = [branch for branch, _ in stored_refs(patient.repository, "refs/heads/")]
    if not branches and head:
        yield "good", f"there is no commit yet; the default branch is {name} once it is pushed", ""
        return
    sentence = f"HEAD names {head}, which does not exist" if head else "HEAD names no branch and no commit"
    there = next((usual for usual in ("refs/heads/main", "refs/heads/master") if usual in branches), "")
    there = there or (branches[0] if branches else "refs/heads/main")
    first = f"Push {name}, or point" if head else "Point"
    yield "warning", sentence, f"{first} HEAD to the default branch: git symbolic-ref HEAD {quote(there)}"


def log(patient: Patient) -> Found:
    """Whether decisions can be logged."""
    place = destination(patient.settings.log, patient.repository.common_dir)
    if place.kind != "file":
        yield ("warning" if place.kind == "none" else "good"), f"decisions are logged to {place.kind}", ""
        return
    where = place.path if os.path.exists(place.path) else os.path.dirname(place.path)
    while not os.path.exists(where):
        where = os.path.dirname(where)
    if not os.access(where, os.W_OK):
        yield "fault", f"decisions cannot be logged: {where} cannot be written by this account", "Check its owner."
    else:
        yield "good", f"decisions are logged to {place.path}", ""


def unfinished(patient: Patient) -> Found:
    """Pushes that were let in and never checked."""
    for one in deferred(patient.repository.common_dir):
        if time.time() - os.stat(one.path).st_mtime > _OVERDUE:
            names = [name for _, _, name in one.refs[:3]] if one.refs is not None else ["its file is damaged"]
            yield (
                "fault",
                f"the check of push {one.event} ({', '.join(names)}) was put off and never ended",
                f"Look at these refs with `byline check`, then delete {one.path}.",
            )


CHECKS: Mapping[str, Callable[[Patient], Found]] = {
    "git": git,
    "settings": settings,
    "default branch": default_branch,
    "policy": policy,
    "log": log,
    "unfinished checks": unfinished,
    "hooks": hooks,
}
"""Name to check, in the order in which they are told."""
