"""Tools that may not be used, and roles that tools may not have."""

from collections.abc import Iterator

from byline.model import Rule
from byline.policy.case import Breach, Case, outcome_of, role_of
from byline.policy.rulings import Ruling
from byline.policy.wording import capitalised, cut, expiry, tool_name


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
        in_scope = ruling.path is not None and ruling.rule.text.startswith("[[scope]]")
        where = f"in {cut(ruling.path or '')}" if in_scope else "here"
        yield Breach(
            f"{capitalised(name)} is denied {where}{expiry(ruling)}",
            ruling.rule,
            outcome_of(ruling),
            (*filter(None, [ruling.say]), f"Leave out what was made with {name}, or ask for an exemption"),
        )


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
                (f"Commit under your own name: git commit --amend{' --reset-author' if role == 'author' else ''}",),
            )
        else:
            yield Breach(
                f"{name} stands in {finding.role}, which is for people only",
                rule,
                outcome_of(ruling),
                (f"Delete this line of the message: {cut(finding.text)}",),
            )
