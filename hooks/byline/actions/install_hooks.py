"""Plain git hooks for people without a hook framework: put in, chained to hooks that exist, and taken out again."""

import os
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import NamedTuple

from byline.actions.hook_file import KEPT_SUFFIX, hook_content, write_hook
from byline.actions.hook_script import asks_for_its_name, hook_script, is_ours, is_untouched
from byline.errors import BylineError

_LEGACY_SUFFIX = ".legacy"  # where the pre-commit framework keeps the hook it found


class Step(NamedTuple):
    """What is done about one hook, in words, and the doing of it."""

    stage: str
    words: str
    act: Callable[[], None]


class ObstacleError(BylineError):
    """A hook that cannot be put in or taken out without harm."""


def install(directory: str, stages: Sequence[str], python: str) -> tuple[Step, ...]:
    """Put hooks for the stages into a hooks directory; hooks of others are kept and run first.

    Nothing is changed unless every stage can be done. Raises ObstacleError with a sentence for each that cannot, and
    BylineError when files cannot be written.
    """
    return _carry_out(directory, stages, lambda stage: _plan_install(directory, stage, hook_script(stage, python)))


def uninstall(directory: str, stages: Sequence[str]) -> tuple[Step, ...]:
    """Take byline's hooks out and put back what was there before. Raises as `install`."""
    return _carry_out(directory, stages, lambda stage: _plan_uninstall(directory, stage))


def _carry_out(directory: str, stages: Iterable[str], plan: Callable[[str], Step | None]) -> tuple[Step, ...]:
    steps: list[Step] = []
    obstacles: list[ObstacleError] = []
    try:
        for stage in stages:
            try:
                step = plan(stage)
            except ObstacleError as obstacle:
                obstacles.append(obstacle)
            else:
                steps += [step] if step is not None else []
        if obstacles:
            raise ObstacleError("nothing was changed:\n" + "\n".join(f"  {obstacle}" for obstacle in obstacles))
        for step in steps:
            step.act()
    except OSError as error:
        place = error.filename or directory
        raise BylineError(f"{place} cannot be changed: {error.strerror}", "Check its permissions.") from error
    return tuple(steps)


def _plan_install(directory: str, stage: str, script: bytes) -> Step:
    hook, kept = _places(directory, stage)
    data = hook_content(hook)
    if data is None or is_untouched(data):
        words = "installed" if data is None else "is in place" if data == script else "renewed"
        if data is None and os.path.lexists(kept):
            words += f"; {stage}{KEPT_SUFFIX} runs first"
        return Step(stage, words, partial(_write_hook, hook, script))
    if is_ours(data):
        raise ObstacleError(f"{hook} was edited after byline wrote it; move your lines into {kept} and delete it")
    if is_ours(hook_content(hook + _LEGACY_SUFFIX) or b""):
        return Step(stage, f"runs already, through the hook that keeps it as {stage}{_LEGACY_SUFFIX}", _nothing)
    if os.path.lexists(kept):
        raise ObstacleError(f"both {hook} and {kept} exist, and neither is byline's; put them into one file")
    if asks_for_its_name(data):
        raise ObstacleError(
            f"{hook} looks at its own name, so it cannot be kept under another; add this line to it instead:"
            f' byline hook {stage} "$@"'
        )

    def act() -> None:
        os.rename(hook, kept)
        _write_hook(hook, script)

    return Step(stage, f"installed; the hook that was here runs first, as {stage}{KEPT_SUFFIX}", act)


def _plan_uninstall(directory: str, stage: str) -> Step | None:
    hook, kept = _places(directory, stage)
    for place in (hook, hook + _LEGACY_SUFFIX):
        data = hook_content(place)
        if data is None or not is_ours(data):
            continue
        if not is_untouched(data):
            raise ObstacleError(f"{place} was edited after byline wrote it; save your lines and delete it by hand")
        if os.path.lexists(kept):
            if place != hook and hook_content(kept) and hook_content(kept) == hook_content(hook):
                return Step(stage, "removed; the hook from before is back already", partial(_unlink, place, kept))
            return Step(stage, "the hook from before is back", partial(os.replace, kept, place))
        return Step(stage, "removed", partial(os.unlink, place))
    if os.path.lexists(kept):
        return Step(stage, f"another hook has taken byline's place; the one from before is still {kept}", _nothing)
    return None


def _places(directory: str, stage: str) -> tuple[str, str]:
    hook = os.path.join(directory, stage)
    return hook, hook + KEPT_SUFFIX


def _write_hook(hook: str, script: bytes) -> None:
    """With the permissions of any program that this account makes."""
    mask = os.umask(0)
    os.umask(mask)
    write_hook(hook, script, 0o777 & ~mask)


def _unlink(*places: str) -> None:
    for place in places:
        os.unlink(place)


def _nothing() -> None:
    """The hook stays as it is."""
