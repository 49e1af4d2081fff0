"""The hooks that a server would start for a repository, and the check of them for `byline doctor`."""

import os
import stat
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from byline.actions.server_script import is_untouched, policy_of, python_of, stage_of
from byline.commands.stages import SERVER_STAGES
from byline.repository.location import Repository
from byline.repository.server_settings import ServerSettings, read_server_settings

Found = Iterator[tuple[str, str, str]]


class StartingHook(NamedTuple):
    """A file that starts byline as a hook, `stage` after its own name or that of its NAME.d folder.

    `policy` is what its command line names, or empty; `written` tells whether `byline install server` wrote it.
    """

    path: str
    data: bytes
    stage: str
    policy: str
    written: bool

    @property
    def policy_is_open(self) -> bool:
        """Whether a shell makes the policy's name of something else, such as a variable."""
        return not self.written and any(sign in self.policy for sign in "$`")


class Patient:
    """The repository that is looked at, with the settings of its server and the hooks that start byline.

    `folder` is where git looks for its hooks.
    """

    def __init__(self, repository: Repository, folder: str) -> None:
        self.repository = repository
        self._folder = folder

    @property
    def settings(self) -> ServerSettings:
        """The settings; raises SettingsError as a hook would."""
        return read_server_settings(self.repository)

    @cached_property
    def hooks(self) -> Sequence[StartingHook]:
        """Hooks that start byline. Raises OSError for one that cannot be read."""
        return tuple(_starting(self._folder, os.path.join(self.repository.common_dir, "custom_hooks")))


def hooks(patient: Patient) -> Found:
    """Whether the hooks that start byline are there and can run."""
    for hook in patient.hooks:
        if hook.written:
            yield from _written(hook)
        else:
            yield "good", f"{hook.path} starts byline (not written by `byline install server`)", ""
    if not patient.hooks:
        yield "fault", "no hook of this repository starts byline", "byline install server --help"


def _written(hook: StartingHook) -> Found:
    python = python_of(hook.data)
    mode = os.stat(hook.path).st_mode
    if not mode & stat.S_IXUSR:
        yield "fault", f"{hook.path} cannot be executed, so git leaves it out", f"chmod +x {hook.path}"
    elif mode & stat.S_IWOTH:
        yield "fault", f"{hook.path} can be written by everybody", f"chmod o-w {hook.path}"
    elif not os.access(python, os.X_OK):
        yield (
            "fault",
            f"{hook.path} runs {python}, which is gone",
            "Install byline again and run `byline install server`.",
        )
    elif missing := _missing_runner(hook.path):
        yield (
            "fault",
            f"{hook.path} is run by {missing}, which is missing",
            "Have the server write its own hooks again.",
        )
    elif not is_untouched(hook.data):
        yield "warning", f"{hook.path} was edited after byline wrote it", ""
    else:
        yield "good", f"{hook.path} runs byline hook {stage_of(hook.data)}", ""


def _missing_runner(path: str) -> str:
    """The hook of Gitea's that starts what is in hooks/NAME.d, if it is not there; custom_hooks are GitLab's."""
    folder = os.path.dirname(path)
    runner = folder.removesuffix(".d")
    runs = runner == folder or os.path.basename(os.path.dirname(folder)) == "custom_hooks" or os.access(runner, os.X_OK)
    return "" if runs else runner


def _starting(*folders: str) -> Iterator[StartingHook]:
    for folder in folders:
        for directory, _, names in os.walk(folder):
            for name in sorted(names):
                path = os.path.join(directory, name)
                if name.endswith((".sample", "~")) or (os.path.islink(path) and not os.path.exists(path)):
                    continue
                with open(path, "rb") as file:
                    data = file.read(1 << 16)
                written = bool(stage_of(data))
                if written or b"byline hook" in data:
                    yield StartingHook(path, data, _stage_by_name(path), policy_of(data), written)


def _stage_by_name(path: str) -> str:
    names = (os.path.basename(path), os.path.basename(os.path.dirname(path)).removesuffix(".d"))
    return next((name for name in names if name in SERVER_STAGES), names[0])
