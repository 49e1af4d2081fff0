"""The commits of a report as single issues with a level and a place, for formats that show such."""

from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple

from byline.model import CommitReport, Finding, Judged, Outcome, Rule, Violation
from byline.reporters.escape import escape
from byline.reporters.interface import Header
from byline.reporters.words import CONFIDENCES, SHOWS, SPELLINGS, SURFACES, place, standing

_SHORT_SHA = 10
_LONGEST_TEXT = 300
_LONGEST_MESSAGE = 1000


class Level(StrEnum):
    """How grave an issue is, as most formats know it."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Issue(NamedTuple):
    """One thing to show. Texts are one line each and safe for a terminal; a format still has to escape them.

    `path` is as git has it, not escaped, and None for what is in no file; `anchor` is then a file of the same commit
    for formats that cannot do without. `fingerprint` stays the same when the commit is rebased or the line moves, and
    is unique in the report. `rule` is stable for ever, `says` tells what it means.
    """

    level: Level
    rule: str
    says: str
    title: str
    message: str
    path: str | None
    line: int | None
    anchor: str
    commit: str
    fingerprint: str


_LEVELS = {
    Outcome.BLOCKED: Level.ERROR,
    Outcome.SKIPPED: Level.ERROR,
    Outcome.WARNED: Level.WARNING,
    Outcome.ANNOTATED: Level.NOTE,
    Outcome.OK: Level.NOTE,
}
_DEMAND = ("byline.demand", "a demand of the policy that the commit does not meet")
_UNREAD = ("byline.unread", "part of the commit could not be read, so it could not be checked")
_ABOUT = {
    "description": ("byline.description", "what the policy asks of the description of a change request"),
    "squash message": ("byline.squash-message", "what becomes of the change when it is squashed"),
    "policy file": ("byline.policy-file", "the change alters the policy"),
}


class Issues:
    """Turns reports into issues, one after the other."""

    def __init__(self, header: Header) -> None:
        self._header = header
        self._policy_file = header.policy.file.rpartition(":")[2] if header.policy and header.policy.file else ""
        self._same: Counter[str] = Counter()

    def of(self, report: CommitReport) -> Iterator[Issue]:
        """The issues of one commit: its findings, then demands that no finding stands for, then what was not read."""
        violations = _by_rule(report)
        told: set[Rule] = set()
        judged = {item.finding: item for item in (report.decision.judged if report.decision else ())}
        for finding in report.findings:
            item = judged.get(finding)
            violation = violations.get(item.rule) if item is not None else None
            if violation is not None:
                told.add(violation.rule)
            yield self._finding(report, finding, item, violation)
        decision = report.decision
        for violation in decision.violations if decision is not None else ():
            if violation.rule not in told:
                yield self._demand(report, violation.outcome, violation.reason, violation.rule)
        if decision is not None and not decision.violations and report.about and decision.outcome is not Outcome.OK:
            yield self._demand(report, decision.outcome, decision.reason, decision.rule)
        for reason in report.commit.unread:
            yield self._issue(report, Level.ERROR, _UNREAD, "not checked", f"could not be read: {reason}")

    def _finding(
        self, report: CommitReport, finding: Finding, item: Judged | None, violation: Violation | None
    ) -> Issue:
        name = self._header.tool_names.get(finding.tool, finding.tool)
        title = name + (f": {standing(item)}" if item is not None else "")
        seen = finding.text[:_LONGEST_TEXT]
        parts = [f"{place(finding)}: {seen}" if seen not in ("", finding.path) else place(finding)]
        parts += filter(None, [SPELLINGS[finding.spelling]])
        if violation is not None:
            parts.append(violation.reason)
        parts += [f"rule: {item.rule}"] if item is not None else []
        if violation is not None and report.decision is not None:
            parts += report.decision.remedies[:1]
        says = f"{SURFACES[finding.surface]}, {CONFIDENCES[finding.confidence]}: {SHOWS[finding.shows]}"
        level = _LEVELS[violation.outcome] if violation is not None else Level.NOTE
        return self._issue(report, level, (finding.mark, says), title, "; ".join(parts), finding)

    def _demand(self, report: CommitReport, outcome: Outcome, reason: str, rule: Rule | None) -> Issue:
        parts = [reason, *([f"rule: {rule}"] if rule is not None else [])]
        parts += report.decision.remedies[:1] if report.decision is not None else ()
        kind = _ABOUT.get(report.about, _DEMAND)
        return self._issue(report, _LEVELS[outcome], kind, report.about or "policy", "; ".join(parts))

    def _issue(
        self,
        report: CommitReport,
        level: Level,
        kind: tuple[str, str],
        title: str,
        message: str,
        finding: Finding | None = None,
    ) -> Issue:
        commit = report.commit
        name = report.about or f"commit {(commit.sha or 'in the making')[:_SHORT_SHA]}"
        rule, says = kind
        path = finding.path if finding is not None else None
        parts = (rule, path or "", finding.text if finding is not None else message, commit.subject, report.about)
        key = "\0".join((*parts, str(commit.author.when)))
        self._same[key] += 1
        digest = sha256(f"{key}\0{self._same[key]}".encode("utf-8", "surrogatepass")).hexdigest()
        touched = next((change.path for change in commit.changes if change.status != "D"), "")
        return Issue(
            level,
            escape(rule),
            says,
            escape(title),
            escape(f'{name} "{commit.subject[:_LONGEST_TEXT]}": {message}')[:_LONGEST_MESSAGE],
            path,
            finding.line if finding is not None and path is not None else None,
            path or touched or self._policy_file or "byline.toml",
            commit.sha or "",
            digest,
        )


def _by_rule(report: CommitReport) -> dict[Rule, Violation]:
    """The gravest violation of each rule."""
    violations: dict[Rule, Violation] = {}
    for violation in report.decision.violations if report.decision is not None else ():
        known = violations.get(violation.rule)
        if known is None or _gravity(violation) < _gravity(known):
            violations[violation.rule] = violation
    return violations


def _gravity(violation: Violation) -> int:
    return list(_LEVELS).index(violation.outcome)
