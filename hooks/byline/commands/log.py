"""`byline log`: what a server decided about pushes."""

import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from byline.actions.decision_log import LogError, destination, read
from byline.commands.arguments import Parser
from byline.errors import EXIT_NOT_CHECKED, EXIT_OK, UsageError
from byline.reporters.event_text import event_text
from byline.reporters.notices import say, tell
from byline.repository.discovery import discover
from byline.repository.server_settings import read_server_settings

_SUMMARY = "Read the decision log of a server: one event a push, oldest first."
_EXAMPLES = """\
examples:
  byline log --repo /srv/git/project.git
  byline log --refused --since 2026-11-01
  byline log --commit 3f1c2a9b04 --format jsonl
  byline log --file /var/log/byline/decisions.jsonl --pusher grace

A line that cannot be read is counted and told; the exit code is then 3.
"""

Event = Mapping[str, object]


def run(arguments: Sequence[str]) -> int:
    """Print the events that are asked for. Returns the exit code."""
    parser = Parser("log", _SUMMARY, _EXAMPLES)
    parser.add_argument("--repo", metavar="DIR", help="the repository on the server (default: where you are)")
    parser.add_argument("--file", metavar="FILE", help="the log itself (default: what the repository's settings name)")
    parser.add_argument("--format", choices=("text", "jsonl"), default="text", help="jsonl prints events as logged")
    chosen = parser.add_argument_group("which events (all conditions must hold)")
    chosen.add_argument("--refused", action="store_true", help="pushes that were not let in")
    chosen.add_argument("--outcome", metavar="WORD", help="accepted, refused, unchecked, deferred or overridden")
    chosen.add_argument("--stage", metavar="STAGE", help="such as pre-receive")
    chosen.add_argument("--since", metavar="TIME", help="from this day (2026-11-01) or moment (2026-11-01T12:00Z) on")
    chosen.add_argument("--until", metavar="TIME", help="before this day or moment")
    chosen.add_argument("--pusher", metavar="NAME", help="pushes of this account")
    chosen.add_argument("--ref", metavar="REF", help="pushes to this ref, full or short")
    chosen.add_argument("--tool", metavar="TOOL", help="pushes in which a mark of this tool was seen")
    chosen.add_argument(
        "--commit", metavar="ID", help="pushes with a finding in this commit, or that moved a ref to it"
    )
    chosen.add_argument("--event", metavar="ID", help="the event with this id, as pushers are told it")
    options = parser.parse_args(arguments)
    for moment in (options.since, options.until):
        if moment is not None and not re.fullmatch(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?Z?)?", moment):
            raise UsageError(f"{moment} is no day and no moment", "Write 2026-11-01 or 2026-11-01T12:00Z.")
    broken = 0
    for event, line in _events(options.file or _file(options.repo)):
        if event is None:
            broken += 1
        elif _wanted(event, vars(options)):
            say(line if options.format == "jsonl" else event_text(event))
    if broken:
        tell(f"{broken} line{'' if broken == 1 else 's'} of the log could not be read")
    return EXIT_NOT_CHECKED if broken else EXIT_OK


def _file(directory: str | None) -> str:
    repository = discover(directory)
    place = destination(read_server_settings(repository).log, repository.common_dir)
    if place.kind != "file":
        raise LogError(f"this server logs to {place.kind}", "Read it there, or name a file with --file FILE.")
    if not os.path.exists(place.path):
        raise LogError(f"nothing has been logged yet in {place.path}", "The hooks write it with the first push.")
    return place.path


def _events(path: str) -> Iterator[tuple[Event | None, str]]:
    for raw in read(path):
        text = raw.decode("utf-8", "replace").strip()
        try:
            event = json.loads(text)
        except ValueError:
            event = None
        if text:
            yield (cast("Event", event) if isinstance(event, dict) else None), text


def _wanted(event: Event, asked: Mapping[str, object]) -> bool:
    time = str(event.get("time", ""))
    return (
        not (asked["refused"] and not event.get("exit"))
        and all(asked[name] in (None, event.get(name)) for name in ("outcome", "stage", "pusher", "event"))
        and (asked["since"] is None or time >= str(asked["since"]).replace(" ", "T"))
        and (asked["until"] is None or time < str(asked["until"]).replace(" ", "T"))
        and (asked["tool"] is None or asked["tool"] in _mapping(event.get("tools")))
        and (asked["ref"] is None or any(_names(ref, str(asked["ref"])) for ref in _rows(event.get("refs"))))
        and (asked["commit"] is None or _about(event, str(asked["commit"]).lower()))
    )


def _names(row: Event, ref: str) -> bool:
    name = str(row.get("ref", ""))
    return name == ref or name.partition("/")[2].partition("/")[2] == ref


def _about(event: Event, commit: str) -> bool:
    ids = [row.get("sha") for row in _rows(event.get("commits"))] + [row.get("new") for row in _rows(event.get("refs"))]
    return any(str(one).startswith(commit) for one in ids)


def _rows(value: object) -> Sequence[Event]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _mapping(value: object) -> Event:
    return value if isinstance(value, dict) else {}
