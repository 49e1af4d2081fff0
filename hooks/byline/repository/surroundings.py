"""What a hook runs in: its variables, and the chain of programs that started it.

On Linux the chain comes from /proc, elsewhere from psutil, which takes 30 ms to import. Nothing of this is written
anywhere; of the variables only those count that a mark of the catalogue names.
"""

import os
import sys
from collections.abc import Iterable
from contextlib import suppress

from byline.model import Commit, Environment, Process

_MOST_PROCESSES = 64
_LONGEST_COMMAND = 4096
_MOST_ARGUMENTS = 4

# A variable that a CI system always sets. What an agent does there is judged by `byline ci`, never by the environment.
_CI_SYSTEMS = (
    "APPVEYOR",
    "BITBUCKET_BUILD_NUMBER",
    "BUILDKITE",
    "CIRCLECI",
    "CI_PIPELINE_EVENT",
    "DRONE",
    "FORGEJO_ACTIONS",
    "GITEA_ACTIONS",
    "GITHUB_ACTIONS",
    "GITLAB_CI",
    "JENKINS_URL",
    "TEAMCITY_VERSION",
    "TF_BUILD",
    "TRAVIS",
    "ZUUL_PIPELINE",
)

# While one of these is there, git replays commits that were made before, by whomever.
_REPLAYS = ("rebase-merge", "rebase-apply", "CHERRY_PICK_HEAD", os.path.join("sequencer", "todo"))


def surrounded(commits: Iterable[Commit], git_dir: str) -> Iterable[Commit]:
    """The commits with the environment in which they are being made, where that says something about them."""
    environment = read_environment(git_dir)
    return commits if environment is None else (commit._replace(environment=environment) for commit in commits)


def read_environment(git_dir: str) -> Environment | None:
    """The environment of this process.

    None in a CI system, and while git replays existing commits: whoever runs a rebase has not made its commits.
    """
    if any(os.environ.get(name) for name in _CI_SYSTEMS):
        return None
    if any(os.path.lexists(os.path.join(git_dir, name)) for name in _REPLAYS):
        return None
    processes, complete = _ancestors()
    return Environment(os.environ, tuple(processes), complete)


def _ancestors() -> tuple[list[Process], bool]:
    """The programs above this one, the nearest first, and whether these are all; none if the system does not tell."""
    return _from_proc(os.getppid()) if sys.platform == "linux" else _from_psutil()


def _from_proc(pid: int, proc: str = "/proc") -> tuple[list[Process], bool]:
    """Format: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html"""
    found: list[Process] = []
    while pid > 0 and len(found) < _MOST_PROCESSES:
        try:
            with open(f"{proc}/{pid}/stat", "rb") as file:
                stat = file.read(_LONGEST_COMMAND)
            with open(f"{proc}/{pid}/cmdline", "rb") as file:
                command = file.read(_LONGEST_COMMAND)
        except OSError:  # it has ended, or is another user's
            break
        name, _, rest = stat.partition(b"(")[2].rpartition(b")")
        words = command.rstrip(b"\0").split(b"\0")[:_MOST_ARGUMENTS] if command else []
        found.append(Process(os.fsdecode(name), tuple(map(os.fsdecode, words))))
        pid = int(rest.split()[1])
    return found, pid <= 0


def _from_psutil() -> tuple[list[Process], bool]:
    """Documentation: https://psutil.readthedocs.io/"""
    try:
        import psutil
    except ImportError:
        return [], False
    found: list[Process] = []
    try:
        parents = psutil.Process().parents()
        for parent in parents[:_MOST_PROCESSES]:
            name, command = parent.name(), ()
            with suppress(psutil.AccessDenied):  # the program of another user
                command = tuple(parent.cmdline()[:_MOST_ARGUMENTS])
            found.append(Process(name, command))
    except psutil.Error:  # one of them has ended, or is not to be looked at
        return found, False
    return found, len(parents) <= _MOST_PROCESSES
