"""Hooks on a server, put up and taken down: nothing is changed unless all of it can be done."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from typing import NamedTuple

from byline.actions.hook_file import KEPT_SUFFIX, hook_content, write_hook
from byline.actions.server_kinds import KINDS, Kind
from byline.actions.server_script import is_untouched, server_script, stage_of
from byline.errors import BylineError

_REMOVED = "removed"

# The account that git runs as is seldom the one that installs.
_FOR_ALL = 0o755


class Step(NamedTuple):
    """What is done about one hook: where, in words, and the doing of it."""

    stage: str
    path: str
    words: str
    act: Callable[[], None]


def install_server(
    kind: str, directory: str, stages: Sequence[str], python: str, *, policy: str = ""
) -> tuple[Step, ...]:
    """Put up the hooks below the directory that hooks of this kind are in; those of others run after byline's.

    Raises BylineError.
    """
    plan = KINDS[kind]

    def steps() -> Iterator[Step]:
        for stage in stages:
            path = plan.place(directory, stage)
            yield _install(plan, stage, path, python, policy)
            # a copy, or a hard link to the file that is replaced, would go on as it was
            for link in _links(plan, path):
                if is_untouched(hook_content(link) or b""):
                    yield _install(plan, stage, link, python, policy)

    return _carry_out(directory, steps())


def uninstall_server(kind: str, directory: str, stages: Sequence[str] = ()) -> tuple[Step, ...]:
    """Take the hooks out again, all that such a server can run unless some are named; others' are put back.

    Raises BylineError.
    """
    plan = KINDS[kind]

    def steps() -> Iterator[Step]:
        for stage in stages or plan.runs:
            path = plan.place(directory, stage)
            for one in (path, *_links(plan, path)):
                step = _uninstall(stage, one, directory)
                yield from [step] if step is not None else []
                if step is not None and step.words == _REMOVED:
                    leading = (link for link in _links(plan, path) if _leads(link, path))
                    yield from (Step(stage, link, _REMOVED, partial(os.unlink, link)) for link in leading)

    return _carry_out(directory, steps())


def _carry_out(directory: str, planned: Iterable[Step]) -> tuple[Step, ...]:
    try:
        steps = tuple(planned)
        for step in steps:
            step.act()
    except OSError as error:
        place = error.filename or directory
        raise BylineError(f"{place} cannot be changed: {error.strerror}", "Check its permissions.") from error
    return steps


def _install(plan: Kind, stage: str, path: str, python: str, policy: str) -> Step:
    kept = path + KEPT_SUFFIX
    there = hook_content(path)
    words = "put up"
    moves = False
    if there is not None and stage_of(there):
        if not is_untouched(there):
            raise BylineError(f"{path} was edited after byline wrote it", "Save your lines and delete it, then repeat.")
        words = "renewed"
    elif there is not None:
        if not plan.chains:
            raise BylineError(f"{path} exists and is not byline's", "Move it away, then repeat.")
        if os.path.lexists(kept):
            raise BylineError(f"both {path} and {kept} exist, and neither is byline's", "Put them into one file.")
        moves = True
    then = kept if moves or os.path.lexists(kept) else ""
    if then:
        words += f"; the hook that was here runs after it, as {os.path.basename(kept)}"
    script = server_script(stage, python, policy=policy, then=then)

    def act() -> None:
        if moves:
            os.rename(path, kept)
        write_hook(path, script, _FOR_ALL)

    return Step(stage, path, words, act)


def _uninstall(stage: str, path: str, directory: str) -> Step | None:
    kept = path + KEPT_SUFFIX
    there = hook_content(path)
    if there is not None and stage_of(there):
        if not is_untouched(there):
            raise BylineError(f"{path} was edited after byline wrote it", "Save your lines and delete it, then repeat.")
        if os.path.lexists(kept):
            return Step(stage, path, "the hook from before is back", partial(os.replace, kept, path))
        return Step(stage, path, _REMOVED, partial(_remove, path, directory))
    if os.path.lexists(kept):
        gone = "another hook has taken byline's place" if there is not None else "byline's hook is gone already"
        return Step(stage, path, f"{gone}; the one from before is still {kept}", _nothing)
    return None


def _remove(path: str, directory: str) -> None:
    """The hook, and the folder that was made for it if nothing else is in there."""
    os.unlink(path)
    if os.path.dirname(path) != directory:
        with suppress(OSError):
            os.rmdir(os.path.dirname(path))


def _links(plan: Kind, path: str) -> list[str]:
    return [os.path.join(os.path.dirname(path), name) for name in plan.links]


def _leads(link: str, path: str) -> bool:
    return os.path.islink(link) and os.path.realpath(link) == os.path.realpath(path)


def _nothing() -> None:
    """What is there stays as it is."""
