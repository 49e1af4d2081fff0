"""The four verbs of `[trailers]` to values."""

from collections.abc import Mapping

from byline.model import Rule
from byline.policy.draft import Draft
from byline.policy.schema import Disclosure, Trailers
from byline.policy.source import Source, as_texts
from byline.policy.template import TemplateError, parse_template

ROLES = ("author", "committer")
SIGN_OFF = "signed-off-by"

_SIGN_OFF_RULE = Rule("Signed-off-by is always for people: it certifies the origin of a change")
_DEFAULT_RULE = Rule("without [trailers] disclose, an Assisted-by trailer discloses")


def build_trailers(draft: Draft) -> Trailers:
    """What the policy demands of trailers. Demands that no message can meet are faults."""
    source, names = draft.last("trailers", "names")
    trailers = Trailers(
        _disclosures(draft),
        _keys(draft, "forbid"),
        {SIGN_OFF: _SIGN_OFF_RULE, **_keys(draft, "human-only", roles=True)},
        _keys(draft, "require", as_written=True),
        (str(names), source.rule(("trailers", "names"), f'[trailers] names = "{names}"')) if names else None,
        draft.last("trailers", "write")[1] is not False,
        _keys(draft, "drop"),
        _keys(draft, "require-with-ai", as_written=True),
    )
    _check_contradictions(draft, trailers)
    taken = {*trailers.forbid, *trailers.human_only}
    if not trailers.disclose and not draft.has("pull-request") and "assisted-by" not in taken:
        default = Disclosure("Assisted-by", parse_template("{text}"), _DEFAULT_RULE)
        trailers = trailers._replace(disclose=(default,))
    return trailers


def _disclosures(draft: Draft) -> tuple[Disclosure, ...]:
    source, value = draft.last("trailers", "disclose")
    found = []
    for key, templates in value.items() if isinstance(value, dict) else ():
        path = ("trailers", "disclose", key)
        _check_key(draft, source, path, key)
        for template in as_texts(templates):
            try:
                parsed = parse_template(template)
            except TemplateError as fault:
                draft.fault(source, path, str(fault))
                continue
            found.append(Disclosure(key, parsed, source.rule(path, f'[trailers] disclose {key} = "{template}"')))
    return tuple(found)


def _keys(draft: Draft, verb: str, *, roles: bool = False, as_written: bool = False) -> Mapping[str, Rule]:
    source, value = draft.last("trailers", verb)
    keys = as_texts(value) if value is not None else ()
    path = ("trailers", verb)
    found = {}
    for position, key in enumerate(keys):
        if not (roles and key.lower() in ROLES):
            _check_key(draft, source, (*path, position), key)
        listed = ", ".join(f'"{other}"' for other in keys)
        found[key if as_written else key.lower()] = source.rule((*path, position), f"[trailers] {verb} = [{listed}]")
    return found


def _check_key(draft: Draft, source: Source, path: tuple[str | int, ...], key: str) -> None:
    if not (key.isascii() and key.replace("-", "").isalnum()) or key.startswith("-"):
        draft.fault(source, path, f'"{key}" cannot be the key of a trailer: letters, digits and hyphens, no colon')


def _check_contradictions(draft: Draft, trailers: Trailers) -> None:
    source, _ = draft.last("trailers", "drop")
    for key in trailers.drop:
        if key not in trailers.forbid:
            draft.fault(source, ("trailers", "drop"), f"{key} is not in [trailers] forbid, so it cannot be dropped")
    source, _ = draft.last("trailers", "disclose")
    for key in dict.fromkeys(disclosure.key for disclosure in trailers.disclose):
        path = ("trailers", "disclose", key)
        if key.lower() == SIGN_OFF:
            draft.fault(source, path, "Signed-off-by is always for people and cannot disclose AI")
        elif key.lower() in trailers.forbid:
            draft.fault(source, path, f"{key} is forbidden in [trailers] forbid, so it cannot disclose")
        elif key.lower() in trailers.human_only:
            draft.fault(source, path, f"{key} is in [trailers] human-only, so it cannot disclose")
    for verb, keys in (("require", trailers.require), ("require-with-ai", trailers.require_with_ai)):
        source, _ = draft.last("trailers", verb)
        for key in keys:
            if key.lower() in trailers.forbid:
                draft.fault(source, ("trailers", verb), f"{key} is both required and forbidden")
