"""The checks of `byline doctor`, each a function that yields grade, sentence and remedy."""

import os
import re
import stat
import time
from collections.abc import Callable, Iterator, Mapping

from byline.actions.decision_log import destination
from byline.actions.deferred import deferred
from byline.actions.server_script import is_untouched, python_of, stage_of
from byline.model import Place
from byline.repository.configuration import setting
from byline.repository.hooks_directory import hooks_directory
from byline.repository.location import Repository
from byline.repository.received import symbolic_head
from byline.repository.run_git import git_answers, git_output
from byline.repository.server_settings import ServerSettings, read_server_settings
from byline.repository.tip_files import TipFiles

_OLDEST_GIT = (2, 31)
_OVERDUE = 3600

Found = Iterator[tuple[str, str, str]]


class Patient:
    """The repository that is looked at, with the settings of its server."""

    def __init__(self, repository: Repository) -> None:
        self.repository = repository

    @property
    def settings(self) -> ServerSettings:
        """The settings; raises SettingsError as a hook would."""
        return read_server_settings(self.repository)


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
    """Which policy judges, and whether it can be used."""
    from byline.commands.stages.server_policy import PolicyBook
    from byline.repository.received import ReceivedRef

    with TipFiles(patient.repository) as tips:
        book = PolicyBook(tips, patient.repository, patient.settings, None, {})
        branch = book.default_branch or "main"
        judge = book.judge(ReceivedRef("", "", f"refs/heads/{branch}"), book.default_tip).judge
    if not book.texts:
        yield (
            "warning",
            "there is no policy: pushes are only noted",
            "Set byline.policy or byline.default, or commit a byline.toml.",
        )
    for name in book.texts:
        yield "good", f"the policy {name} can be read" + ("" if book.from_server else f" (from {branch})"), ""
    for note in judge.notices():
        yield "warning", note.sentence, str(note.rule)
    level = judge.policy.enforce.get(Place.SERVER)
    if book.texts and level is not None and level[0] != "block":
        yield "warning", f"the policy does not block on the server: {level[0]}", str(level[1])
    for name in (patient.settings.policy, patient.settings.floor, patient.settings.default):
        if os.path.isabs(name) and os.path.exists(name) and os.stat(name).st_mode & (stat.S_IWOTH | stat.S_IWGRP):
            yield "fault", f"{name} can be written by others than its owner", f"chmod go-w {name}"


def default_branch(patient: Patient) -> Found:
    """Whether HEAD leads anywhere: the policy is read there."""
    head = symbolic_head(patient.repository)
    if git_answers(patient.repository, "rev-parse", "--verify", "--quiet", "HEAD^{commit}") is None:
        yield (
            "warning",
            f"HEAD names {head or 'no branch'}, which does not exist",
            "Point it to the default branch: git symbolic-ref HEAD refs/heads/main",
        )
    else:
        yield "good", f"the default branch is {head.removeprefix('refs/heads/') or 'a commit'}", ""


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


def hooks(patient: Patient) -> Found:
    """Whether the hooks that start byline are there and can run."""
    ours = 0
    for path in _candidates(patient.repository):
        with open(path, "rb") as file:
            data = file.read(1 << 16)
        stage = stage_of(data)
        if not stage:
            if b"byline hook" in data:
                ours += 1
                yield "good", f"{path} starts byline (not written by `byline install server`)", ""
            continue
        ours += 1
        yield from _hook(path, data, stage)
    if not ours:
        yield "fault", "no hook of this repository starts byline", "byline install server --help"


def _hook(path: str, data: bytes, stage: str) -> Found:
    python = python_of(data)
    mode = os.stat(path).st_mode
    if not mode & stat.S_IXUSR:
        yield "fault", f"{path} cannot be executed, so git leaves it out", f"chmod +x {path}"
    elif mode & stat.S_IWOTH:
        yield "fault", f"{path} can be written by everybody", f"chmod o-w {path}"
    elif not os.access(python, os.X_OK):
        yield "fault", f"{path} runs {python}, which is gone", "Install byline again and run `byline install server`."
    elif not is_untouched(data):
        yield "warning", f"{path} was edited after byline wrote it", ""
    else:
        yield "good", f"{path} runs byline hook {stage}", ""


def _candidates(repository: Repository) -> Iterator[str]:
    """Files that git or a server would start as hooks of this repository."""
    for folder in (hooks_directory(repository), os.path.join(repository.common_dir, "custom_hooks")):
        for directory, _, names in os.walk(folder):
            for name in sorted(names):
                if not name.endswith((".sample", "~")):
                    yield os.path.join(directory, name)


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
