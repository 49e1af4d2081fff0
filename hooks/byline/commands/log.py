"""`byline log`: what a server decided about pushes."""

import json
import os
from collections.abc import Iterator, Sequence
from typing import cast

from byline.actions.decision_log import LogError, destination, read
from byline.commands.arguments import Parser
from byline.commands.log_filter import Event, add_conditions, check_conditions, refuse_unknown_tool, tools_of, wanted
from byline.errors import EXIT_NOT_CHECKED, EXIT_OK
from byline.reporters.event_text import event_text
from byline.reporters.notices import say, tell
from byline.repository.discovery import discover
from byline.repository.server_settings import SettingsError, read_server_settings

_SUMMARY = "Read the decision log of a server: one event a push, oldest first."
_EXAMPLES = """\
examples:
  byline log --repo /srv/git/project.git
  byline log --refused --since 2026-11-01
  byline log --commit 3f1c2a9b04 --format jsonl
  byline log --file /var/log/byline/decisions.jsonl --pusher grace

Times are in UTC. A line that cannot be read is counted and told; the exit code is then 3.
"""


def run(arguments: Sequence[str]) -> int:
    """Print the events that are asked for. Returns the exit code."""
    parser = Parser("log", _SUMMARY, _EXAMPLES)
    parser.add_argument("--repo", metavar="DIR", help="the repository on the server (default: where you are)")
    parser.add_argument("--file", metavar="FILE", help="the log itself (default: what the repository's settings name)")
    parser.add_argument("--format", choices=("text", "jsonl"), default="text", help="jsonl prints events as logged")
    add_conditions(parser)
    options = parser.parse_args(arguments)
    asked = vars(options)
    check_conditions(asked)
    broken = found = 0
    tools: set[str] = set()
    for event, line in _events(options.file or _file(options.repo)):
        if event is None:
            broken += 1
            continue
        tools.update(tools_of(event))
        if wanted(event, asked):
            found += 1
            say(line if options.format == "jsonl" else event_text(event))
    if options.tool is not None and not found:
        refuse_unknown_tool(options.tool, tools)
    if not found:
        tell("no event matches")
    if broken:
        tell(f"{broken} line{'' if broken == 1 else 's'} of the log could not be read")
    return EXIT_NOT_CHECKED if broken else EXIT_OK


def _file(directory: str | None) -> str:
    repository = discover(directory)
    try:
        settings = read_server_settings(repository)
    except SettingsError as error:  # the hooks refuse every push for it, and log that as the other settings say
        tell(str(error))
        settings = error.understood
    place = destination(settings.log, repository.common_dir)
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
