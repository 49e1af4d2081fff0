"""GitHub Actions.

Variables: https://docs.github.com/en/actions/reference/workflows-and-actions/variables
Events: https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows
Payloads: https://docs.github.com/en/webhooks/webhook-events-and-payloads
"""

import re

from byline.errors import UnreadableInput
from byline.providers.change import Change, Environment, ReadFile, Squash
from byline.providers.event_file import Event, parse_event
from byline.providers.values import branch_name, commit_id, needed_id
from byline.repository.endpoints import Endpoints, Kind

SYSTEM = "GitHub Actions"
FULL_HISTORY = "Give the step actions/checkout the input `fetch-depth: 0`."

_MERGE_REF = re.compile(r"refs/pull/([1-9][0-9]*)/merge")
_UNTRUSTED = (
    "pull_request_target runs with the secrets of this repository: byline only reads the commits of the pull "
    "request, and no other step of this job should check them out or run anything from them"
)
_NO_EVENT = "the event file is missing, so the description of the pull request was not looked at"


def read_change(environ: Environment, read: ReadFile, system: str = SYSTEM) -> Change:
    """What the event that started the run is about. Raises UnreadableInput."""
    name = environ.get("GITHUB_EVENT_NAME", "")
    path = environ.get("GITHUB_EVENT_PATH", "")
    data = read(path) if path else None
    merge_ref = _MERGE_REF.fullmatch(environ.get("GITHUB_REF", ""))
    if data is None and name == "pull_request" and merge_ref:
        return _request_by_variables(environ, system, merge_ref[1])
    event = parse_event(data, path)
    if isinstance(event.at("pull_request"), dict):
        return _request(environ, event, system)
    if name == "merge_group":
        return _queue(event, system)
    if name == "push":
        return _push(environ, event, system)
    return _by_hand(environ, event, system)


def _request(environ: Environment, event: Event, system: str) -> Change:
    request = Event(event.at("pull_request"))
    number = request.number("number") or event.number("number")
    merges = _MERGE_REF.fullmatch(environ.get("GITHUB_REF", ""))
    body = request.at("body")
    return Change(
        system,
        Endpoints(
            Kind.REQUEST,
            head=needed_id(request.text("head", "sha"), "pull_request.head.sha"),
            base=needed_id(request.text("base", "sha"), "pull_request.base.sha"),
            merge=commit_id(environ.get("GITHUB_SHA", ""), "GITHUB_SHA") if merges else "",
            target=branch_name(request.text("base", "ref"), "pull_request.base.ref"),
            default=_default(event),
            head_ref=f"refs/pull/{number}/head" if number else "",
        ),
        FULL_HISTORY,
        number=number,
        title=request.text("title"),
        text=body if isinstance(body, str) else "",
        source=request.text("head", "ref"),
        labels=tuple(label.text("name") for label in request.objects("labels")),
        pusher=request.text("user", "login"),
        squash=_squash(request, number),
        warnings=(_UNTRUSTED,) if environ.get("GITHUB_EVENT_NAME") == "pull_request_target" else (),
    )


def _request_by_variables(environ: Environment, system: str, number: str) -> Change:
    """A run without its event file: the checked out merge commit still tells what it merged."""
    return Change(
        system,
        Endpoints(
            Kind.REQUEST,
            head="",
            merge=needed_id(environ.get("GITHUB_SHA", ""), "GITHUB_SHA"),
            target=branch_name(environ.get("GITHUB_BASE_REF", ""), "GITHUB_BASE_REF"),
            head_ref=f"refs/pull/{number}/head",
        ),
        FULL_HISTORY,
        number=number,
        source=environ.get("GITHUB_HEAD_REF", ""),
        pusher=environ.get("GITHUB_ACTOR", ""),
        warnings=(_NO_EVENT,),
    )


def _queue(event: Event, system: str) -> Change:
    return Change(
        system,
        Endpoints(
            Kind.QUEUE,
            head=needed_id(event.text("merge_group", "head_sha"), "merge_group.head_sha"),
            base=needed_id(event.text("merge_group", "base_sha"), "merge_group.base_sha"),
            target=branch_name(event.text("merge_group", "base_ref"), "merge_group.base_ref"),
            default=_default(event),
        ),
        FULL_HISTORY,
    )


def _push(environ: Environment, event: Event, system: str) -> Change:
    ref = event.text("ref") or environ.get("GITHUB_REF", "")
    tag = ref.startswith("refs/tags/")
    kind = Kind.DELETION if event.is_true("deleted") else Kind.TAG if tag else Kind.PUSH
    after = commit_id(event.text("after"), "after")
    built = commit_id(environ.get("GITHUB_SHA", ""), "GITHUB_SHA")
    if kind is Kind.PUSH and after and built and after != built:
        raise UnreadableInput(
            f"the event file speaks of {after[:10]}, but the run is about {built[:10]}",
            "Leave the event file as the runner wrote it, or name the commits with --base and --head.",
        )
    return Change(
        system,
        Endpoints(
            kind,
            head=after or built or "HEAD",
            base="" if tag else commit_id(event.text("before"), "before"),
            target="" if tag else branch_name(ref, "ref"),
            default=_default(event),
            head_ref=ref,
        ),
        FULL_HISTORY,
        pusher=event.text("pusher", "name"),
    )


def _by_hand(environ: Environment, event: Event, system: str) -> Change:
    """A schedule, a dispatch, or another event that is about no commits."""
    ref = environ.get("GITHUB_REF", "")
    return Change(
        system,
        Endpoints(
            Kind.TAG if ref.startswith("refs/tags/") else Kind.BRANCH,
            head=commit_id(environ.get("GITHUB_SHA", ""), "GITHUB_SHA") or "HEAD",
            target=branch_name(ref, "GITHUB_REF") if ref.startswith("refs/heads/") else "",
            default=_default(event),
            head_ref=ref,
        ),
        FULL_HISTORY,
        pusher=environ.get("GITHUB_ACTOR", ""),
    )


def _default(event: Event) -> str:
    return branch_name(event.text("repository", "default_branch"), "repository.default_branch")


def _squash(request: Event, number: str) -> Squash | None:
    """The commit of a squash merge, as planned by auto-merge or as the settings of the repository would make it.

    The settings: https://docs.github.com/en/rest/repos/repos#update-a-repository (squash_merge_commit_message).
    """
    if request.text("auto_merge", "merge_method") == "squash":
        title = request.text("auto_merge", "commit_title")
        if title:
            return Squash(True, f"{title}\n\n{request.text('auto_merge', 'commit_message')}".strip() + "\n", True)
    planned = request.text("auto_merge", "merge_method") == "squash"
    if not planned and not request.is_true("base", "repo", "allow_squash_merge"):
        return None
    way = request.text("base", "repo", "squash_merge_commit_message")
    if way not in ("PR_BODY", "BLANK"):
        return Squash(planned, None)
    body = request.text("body") if way == "PR_BODY" else ""
    return Squash(planned, f"{request.text('title')} (#{number})\n\n{body}".strip() + "\n")
