"""The rarer tables of a policy file to values: exemptions, approval, markers, limits, pull request."""

from collections.abc import Mapping

from byline.model import Rule
from byline.policy.build import check_commit_id
from byline.policy.build_verdicts import build_where, tool_named
from byline.policy.draft import Draft
from byline.policy.schema import Policy, Where
from byline.policy.source import DAY, Source, as_texts, day, text, texts
from byline.policy.wording import listed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from byline.policy.approval import Approval
    from byline.policy.bounds import Limit, Markers
    from byline.policy.exemption import Exemption
    from byline.policy.request_demands import PullRequest

_MOST_MEMBERS = 3


def with_rules(draft: Draft, policy: Policy) -> Policy:
    """The policy with what these tables say."""
    return policy._replace(
        exemptions=tuple(_exemptions(draft)) if draft.has("exempt") else (),
        approval=_approval(draft) if draft.has("approval") else None,
        markers=_markers(draft) if draft.has("markers") else None,
        limits=_limits(draft) if draft.has("limits") else {},
        pull_request=_pull_request(draft) if draft.has("pull-request") else None,
    )


def _exemptions(draft: Draft) -> "list[Exemption]":
    from byline.policy.exemption import Exemption

    found = []
    for source in draft.sources:
        for position, table in enumerate(source.tables("exempt")):
            path = ("exempt", position)
            where = build_where(draft, source, {name: table[name] for name in table if name != "until"}, path)
            tools = texts(table, "tool")
            for commit in where.commits or ():
                check_commit_id(draft, source, (*path, "commits"), commit)
            if where == Where() and tools is None:
                draft.fault(source, path, "the exemption covers everything; give it tool, paths, authors or branches")
            ids = [tool_named(draft, source, (*path, "tool"), name) for name in tools or ()]
            last_day = day(table, "until")
            found.append(
                Exemption(
                    where,
                    None if tools is None else frozenset(ids),
                    _exemption_name(table),
                    text(table, "by"),
                    text(table, "reason"),
                    None if last_day is None else last_day + DAY,
                    str(table.get("until", "")),
                    source.rule(path, f"[[exempt]] {_exemption_name(table)}"),
                )
            )
    return found


def _exemption_name(table: Mapping[str, object]) -> str:
    return text(table, "id") or f'"{text(table, "reason")}"'


def _approval(draft: Draft) -> "Approval":
    from byline.policy.approval import DEFAULT, Approval

    by_source, by = draft.last("approval", "by")
    trailer_source, trailer = draft.last("approval", "trailer")
    label_source, label = draft.last("approval", "label")
    people = as_texts(by) if by is not None else ()
    approves = draft.people(by_source, by_source.table("approval"), "by", ("approval",))
    quoted = ", ".join(f'"{who}"' for who in people)
    shown = f"[approval] by = [{quoted}]" if people else "[approval]"
    source = by_source if people else trailer_source if trailer else label_source
    return Approval(
        str(trailer or ("" if label else DEFAULT.trailer)),
        listed([_who(draft, who) for who in people], "or") if people else "nobody" if approves else DEFAULT.by,
        approves,
        str(label or ""),
        source.rule(("approval", "by"), shown),
    )


def _who(draft: Draft, who: str) -> str:
    """A person or a group as reasons name it, with the first members of a group."""
    members = draft.groups.get(who.removeprefix("@"), ()) if who.startswith("@") else ()
    if not members:
        return who
    return f"{who} ({', '.join(members[:_MOST_MEMBERS])}{' ...' if len(members) > _MOST_MEMBERS else ''})"


def _markers(draft: Draft) -> "Markers":
    from byline.policy.bounds import Markers

    path_source, _ = draft.last("markers", "paths")
    paths = draft.paths(path_source, path_source.table("markers"), ("markers",))
    rule = path_source.rule(("markers", "paths"), "[markers] paths")
    return Markers(
        _marker_texts(draft, "message"), _marker_texts(draft, "diff"), None if paths is None else (paths, rule)
    )


def _marker_texts(draft: Draft, name: str) -> tuple[tuple[str, Rule], ...]:
    source, value = draft.last("markers", name)
    entries = as_texts(value) if value is not None else ()
    for position, entry in enumerate(entries):
        if name == "diff" and "\n" in entry:
            draft.fault(source, ("markers", name, position), "a text in the diff stands in one line")
    return tuple((entry, _marker_rule(source, name, position, entry)) for position, entry in enumerate(entries))


def _marker_rule(source: Source, name: str, position: int, entry: str) -> Rule:
    return source.rule(("markers", name, position), f'[markers] {name} = "{entry}"')


def _pull_request(draft: Draft) -> "PullRequest":
    from byline.policy.request_demands import PullRequest

    section_source, section = draft.last("pull-request", "section")
    tick_source, tick = draft.last("pull-request", "tick")
    ask_source, ask = draft.last("pull-request", "ask")
    source = section_source if section else tick_source if tick is not None else ask_source
    return PullRequest(
        str(section or ""),
        tick if isinstance(tick, (int, str)) else None,
        str(ask or ""),
        source.rule(("pull-request",), "[pull-request]"),
    )


def _limits(draft: Draft) -> "Mapping[str, Limit]":
    from byline.policy.bounds import Limit

    limits = {}
    for name in ("max-lines", "max-files"):
        source, value = draft.last("limits", name)
        if isinstance(value, int):
            limits[name] = Limit(value, source.rule(("limits", name), f"[limits] {name} = {value}"))
    return limits
