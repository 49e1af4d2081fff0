"""The record of a commit that stands in a git note: what was found, what was decided, by which policy and byline.

JSON that people can read in `git log --notes=byline`. Its schema is `schemas/record.schema.json`; a change of the shape
is a new `byline`.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from byline import __version__
from byline.model import CommitReport, Confidence, Finding, Shows, Surface

VERSION = 1

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

    None when the record stays as it is, or one of them is none.
    """
    new, old = parse_record(data), parse_record(earlier)
    if new is None or old is None:
        return None
    more = _more(new, [old])
    said, *others = _documents(data)
    if not more and not others:
        return None
    rows = [_finding(finding) for finding in (*new.findings, *more)]
    head = {name: said.get(name) for name in ("byline", "outcome", "reason", "rule")}
    return _rendered(head, rows, {name: said.get(name) for name in ("policy", "by")})


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

    git itself puts notes below each other when it carries them over (`notes.rewriteRef`) or merges them. The first
    record then counts, and of the others what they say of the environment.
    """
    try:
        first, *others = [_parse(document) for document in _documents(data)]
        return first._replace(findings=(*first.findings, *_more(first, others)))
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def _more(record: Record, others: Iterable[Record]) -> list[Finding]:
    """What others say of the environment and the record does not."""
    known = {finding.mark for finding in record.findings}
    said = [one for other in others for one in other.findings if one.surface is Surface.ENVIRONMENT]
    return list({one.mark: one._replace(path=None, line=None) for one in said if one.mark not in known}.values())


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
