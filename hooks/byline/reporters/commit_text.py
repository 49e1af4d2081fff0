"""One commit as a person reads it: what it is, what was found and where, which rule decided, what to do next."""

import textwrap
from collections.abc import Mapping, Sequence

from byline.catalogue.builtin import UNSEEN
from byline.model import CommitReport, Decision, Finding, Judged, Outcome, Rule, Verdict
from byline.reporters.escape import escape
from byline.reporters.own_marks import OWN_MARKS
from byline.reporters.style import paint
from byline.reporters.words import CONFIDENCES, OUTCOMES, SHOWS, SPELLINGS, SURFACES, counted, place, standing

_MOST_PLACES = 4
_MOST_ROWS = 3
_SHORT_SHA = 10

Group = tuple[tuple[Finding, ...], Judged | None]
"""Findings that are told together, and how the first of them, and so each, was judged."""


def commit_text(
    report: CommitReport,
    tool_names: Mapping[str, str],
    *,
    colour: bool = False,
    width: int = 80,
    most_places: int = _MOST_PLACES,
) -> str:
    """The commit as lines, with a blank line at the end.

    Findings of the same mark that one rule decided are told together, `most_places` of them with their place.
    """
    page = _Page(width, colour)
    page.lines.append(_headline(report, colour))
    skipped = report.decision is not None and report.decision.outcome is Outcome.SKIPPED
    for reason in () if skipped else report.commit.unread:
        page.row("gap", f"could not be read: {reason}", indent=2)
    groups = [group for group in _groups(report) if not _is_a_reason(group, report.decision)]
    for findings, judged in groups:
        _tell_group(page, findings, judged, tool_names, most_places)
    if report.decision is not None:
        _tell_decision(page, report.decision, [judged.rule for _, judged in groups if judged is not None])
    return "\n".join(page.lines) + "\n"


class _Page:
    """Lines of a label and a text that wraps beside it. Escapes every text it is given."""

    def __init__(self, width: int, colour: bool) -> None:
        self.lines: list[str] = []
        self.width = width
        self.colour = colour

    def row(self, label: str, text: str, *, indent: int, most_rows: int = 0) -> None:
        start = " " * indent + paint(f"{label:<5}", "quiet", colour=self.colour) + " "
        hang = " " * (indent + 6)
        room = max(self.width - indent - 6, 20)
        more = "  " if text.startswith("- ") else ""
        rows = textwrap.wrap(escape(text), room, break_on_hyphens=False, subsequent_indent=more) or [""]
        if most_rows and len(rows) > most_rows:
            rows = [*rows[: most_rows - 1], rows[most_rows - 1][: room - 4] + " ..."]
        self.lines.append((start + rows[0]).rstrip())
        self.lines.extend(hang + row for row in rows[1:])


def _headline(report: CommitReport, colour: bool) -> str:
    commit = report.commit
    name = report.about or (commit.sha[:_SHORT_SHA] if commit.sha else "this commit")
    head = paint(name, "strong", colour=colour)
    if report.decision is not None:
        outcome = report.decision.outcome
        head = f"{paint(OUTCOMES[outcome], outcome.value, colour=colour)}  {head}"
    return f"{head}  {escape(commit.subject)}".rstrip()


def _groups(report: CommitReport) -> list[Group]:
    judged: Sequence[Judged] = report.decision.judged if report.decision is not None else ()
    told = {item.finding for item in judged}
    groups: dict[tuple[object, ...], dict[Finding, Judged | None]] = {}
    for item in judged:
        groups.setdefault((item.finding.mark, *item[1:]), {})[item.finding] = item
    for finding in report.findings:
        if finding not in told:
            groups.setdefault((finding.mark,), {})[finding] = None
    found = [(tuple(findings), next(iter(findings.values()))) for findings in groups.values()]
    return sorted(found, key=lambda group: -1 if group[1] is None else group[1].verdict, reverse=True)


