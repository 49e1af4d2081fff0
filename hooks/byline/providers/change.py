"""What a CI system says about the change that it runs for."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from byline.repository.endpoints import Endpoints

Environment = Mapping[str, str]
ReadFile = Callable[[str], bytes | None]
"""Reads a file by its path; None if there is none or it is too large."""


class Squash(NamedTuple):
    """A merge that makes one commit of the whole change.

    `planned` tells whether it will be made, rather than that it may be. `message` is what that commit will say; None
    where it is put together from the messages of the commits. `given` tells whether the CI system named that very
    message, rather than a setting that leads to it.
    """

    planned: bool
    message: str | None
    given: bool = False


class Change(NamedTuple):
    """The change, in one shape for all CI systems.

    `text` is the description of the change request and None where it is not known; `text_cut` tells that the system
    hands over only its beginning. `labels` is None where they are not known. `full_history` says how to give this
    system's clones their whole history, as an imperative sentence; empty where no system is known.
    """

    system: str
    endpoints: Endpoints
    full_history: str
    number: str = ""
    title: str = ""
    text: str | None = None
    text_cut: bool = False
    source: str = ""
    labels: tuple[str, ...] | None = None
    pusher: str = ""
    squash: Squash | None = None
    warnings: tuple[str, ...] = ()
