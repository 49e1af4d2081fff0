"""A commit as the JSON formats show it: the shape that the program promises."""

from collections.abc import Mapping

from byline.model import CommitReport, Finding, Spelling, Verdict
from byline.reporters.json_text import json_text

Object = dict[str, object]


def commit_object(report: CommitReport) -> Object:
    """The commit with its findings; without outcome, reason, rule and verdicts where no policy was asked.

    `if_enforced` stands there only when it is not the outcome, `unread` when part of the commit could not be read,
    `spelling` when a mark is not written plainly.
    """
    commit, decision = report.commit, report.decision
    shown: Object = {"sha": commit.sha, "subject": json_text(commit.subject)}
    if report.about:
        shown["about"] = report.about
    verdicts: dict[Finding, Verdict] | None = None
    if decision is not None:
        shown["outcome"] = decision.outcome.value
        if decision.if_enforced is not None:
            shown["if_enforced"] = decision.if_enforced.value
        shown["reason"] = json_text(decision.reason)
        shown["rule"] = None if decision.rule is None else json_text(str(decision.rule))
        verdicts = {}
        for judged in decision.judged:
            verdicts[judged.finding] = max(judged.verdict, verdicts.get(judged.finding, judged.verdict))
    shown["findings"] = [_finding_object(finding, verdicts) for finding in report.findings]
    if commit.unread:
        shown["unread"] = [json_text(reason) for reason in commit.unread]
    return shown


def _finding_object(finding: Finding, verdicts: Mapping[Finding, Verdict] | None) -> Object:
    shown: Object = {
        "mark": json_text(finding.mark),
        "tool": json_text(finding.tool),
        "surface": finding.surface.value,
        "shows": finding.shows.value,
        "confidence": finding.confidence.value,
        "path": None if finding.path is None else json_text(finding.path),
        "line": finding.line,
        "text": json_text(finding.text),
    }
    if finding.spelling is not Spelling.PLAIN:
        shown["spelling"] = finding.spelling.value
    if verdicts is not None:
        verdict = verdicts.get(finding)
        shown["verdict"] = None if verdict is None else verdict.word
    return shown
