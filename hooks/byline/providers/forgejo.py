"""Forgejo and Gitea Actions, which set the variables and the event file of GitHub Actions.

Variables: https://forgejo.org/docs/latest/user/actions/reference/
"""

from byline.providers import github
from byline.providers.change import Change, Environment, ReadFile, Squash
from byline.providers.event_file import Event, parse_event
from byline.repository.endpoints import Kind


def read_change(environ: Environment, read: ReadFile) -> Change:
    """As GitHub's, with the settings that only these systems have. Raises UnreadableInput."""
    system = "Forgejo Actions" if environ.get("FORGEJO_ACTIONS") else "Gitea Actions"
    change = github.read_change(environ, read, system)
    path = environ.get("GITHUB_EVENT_PATH", "")
    if change.endpoints.kind is not Kind.REQUEST or not path or (data := read(path)) is None:
        return change
    return change._replace(squash=change.squash or _squash(parse_event(data, path)))


def _squash(event: Event) -> Squash | None:
    """A repository whose usual way to merge is a squash; its message is made from those of the commits."""
    style = event.text("pull_request", "base", "repo", "default_merge_style")
    return Squash(True, None) if style == "squash" else None
