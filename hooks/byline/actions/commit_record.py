"""The record of a commit that stands in a git note: what was found, what was decided, by which policy and byline.

JSON that people can read in `git log --notes=byline`. Its schema is `schemas/record.schema.json`; a change of the shape
is a new `byline`.
"""

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from byline import __version__
from byline.model import CommitReport, Confidence, Finding, Shows, Surface

VERSION = 1


class PolicyIdentity(NamedTuple):
    """Which policy decided: its file, the id that git gives to the file's content, and the presets it extends."""

    file: str
    blob: str
    presets: tuple[str, ...]


def record_text(report: CommitReport, policy: PolicyIdentity | None) -> str:
    """The record of a judged commit, one finding a line."""
    decision = report.decision
    head: dict[str, object] = {
        "byline": VERSION,
        "outcome": None if decision is None else decision.outcome.value,
        "reason": "" if decision is None else decision.reason,
        "rule": None if decision is None or decision.rule is None else str(decision.rule),
    }
    tail: dict[str, object] = {
        "policy": None
        if policy is None
        else {"file": policy.file, "blob": policy.blob, "presets": list(policy.presets)},
        "by": f"byline {__version__}",
    }
    return _rendered(head, [_finding(finding) for finding in report.findings], tail)


def with_earlier(data: bytes, earlier: bytes) -> str | None:
    """A record with what only the record of an earlier version of the commit knows: the environment it was made in.

    None when nothing is to be added, or one of them is no record.
    """
    new, old = parse_record(data), parse_record(earlier)
    if new is None or old is None:
        return None
    known = {finding.mark for finding in new.findings}
    more = [one for one in old.findings if one.surface is Surface.ENVIRONMENT and one.mark not in known]
    if not more:
        return None
    said = json.loads(data)
    rows = [_finding(finding) for finding in (*new.findings, *more)]
    head = {name: said.get(name) for name in ("byline", "outcome", "reason", "rule")}
    return _rendered(head, rows, {name: said.get(name) for name in ("policy", "by")})


def _rendered(
    head: Mapping[str, object], rows_of_findings: Sequence[Mapping[str, object]], tail: Mapping[str, object]
) -> str:
    findings = ",\n".join(f"    {_json(row)}" for row in rows_of_findings)
    rows = [f"  {_json(name)}: {_json(value)}" for name, value in head.items()]
    rows.append('  "findings": [' + (f"\n{findings}\n  ]" if findings else "]"))
    rows += [f"  {_json(name)}: {_json(value)}" for name, value in tail.items()]
    return "{\n" + ",\n".join(rows) + "\n}\n"


def _json(value: object) -> str:
    """One line; what is no text (surrogates) and what could act on a terminal is escaped."""
    return json.dumps(value, ensure_ascii=True)


def _finding(finding: Finding) -> Mapping[str, object]:
    return {
        "mark": finding.mark,
        "tool": finding.tool,
        "surface": finding.surface.value,
        "shows": finding.shows.value,
        "confidence": finding.confidence.value,
        "path": finding.path,
        "line": finding.line,
        "text": finding.text,
    }


class Record(NamedTuple):
    """What a note says. `outcome` is empty for a commit that was not judged."""

    outcome: str
    reason: str
    policy: str
    by: str
    findings: tuple[Finding, ...]


def parse_record(data: bytes) -> Record | None:
    """The record in a note, or None when it is something else: anybody can write notes."""
    try:
        said = json.loads(data)
        if not isinstance(said, dict) or said.get("byline") != VERSION:
            return None
        policy = said.get("policy") or {}
        return Record(
            str(said.get("outcome") or ""),
            str(said.get("reason") or ""),
            str(policy.get("file", "")) if isinstance(policy, dict) else "",
            str(said.get("by", "")),
            tuple(_read_finding(one) for one in _rows(said.get("findings"))),
        )
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def _rows(value: object) -> Sequence[Mapping[str, object]]:
    return [row for row in value if isinstance(row, dict)][:1000] if isinstance(value, list) else []


def _read_finding(row: Mapping[str, object]) -> Finding:
    line, path = row.get("line"), row.get("path")
    return Finding(
        str(row["mark"]),
        str(row["tool"]),
        Surface(str(row["surface"])),
        Shows(str(row["shows"])),
        Confidence(str(row["confidence"])),
        str(row.get("text", ""))[:400],
        path if isinstance(path, str) else None,
        line if isinstance(line, int) else None,
    )
