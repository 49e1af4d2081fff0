"""SARIF 2.1.0, for code scanning and viewers.

The format: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
What GitHub reads of it, and its limits: https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
"""

import re

from byline import __version__
from byline.model import CommitReport
from byline.reporters.escape import escape
from byline.reporters.interface import Header, Output
from byline.reporters.issues import Issue, Issues, Level
from byline.reporters.json_text import dumps, json_text
from byline.reporters.summary import Summary
from byline.reporters.uri import relative_uri

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
MOST_RESULTS = 25_000
"""Results of a run that GitHub takes; a file with more is refused as a whole."""

_FINGERPRINT = "byline/v1"


class SarifReporter:
    """Writes the results as they come, and the rules they name at the end."""

    def __init__(self, output: Output) -> None:
        self._stream = output.stream
        self._issues = Issues(Header(None, {}))
        self._header = Header(None, {})
        self._rules: dict[str, str] = {}
        self._written = 0
        self._left_out = 0
        self._separator = "\n"
        self._unread: list[str] = []

    def begin(self, header: Header) -> None:
        """Open the document and its one run."""
        self._header = header
        self._issues = Issues(header)
        self._stream.write(f'{{"$schema": {dumps(SCHEMA)}, "version": "2.1.0", "runs": [{{"results": [')

    def writes(self, report: CommitReport) -> bool:
        """Whether the commit has results."""
        return any(True for _ in Issues(self._header).of(report))

    def commit(self, report: CommitReport) -> None:
        """Write the results of one commit."""
        for issue in self._issues.of(report):
            if self._written == MOST_RESULTS:
                self._left_out += 1
                continue
            self._written += 1
            self._rules.setdefault(issue.rule, issue.says)
            self._stream.write(self._separator + dumps(_result(issue)))
            self._separator = ",\n"

    def end(self, summary: Summary) -> None:
        """Close the run with what made it."""
        url = self._header.policy.url if self._header.policy is not None else ""
        driver: dict[str, object] = {
            "name": "byline",
            "semanticVersion": __version__,
            "rules": [_rule(rule, says, url) for rule, says in self._rules.items()],
        }
        invocation: dict[str, object] = {"executionSuccessful": summary.exit_code != 3}
        notes = [*summary.notes]
        if self._left_out:
            notes.append(f"{self._left_out} more results are left out, as a run may have {MOST_RESULTS}")
        if notes:
            invocation["toolExecutionNotifications"] = [_notification(note) for note in notes]
        rest = {
            "tool": {"driver": driver},
            "invocations": [invocation],
            "automationDetails": {"id": "byline/"},
            "columnKind": "unicodeCodePoints",
        }
        self._stream.write(f"\n], {dumps(rest)[1:]}]}}\n")
        self._stream.flush()


def _result(issue: Issue) -> dict[str, object]:
    """A finding in a message is placed on a file of its commit, as a viewer shows nothing without one."""
    location: dict[str, object] = {
        "physicalLocation": {
            "artifactLocation": {"uri": relative_uri(issue.path or issue.anchor)},
            "region": {"startLine": issue.line or 1},
        }
    }
    if issue.commit:
        location["logicalLocations"] = [
            {"name": issue.commit[:10], "fullyQualifiedName": issue.commit, "kind": "commit"}
        ]
    return {
        "ruleId": json_text(issue.rule),
        "level": issue.level.value,
        "message": {"text": json_text(issue.message)},
        "locations": [location],
        "partialFingerprints": {_FINGERPRINT: issue.fingerprint},
        "properties": {"commit": issue.commit, "inMessage": issue.path is None},
    }


def _rule(rule: str, says: str, url: str) -> dict[str, object]:
    text = f"{says[:1].upper()}{says[1:]}."
    more = f"`byline explain {rule}` tells what it means and what it does not prove."
    shown: dict[str, object] = {
        "id": json_text(rule),
        "name": "".join(word.capitalize() for word in re.findall("[A-Za-z0-9]+", rule)) or "Rule",
        "shortDescription": {"text": json_text(rule)},
        "fullDescription": {"text": json_text(text)},
        "help": {"text": json_text(f"{text} {more}"), "markdown": json_text(f"{text}\n\n{more}")},
        "defaultConfiguration": {"level": Level.WARNING.value},
        "properties": {"tags": ["ai", "provenance", "policy"], "precision": "high"},
    }
    if url.startswith(("https://", "http://")) and url.isascii() and escape(url) == url and " " not in url:
        shown["helpUri"] = url
    return shown


def _notification(note: str) -> dict[str, object]:
    return {"level": "note", "message": {"text": json_text(escape(note))}}


def reporter(output: Output) -> SarifReporter:
    """The SARIF report, written to the output."""
    return SarifReporter(output)
