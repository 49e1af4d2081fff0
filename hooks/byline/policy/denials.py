"""Tools that may not be used, and roles that tools may not have."""

from collections.abc import Iterator

from byline.lazy_pattern import lazy_pattern
from byline.model import Rule
from byline.policy.case import Breach, Case, outcome_of, role_of
from byline.policy.rulings import Ruling
from byline.policy.wording import capitalised, cut, expiry, tool_name

_PROPERTY = lazy_pattern(r"(?:\[(?:modes|hosting)\] |\] (?:modes|hosting)\.)([a-z-]+) = ")
_PROPERTIES = {
    "cloud": "which runs at its vendor",
    "private-tenant": "which runs in a tenant at its vendor",
    "internal": "which runs on the organisation's own machines",
    "local": "which runs on the machine of whoever uses it",
    "completion": "used to complete what somebody types",
    "chat": "used as a chat",
    "agent": "used as an agent",
    "unattended": "used as an agent that nobody watches",
    "review": "used for reviews",
    "translation": "used for translation",
}


def denied(case: Case) -> Iterator[Breach]:
    """One breach for each tool and rule that denies it."""
    first: dict[tuple[str, Rule], Ruling] = {}
    for ruling in case.counted:
        if ruling.verdict.word == "deny":
            key = (ruling.finding.tool, ruling.rule)
            if key not in first or (ruling.blocks and not first[key].blocks):
                first[key] = ruling
    for ruling in first.values():
        name = tool_name(case.policy, ruling.finding.tool)
        where = f"in {cut(ruling.path)}" if ruling.path is not None and _is_of_files(case, ruling.rule) else "here"
        yield Breach(
            f"{capitalised(name)}{_as_what(ruling.rule)} is denied {where}{expiry(ruling)}",
            ruling.rule,
            outcome_of(ruling),
            (*filter(None, [ruling.say]), f"Leave out what was made with {name}, or ask for an exemption"),
        )


def _is_of_files(case: Case, rule: Rule) -> bool:
    """Whether the rule stands in a scope that is about some files."""
    for scope in case.policy.scopes:
        layer = scope.layer
        said = [
            layer.ai,
            *(one for table in (layer.tools, layer.vendors, layer.hosting, layer.modes) for one in table.values()),
        ]
        if any(one is not None and one[1] == rule for one in said):
            return scope.where.paths is not None
    return False


def _as_what(rule: Rule) -> str:
    """What it is about the tool that the rule denies, where it is not the tool itself."""
    found = _PROPERTY.search(rule.text)
    return f", {_PROPERTIES[found[1]]}," if found and found[1] in _PROPERTIES else ""


def _as_oneself(case: Case, role: str) -> str:
    if not case.is_being_made:
        return f"git commit --amend{' --reset-author' if role == 'author' else ''}"
    if role == "author":
        return case.again('--author="Your Name <you@example.org>"')
    variables = "GIT_COMMITTER_NAME and GIT_COMMITTER_EMAIL"
    return f"correct user.name and user.email (git config), or the variables {variables}, and {case.again()}"


def humans_only(case: Case) -> Iterator[Breach]:
    """Findings in a role that is for people."""
    seen = set()
    for ruling in case.counted:
        finding = ruling.finding
        role = role_of(finding)
        rule = case.policy.trailers.human_only.get(role)
        if rule is None or (role, finding.tool, ruling.blocks) in seen:
            continue
        seen.add((role, finding.tool, ruling.blocks))
        name = capitalised(tool_name(case.policy, finding.tool))
        if role in ("author", "committer"):
            yield Breach(
                f"{name} is the {role} of the commit, which has to be a person",
                rule,
                outcome_of(ruling),
                (f"Commit under your own name: {_as_oneself(case, role)}",),
            )
        else:
            yield Breach(
                f"{name} stands in {finding.role}, which is for people only",
                rule,
                outcome_of(ruling),
                (f"Delete this line of the message: {cut(finding.text)}",),
            )
