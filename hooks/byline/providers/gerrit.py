"""Gerrit, as Jenkins' Gerrit Trigger plugin hands it over.

Variables: https://plugins.jenkins.io/gerrit-trigger/
"""

import base64
import binascii

from byline.providers.change import Change, Environment, ReadFile
from byline.providers.values import branch_name, commit_id
from byline.repository.endpoints import Endpoints, Kind

SYSTEM = "Gerrit"
FULL_HISTORY = "In the job's Git settings, leave out shallow clone."


def read_change(environ: Environment, read: ReadFile) -> Change:  # noqa: ARG001
    """What the event is about: one commit under review, or an update of a branch. Raises UnreadableInput."""
    if environ.get("GERRIT_PATCHSET_REVISION"):
        return Change(
            SYSTEM,
            Endpoints(
                Kind.SINGLE,
                head=commit_id(environ["GERRIT_PATCHSET_REVISION"], "GERRIT_PATCHSET_REVISION") or "HEAD",
                target=branch_name(environ.get("GERRIT_BRANCH", ""), "GERRIT_BRANCH"),
                head_ref=environ.get("GERRIT_REFSPEC", ""),
            ),
            FULL_HISTORY,
            number=environ.get("GERRIT_CHANGE_NUMBER", ""),
            title=environ.get("GERRIT_CHANGE_SUBJECT", ""),
            text=_decoded(environ.get("GERRIT_CHANGE_COMMIT_MESSAGE")),
            pusher=environ.get("GERRIT_PATCHSET_UPLOADER_EMAIL", ""),
        )
    ref = environ.get("GERRIT_REFNAME", "")
    before = commit_id(environ.get("GERRIT_OLDREV", ""), "GERRIT_OLDREV")
    after = commit_id(environ.get("GERRIT_NEWREV", ""), "GERRIT_NEWREV")
    pusher = environ.get("GERRIT_SUBMITTER_EMAIL", "")
    if ref.startswith("refs/tags/"):
        endpoints = Endpoints(Kind.TAG if after else Kind.DELETION, after or "HEAD", head_ref=ref)
    elif after or before:
        kind = Kind.PUSH if after else Kind.DELETION
        endpoints = Endpoints(kind, after or "HEAD", before, target=branch_name(ref, "GERRIT_REFNAME"))
    else:
        endpoints = Endpoints(Kind.BRANCH, target=branch_name(environ.get("GERRIT_BRANCH", ""), "GERRIT_BRANCH"))
    return Change(SYSTEM, endpoints, FULL_HISTORY, pusher=pusher)


def _decoded(message: str | None) -> str | None:
    """The plugin's usual form is base64; it can be set to plain text."""
    if message is None:
        return None
    try:
        return base64.b64decode(message, validate=True).decode()
    except (binascii.Error, ValueError):
        return message
