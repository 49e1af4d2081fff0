"""Which events of the decision log are wanted: conditions that make no sense are refused, not answered with nothing."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from difflib import get_close_matches

from byline.catalogue.load import load_catalogue
from byline.commands.arguments import Parser
from byline.commands.stages import SERVER_STAGES
from byline.errors import UsageError
from byline.reporters.push_report import ACCEPTED, DEFERRED, OVERRIDDEN, REFUSED, UNCHECKED

Event = Mapping[str, object]

_MOMENT = re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?Z?)?")


def add_conditions(parser: Parser) -> None:
    """The options that say which events are wanted."""
    chosen = parser.add_argument_group("which events (all conditions must hold)")
    chosen.add_argument("--refused", action="store_true", help="pushes that were not let in")
    outcomes = (ACCEPTED, REFUSED, UNCHECKED, DEFERRED, OVERRIDDEN)
    chosen.add_argument("--outcome", choices=outcomes, help="what became of the push")
    chosen.add_argument("--stage", choices=tuple(SERVER_STAGES), help="the hook that wrote the event")
    chosen.add_argument("--since", metavar="TIME", help="from this day (2026-11-01) or moment (2026-11-01T12:00Z) on")
    chosen.add_argument("--until", metavar="TIME", help="before this day or moment")
    chosen.add_argument("--pusher", metavar="NAME", help="pushes of this account")
    chosen.add_argument("--ref", metavar="REF", help="pushes to this ref, full or short")
    chosen.add_argument("--tool", metavar="TOOL", help="pushes in which a mark of this tool was seen")
    chosen.add_argument(
        "--commit", metavar="ID", help="pushes with a finding in this commit, or that moved a ref to it"
    )
    chosen.add_argument("--event", metavar="ID", help="the event with this id, as pushers are told it")


def check_conditions(asked: Mapping[str, object]) -> None:
    """Raise UsageError for a condition that no event can meet. A tool is left to `refuse_unknown_tool`."""
    for name in ("since", "until"):
        if asked[name] is not None:
            _check_moment(str(asked[name]))
    for name in ("commit", "event"):
        if asked[name] is not None and not re.fullmatch(r"[0-9a-fA-F]{4,64}", str(asked[name])):
            raise UsageError(f"{asked[name]} is no {name} id", "Write at least 4 of its hexadecimal digits.")


def _check_moment(text: str) -> None:
    advice = "Write 2026-11-01 or 2026-11-01T12:00Z."
    if not _MOMENT.fullmatch(text):
        raise UsageError(f"{text} is no day and no moment", advice)
    try:
        datetime.fromisoformat(text[:19].rstrip("Z"))
    except ValueError as error:
        raise UsageError(f"{text} is no day and no moment: {error}", advice) from error


def refuse_unknown_tool(tool: str, seen: Collection[str]) -> None:
    """Raise UsageError for a tool that neither the catalogue has nor any event of the log names."""
    known = {*load_catalogue().tool_names, *seen}
    if tool in known:
        return
    close = get_close_matches(tool.lower(), sorted(known), 1)
    hint = f"; did you mean {close[0]}?" if close else ""
    raise UsageError(
        f"byline knows no tool called {tool}, and no event of this log names it{hint}", "`byline tools` lists them all."
    )


def wanted(event: Event, asked: Mapping[str, object]) -> bool:
    """Whether all conditions hold for an event."""
    time = str(event.get("time", ""))
    return (
        not (asked["refused"] and not event.get("exit"))
        and all(asked[name] in (None, event.get(name)) for name in ("outcome", "stage", "pusher"))
        and (asked["event"] is None or str(event.get("event")).startswith(str(asked["event"]).lower()))
        and (asked["since"] is None or time >= _as_logged(asked["since"]))
        and (asked["until"] is None or time < _as_logged(asked["until"]))
        and (asked["tool"] is None or asked["tool"] in tools_of(event))
        and (asked["ref"] is None or any(_names(ref, str(asked["ref"])) for ref in _rows(event.get("refs"))))
        and (asked["commit"] is None or _about(event, str(asked["commit"]).lower()))
    )


def tools_of(event: Event) -> Collection[str]:
    """The tools that an event names."""
    tools = event.get("tools")
    return tools if isinstance(tools, dict) else ()


def _as_logged(moment: object) -> str:
    """The beginning of the times that are meant, as the log writes them: without the Z, which sorts after digits."""
    return str(moment).replace(" ", "T").removesuffix("Z")


def _names(row: Event, ref: str) -> bool:
    name = str(row.get("ref", ""))
    return name == ref or name.partition("/")[2].partition("/")[2] == ref


def _about(event: Event, commit: str) -> bool:
    return any(str(one).startswith(commit) for one in _ids(event))


def _ids(event: Event) -> Iterator[object]:
    yield from (row.get("sha") for row in _rows(event.get("commits")))
    yield from (row.get("new") for row in _rows(event.get("refs")))


def _rows(value: object) -> Sequence[Event]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
