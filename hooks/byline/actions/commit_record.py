"""The record of a commit that stands in a git note: what was found, what was decided, by which policy and byline.

JSON that people can read in `git log --notes=byline`. Its schema is `schemas/record.schema.json`; a change of the shape
is a new `byline`.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from byline import __version__
from byline.model import CommitReport, Confidence, Finding, Outcome, Shows, Surface

VERSION = 1

_NO_RECORD = (ValueError, TypeError, KeyError, RecursionError)

_MILDEST_FIRST = ("", Outcome.OK, Outcome.ANNOTATED, Outcome.WARNED, Outcome.SKIPPED, Outcome.BLOCKED)

_MOST_DOCUMENTS = 20
_MOST_FINDINGS = 1000
_LONGEST_WORD = 100
_LONGEST_TEXT = 400


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
        "policy": policy and {"file": policy.file, "blob": policy.blob, "presets": list(policy.presets)},
        "by": f"byline {__version__}",
    }
    return _rendered(head, [_finding(finding) for finding in report.findings], tail)


def with_earlier(data: str | bytes, earlier: bytes) -> str | None:
    """One record, with what only an earlier record of the commit knows: the environment it was made in.

    Where that names a tool of which the record's own judgement did not know, the graver judgement of the two stands.
    None when the record stays as it is, or one of them is none.
    """
    try:
        own = [*_documents(data)]
        said = [*own, *_documents(earlier)]
        records = [_parse(document) for document in said]
    except _NO_RECORD:
        return None
    more = _more(records[0], records[1:])
    if not more and len(own) == 1:
        return None
    judged = said[_deciding(records)]
    rows = [_finding(finding) for finding in (*records[0].findings, *more)]
    head = {name: judged.get(name) for name in ("byline", "outcome", "reason", "rule")}
    return _rendered(head, rows, {name: judged.get(name) for name in ("policy", "by")})


def over(new: str, there: bytes) -> str | None:
    """The record to put in the place of a note: nothing that only the note knows is lost.

    None where the note is none of byline's: it stays as it is.
    """
    return (with_earlier(new, there) or new) if parse_record(there) is not None else None


def under(new: str, there: bytes) -> str | None:
    """The record that is there, with what only `new` knows; None where that is nothing."""
    return with_earlier(there, new.encode("utf-8", "backslashreplace"))


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


def parse_record(data: str | bytes) -> Record | None:
    """The record in a note, or None when it is something else: anybody can write notes.

    git itself puts notes below each other when it carries them over (`notes.rewriteRef`) or merges them. They then
    count as one, as `with_earlier` makes it.
    """
    try:
        records = [_parse(document) for document in _documents(data)]
    except _NO_RECORD:
        return None
    first, *others = records
    return records[_deciding(records)]._replace(findings=(*first.findings, *_more(first, others)))


def _more(record: Record, others: Iterable[Record]) -> list[Finding]:
    """What others say of the environment and the record does not."""
    known = {finding.mark for finding in record.findings}
    said = [one for other in others for one in other.findings if one.surface is Surface.ENVIRONMENT]
    return list({one.mark: one._replace(path=None, line=None) for one in said if one.mark not in known}.values())


def _deciding(records: Sequence[Record]) -> int:
    """Which one's judgement stands for all: the first one's, unless it lacks a tool that one with a graver one knows.

    A judgement holds only with the findings that it was made with: `ok` beside a tool that it did not know of is none.
    """
    known = {finding.tool for finding in records[0].findings}
    unheard = [number for number, record in enumerate(records) if _tools_around(record) - known]
    return max([0, *unheard], key=lambda number: _gravity(records[number]))


def _tools_around(record: Record) -> set[str]:
    return {finding.tool for finding in record.findings if finding.surface is Surface.ENVIRONMENT}


def _gravity(record: Record) -> int:
    return _MILDEST_FIRST.index(record.outcome) if record.outcome in _MILDEST_FIRST else 0


def _documents(data: str | bytes) -> Iterator[Mapping[str, object]]:
    """The JSON objects of a note. Raises ValueError for anything else."""
    text = (data if isinstance(data, str) else data.decode("utf-8")).strip()
    for _ in range(_MOST_DOCUMENTS):
        document, end = json.JSONDecoder().raw_decode(text)
        if not isinstance(document, dict) or document.get("byline") != VERSION:
            raise ValueError("no record")
        yield document
        text = text[end:].lstrip()
        if not text:
            return


def _parse(said: Mapping[str, object]) -> Record:
    policy = said.get("policy") or {}
    return Record(
        str(said.get("outcome") or ""),
        str(said.get("reason") or ""),
        str(policy.get("file", "")) if isinstance(policy, dict) else "",
        str(said.get("by", "")),
        tuple(_read_finding(one) for one in _rows(said.get("findings"))),
    )


def _rows(value: object) -> Sequence[Mapping[str, object]]:
    return [row for row in value if isinstance(row, dict)][:_MOST_FINDINGS] if isinstance(value, list) else []


def _read_finding(row: Mapping[str, object]) -> Finding:
    line, path = row.get("line"), row.get("path")
    return Finding(
        str(row["mark"])[:_LONGEST_WORD],
        str(row["tool"])[:_LONGEST_WORD],
        Surface(str(row["surface"])),
        Shows(str(row["shows"])),
        Confidence(str(row["confidence"])),
        str(row.get("text", ""))[:_LONGEST_TEXT],
        path if isinstance(path, str) else None,
        line if isinstance(line, int) else None,
    )
