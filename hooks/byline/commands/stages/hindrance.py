"""What stands in the way of checking a push, and whose turn it is: the pusher cannot mend what is the server's."""

from typing import NamedTuple

from byline.commands.stages.server_policy import PushedPolicyError
from byline.errors import (
    BylineError,
    GitMissing,
    IncompleteHistory,
    NotARepository,
    PolicyError,
    RepositoryError,
    UnknownRevision,
)
from byline.reporters.push_report import Turn
from byline.reporters.words import counted
from byline.repository.tip_files import FileWithheld

_PUSHERS = (PushedPolicyError, IncompleteHistory)
_PASSING = (RepositoryError, FileWithheld)
_LASTING = (UnknownRevision, NotARepository, GitMissing)


class Hindrance(NamedTuple):
    """Why a push is not let in although no verdict refuses it.

    `remedy` is for whoever's turn it is. `missed` is what could not be done with the push; empty where the push itself
    is at fault.
    """

    sentence: str
    remedy: str = ""
    turn: Turn = Turn.ADMINISTRATOR
    missed: str = "checked"


def hindrance(error: BylineError) -> Hindrance:
    """What an expected failure means for the pusher."""
    sentence, remedy = str(error), error.remedy
    if isinstance(error, _PUSHERS):
        return Hindrance(sentence, remedy, Turn.PUSHER, "" if isinstance(error, PushedPolicyError) else "checked")
    if isinstance(error, PolicyError):
        # faults of what is pushed come as PushedPolicyError
        head = f"the policy in force on the server has {counted(len(error.faults), 'fault')}:"
        return Hindrance("\n".join([head, *(f"  {fault}" for fault in error.faults)]), remedy)
    if isinstance(error, _PASSING) and not isinstance(error, _LASTING):
        return Hindrance(sentence, remedy, Turn.AGAIN)
    return Hindrance(sentence, remedy)