def _is_a_reason(group: Group, decision: Decision | None) -> bool:
    """Whether a reason says all that there is to say: no hook has seen the commit, and there is no place to show."""
    findings, judged = group
    violations = decision.violations if decision is not None else ()
    rule = judged.rule if judged is not None else None
    return findings[0].mark == UNSEEN.id and any(violation.rule == rule for violation in violations)


def _tell_group(
    page: _Page,
    findings: Sequence[Finding],
    judged: Judged | None,
    tool_names: Mapping[str, str],
    most_places: int,
) -> None:
    first = findings[0]
    name = paint(escape(tool_names.get(first.tool, first.tool)), "strong", colour=page.colour)
    page.lines.append("")
    own = OWN_MARKS.get(first.mark)
    word = "" if judged is None else "noted" if own else _standing(judged)
    page.lines.append(f"  {name}" + (f": {word}" if word else ""))
    for number, finding in enumerate(findings[:most_places]):
        page.row("" if number else "seen", _seen(finding), indent=4, most_rows=_MOST_ROWS)
        if SPELLINGS[finding.spelling]:
            page.row("", f"({SPELLINGS[finding.spelling]})", indent=4)
    if len(findings) > most_places:
        page.row("", f"and in {counted(len(findings) - most_places, 'more place')}", indent=4)
    kind = f" ({SURFACES[first.surface]}, {CONFIDENCES[first.confidence]})"
    page.row("mark", f"{first.mark}: {own.shows}" if own else f"{first.mark}{kind}: {SHOWS[first.shows]}", indent=4)
    if judged is not None:
        page.row("rule", str(judged.rule), indent=4)


def _standing(judged: Judged) -> str:
    """What the policy says in a word; what no line of it allows is only not counted."""
    return "noted" if judged.verdict is Verdict.ALLOW and not judged.rule.file else standing(judged)


def _seen(finding: Finding) -> str:
    where = place(finding)
    return where if finding.text in ("", where) else f"{where}: {finding.text}"


def _tell_decision(page: _Page, decision: Decision, told: Sequence[Rule | None]) -> None:
    """Why, by which rule where no finding has named it yet, and what to do; nothing for a commit that is fine."""
    if decision.outcome is Outcome.OK:
        return
    reasons: list[tuple[str, Rule | None]] = [(violation.reason, violation.rule) for violation in decision.violations]
    if not reasons and decision.reason:
        reasons = [(decision.reason, decision.rule)]
    # a breach that the evidence or the place is too weak to act on
    let_go = decision.outcome is Outcome.ANNOTATED and bool(decision.violations)
    remedies = () if let_go else decision.remedies
    if reasons or remedies:
        page.lines.append("")
    for reason, rule in reasons:
        page.row("why", f"noted, not enforced: {reason}" if let_go else reason, indent=2)
        if rule is not None and rule not in told:
            page.row("rule", str(rule), indent=2)
    if decision.if_enforced is not None and decision.outcome is not Outcome.SKIPPED:
        here = "noted" if let_go else OUTCOMES[decision.outcome].lower()
        page.row("", f"only {here} here; {decision.if_enforced} where the policy is enforced", indent=2)
    for number, remedy in enumerate(remedies):
        sentence, lines = _apart(remedy, decision.trailers)
        page.row("" if number else "next", f"- {sentence}", indent=2)
        page.lines += [" " * 12 + escape(line) for line in lines]


def _apart(remedy: str, trailers: Sequence[str]) -> tuple[str, Sequence[str]]:
    """A remedy, and the trailers that it ends with, which are shown so that they can be copied."""
    every = " or ".join(filter(None, (", ".join(trailers[:-1]), *trailers[-1:])))
    for end, lines in ((every, trailers), *((line, (line,)) for line in trailers)):
        if end and remedy.endswith(f": {end}"):
            return remedy.removesuffix(end).rstrip(), lines
    return remedy, ()
