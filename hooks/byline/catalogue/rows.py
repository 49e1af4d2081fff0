"""One `[[mark]]` row to a `Mark`. Each surface has its own fields."""

import re
from collections.abc import Callable, Mapping

from byline.catalogue.fields import Fields, Origin
from byline.catalogue.possible_characters import may_hold_character, must_hold_digit
from byline.catalogue.required_literals import SHORTEST_LITERAL, required_literals
from byline.catalogue.safe_patterns import danger
from byline.catalogue.schema import (
    AddressMatch,
    ConfigMatch,
    EnvironmentMatch,
    IdentityMatch,
    LineMatch,
    Mark,
    Match,
    MessageMatch,
    PathMatch,
    TrailerMatch,
)
from byline.model import Confidence, Mode, Runner, Shows, Surface

SHORTEST_NEEDLE = 5
LONGEST_PATTERN = 500
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
CONFIG_ENDINGS = (".json", ".jsonc", ".yml", ".yaml", ".toml")


def mark(tool: str, table: Mapping[str, object], origin: Origin, *, documented: bool) -> Mark | None:
    """The row as a value, or None when a fault was noted.

    `documented` rows need a source, matches and ignores. `tool` is "" when the tool's own id is faulty.
    """
    fields = Fields(table, origin)
    before = len(origin.faults)
    mark_id = fields.text("id", required=True)
    if tool and mark_id and not (mark_id.startswith(f"{tool}.") and _SLUG.fullmatch(mark_id, len(tool) + 1)):
        fields.fault("id", f"`id` is {mark_id!r}, and has to be `{tool}.` with lower-case words joined by hyphens")
    surface = fields.word("surface", Surface)
    confidence = fields.word("confidence", Confidence)
    shows = fields.word("shows", Shows)
    mode = fields.text("mode")
    chosen_mode = fields.chosen("mode", mode, Mode) if mode else None
    since, until = _date(fields, "since"), _date(fields, "until")
    note = fields.text("note")
    sources = _sources(fields, documented)
    matches, ignores = fields.texts("matches", required=documented), fields.texts("ignores", required=documented)
    if surface is None or confidence is None or shows is None:
        return None  # the remaining fields depend on the surface
    match = _SURFACES[surface](fields)
    fields.refuse_others()
    if match is None or len(origin.faults) > before:
        return None
    return Mark(
        mark_id,
        tool,
        surface,
        confidence,
        shows,
        match,
        chosen_mode,
        since,
        until,
        note,
        sources,
        matches,
        ignores,
    )


def _date(fields: Fields, name: str) -> str:
    value = fields.get(name)
    if value is None:
        return ""
    text = value if isinstance(value, str) else str(value)  # TOML's own dates print as ISO
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", text):
        fields.fault(name, f"`{name}` is {text!r}, and has to be a date such as 2025-02-24")
    return text


def _sources(fields: Fields, required: bool) -> tuple[str, ...]:
    sources = fields.texts("source", required=required)
    for source in sources:
        if not re.fullmatch(r"https://[^\s/]+\.[^\s/]+(/\S*)?", source):
            fields.fault("source", f"`source` is {source!r}, and has to be an https:// address")
    return sources


def _only_one(fields: Fields, names: tuple[str, ...]) -> str:
    """The one of these fields that the row has; "" and a fault when it has none or several."""
    present = [name for name in names if name in fields]
    for name in names:
        if name not in present:
            fields.get(name)  # so that a misspelt one is suggested
    if len(present) == 1:
        return present[0]
    said = " and ".join(f"`{name}`" for name in present) if present else "none of them"
    for name in present:
        fields.get(name)
    fields.origin.fault(f"the row needs exactly one of {', '.join(f'`{name}`' for name in names)}, and has {said}")
    return ""


def _lower(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(text.lower() for text in texts)


def _address(fields: Fields, kind: str) -> AddressMatch:
    names = _lower(fields.texts("name"))
    logins = _lower(fields.texts("github-login"))
    if kind == "github-id":
        return AddressMatch(
            github_ids=frozenset(str(number) for number in fields.numbers("github-id")), logins=logins, names=names
        )
    if logins:
        fields.fault("github-login", "`github-login` goes with `github-id` only")
    emails = _lower(fields.texts("email"))
    for email in emails:
        if not re.fullmatch(r"[^\s<>@]+@[^\s<>@]+", email):
            fields.fault("email", f"`email` is {email!r}, and has to be an address without <>")
    return AddressMatch(emails=emails, names=names)


def _trailer(fields: Fields) -> Match | None:
    keys = _lower(fields.texts("key"))
    for key in keys:
        if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", key):
            fields.fault("key", f"`key` is {key!r}, and has to be letters, digits and hyphens without a colon")
    kind = _only_one(fields, ("email", "github-id", "names", "value", "any-value"))
    if kind in ("email", "github-id"):
        return TrailerMatch(keys, address=_address(fields, kind))
    if kind == "names":
        return TrailerMatch(keys, declared=tuple(sorted(_lower(fields.texts("names")))))
    if kind == "value":
        value = _pattern(fields, "value", whole=True)
        needles = _required(fields, "value", value, optional=bool(keys))
        hints = () if fields.origin.faults else required_literals(value, _SHORTEST_HINT)
        brackets = bool(fields.origin.faults) or may_hold_character(value, "<")
        digit = not fields.origin.faults and must_hold_digit(value)
        return TrailerMatch(keys, value=value, needles=needles, hints=hints, brackets=brackets, digit=digit)
    if kind == "any-value":
        if not fields.flag("any-value"):
            fields.fault("any-value", "`any-value` can only be true")
        if not keys:
            fields.origin.fault("`any-value` needs a `key`")
        return TrailerMatch(keys, any_value=True)
    return None


def _identity(fields: Fields) -> Match | None:
    roles = frozenset(fields.texts("role")) or frozenset({"author", "committer"})
    for role in sorted(roles - {"author", "committer"}):
        fields.fault("role", f"`role` is {role!r}, and has to be one of: author, committer")
    kind = _only_one(fields, ("email", "github-id", "pattern"))
    if kind == "pattern":
        pattern = _pattern(fields, "pattern")
        return IdentityMatch(roles, pattern=pattern, needles=_required(fields, "pattern", pattern))
    return IdentityMatch(roles, address=_address(fields, kind)) if kind else None


def _message(fields: Fields) -> Match | None:
    kind = _only_one(fields, ("footer", "pattern"))
    if kind == "footer":
        names = _lower(fields.texts("footer"))
        return MessageMatch(tuple(sorted(names)), footers=names)
    if kind == "pattern":
        pattern = _pattern(fields, "pattern")
        return MessageMatch(_needles(fields), pattern=pattern)
    return None


def _line(fields: Fields) -> Match | None:
    pattern = _pattern(fields, "pattern", required=True)
    return LineMatch(_needles(fields), pattern, _globs(fields, "paths"))


def _path(fields: Fields) -> Match | None:
    return PathMatch(_globs(fields, "path", required=True))


def _config(fields: Fields) -> Match | None:
    globs = _globs(fields, "path", required=True)
    for glob in globs:
        if not glob.endswith(CONFIG_ENDINGS):
            fields.fault("path", f"`path` is {glob!r}, and has to end with one of: {', '.join(CONFIG_ENDINGS)}")
    given = fields.get("pointer")
    pointer = tuple(given.split(".")) if isinstance(given, str) else fields.texts("pointer", required=True)
    if given is not None and not all(pointer):
        fields.fault("pointer", "`pointer` has an empty step")
    return ConfigMatch(globs, pointer, fields.scalars("value"))


def _environment(fields: Fields) -> Match | None:
    kind = _only_one(fields, ("variable", "process"))
    runner = fields.word("run-by", Runner)
    if runner is Runner.PERSON and fields.get("shows") != Shows.SETUP:
        fields.fault("shows", '`shows` has to be "setup" where a person runs the command: that is not use of the tool')
    if kind == "process":
        names = _lower(fields.texts("process"))
        for name in names:
            if not re.fullmatch(r"[a-z0-9@._ ()-]+(/[a-z0-9@._-]+)*", name):
                fields.fault("process", f"`process` is {name!r}, and has to be a program or the end of a script's path")
        return EnvironmentMatch(runner or Runner.AGENT, processes=names)
    variable = fields.text("variable", required=bool(kind))
    if variable and not re.fullmatch(r"[A-Z_][A-Z0-9_]*", variable):
        fields.fault("variable", f"`variable` is {variable!r}, and has to be capitals, digits and underscores")
    values = tuple(sorted(_lower(fields.texts("value"))))
    return EnvironmentMatch(runner or Runner.AGENT, variable, values) if kind else None


_SURFACES: Mapping[Surface, Callable[[Fields], Match | None]] = {
    Surface.TRAILER: _trailer,
    Surface.IDENTITY: _identity,
    Surface.MESSAGE: _message,
    Surface.LINE: _line,
    Surface.PATH: _path,
    Surface.CONFIG: _config,
    Surface.ENVIRONMENT: _environment,
}


def _needles(fields: Fields) -> tuple[str, ...]:
    needles = fields.texts("needle", required=True)
    for needle in needles:
        if len(needle) < SHORTEST_NEEDLE:
            fields.fault("needle", f"`needle` is {needle!r}, and has to have {SHORTEST_NEEDLE} characters or more")
        if needle != needle.lower():
            fields.fault("needle", f"`needle` is {needle!r}, and has to be lower case")
        if not needle.isprintable():
            fields.fault("needle", f"`needle` is {needle!r}, and may only hold characters that can be seen")
    return needles


def _globs(fields: Fields, name: str, *, required: bool = False) -> tuple[str, ...]:
    globs = fields.texts(name, required=required)
    for glob in globs:
        if glob.startswith("!"):
            fields.fault(name, f"`{name}` is {glob!r}, and cannot begin with `!`: globs only add")
        if len(glob) > LONGEST_PATTERN:
            fields.fault(name, f"`{name}` has {len(glob)} characters, and may have {LONGEST_PATTERN}")
    return globs


def _pattern(fields: Fields, name: str, *, required: bool = False, whole: bool = False) -> str:
    text = fields.text(name, required=required)
    if len(text) > LONGEST_PATTERN:
        fields.fault(name, f"`{name}` has {len(text)} characters, and may have {LONGEST_PATTERN}")
    elif text:
        reason = danger(text, whole=whole)
        if reason:
            fields.fault(name, f"`{name}` {reason}")
    return text


_SHORTEST_HINT = 2
_IN_MOST_MESSAGES = frozenset({"http", "https", "://", "-authored", "-generated"})


def _required(fields: Fields, name: str, pattern: str, *, optional: bool = False) -> tuple[str, ...]:
    """Literals of which everything that the pattern matches holds one: without them nothing could be searched for."""
    if not pattern or fields.origin.faults:
        return ()
    needles = required_literals(pattern)
    if not needles and not optional:
        fields.fault(name, f"`{name}` has to contain {SHORTEST_LITERAL} plain characters in a row in each alternative")
    # a key is rarer than what stands in every other message
    return () if optional and _IN_MOST_MESSAGES.issuperset(needles) else needles
