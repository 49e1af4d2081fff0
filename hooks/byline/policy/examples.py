"""Runs the `[[example]]`s of a policy: commits described in the file, and what must become of them."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from byline.catalogue.schema import Mark, PathMatch, Tool
from byline.model import (
    Commit,
    Confidence,
    Decision,
    FileChange,
    Finding,
    Identity,
    Mode,
    Outcome,
    Place,
    Rule,
    Shows,
    Surface,
    Trailer,
)
from byline.policy.decide import decide
from byline.policy.schema import Policy
from byline.policy.source import Source, day, number, text, texts
from byline.policy.tools import Tools

Detect = Callable[[Commit], Sequence[Finding]]

_MARK = "example.mark"
_NOBODY = "Ada Example <ada@example.org>"


class ExampleResult(NamedTuple):
    """An example, where it stands, what it expects, and what the policy made of it.

    `expected_if_enforced` is None where the example says nothing of it.
    """

    name: str
    rule: Rule
    expected: Outcome
    decision: Decision
    expected_if_enforced: Outcome | None = None

    @property
    def if_enforced(self) -> Outcome:
        """The outcome if the policy were enforced as far as it asks."""
        return self.decision.if_enforced or self.decision.outcome

    @property
    def holds(self) -> bool:
        """Whether the outcome is the expected one, and so is what it would be if the policy were enforced."""
        enforced = self.expected_if_enforced in (None, self.if_enforced)
        return self.decision.outcome == self.expected and enforced


def run_examples(policy: Policy, detect: Detect | None = None) -> tuple[ExampleResult, ...]:
    """The examples of the policy's own file; those of files it extends are about those files alone.

    `detect` finds marks in the example's message, trailers and author, as it would in a real commit. Tools named in
    `tools` count as found without being seen anywhere.
    """
    if not policy.sources:
        return ()
    source = policy.sources[-1]
    return tuple(
        _run(policy, source, position, table, detect) for position, table in enumerate(source.tables("example"))
    )


def _run(
    policy: Policy, source: Source, position: int, table: Mapping[str, object], detect: Detect | None
) -> ExampleResult:
    commit = _commit(table)
    mode = Mode(text(table, "mode")) if "mode" in table else None
    asked = policy._replace(catalogue=_WithMode(policy.catalogue, mode))
    findings = [*_findings(policy, table), *(detect(commit) if detect else ())]
    decision = decide(commit, findings, asked, Place(text(table, "place") or Place.CI))
    name = text(table, "name") or f"example {position + 1}"
    rule = source.rule(("example", position), f"[[example]] {name}")
    enforced = Outcome(text(table, "if-enforced")) if "if-enforced" in table else None
    return ExampleResult(name, rule, Outcome(text(table, "expect")), decision, enforced)


def _commit(table: Mapping[str, object]) -> Commit:
    name, _, rest = (text(table, "author") or _NOBODY).partition("<")
    author = Identity(name.strip(), rest.partition(">")[0].strip(), day(table, "date"))
    subject = text(table, "message").rstrip("\n") or "Example"
    lines = [*subject.split("\n"), ""]
    trailers = []
    for trailer in texts(table, "trailers") or ():
        key, _, value = trailer.partition(":")
        lines.append(trailer)
        trailers.append(Trailer(key.strip(), value.strip(), len(lines)))
    return Commit(
        "0" * 40,
        ("1" * 40,),
        author,
        author,
        "\n".join([*lines, ""]),
        tuple(trailers),
        tuple(FileChange(path, "M") for path in texts(table, "paths") or ()),
        branch=text(table, "branch") or None,
        source_branch=text(table, "source-branch") or None,
        labels=texts(table, "labels"),
        lines_added=number(table, "lines"),
    )


def _findings(policy: Policy, table: Mapping[str, object]) -> list[Finding]:
    found = []
    for name in texts(table, "tools") or ():
        tool = policy.catalogue.tool(name)
        tool_id = tool.id if tool is not None else name
        found.append(Finding(_MARK, tool_id, Surface.LINE, Shows.GENERATED, Confidence.CERTAIN, ""))
    return found


class _WithMode:
    """A catalogue whose mark for examples shows one mode of use."""

    def __init__(self, catalogue: Tools, mode: Mode | None) -> None:
        self._catalogue = catalogue
        self._mode = mode

    @property
    def tools(self) -> Mapping[str, Tool]:
        return self._catalogue.tools

    @property
    def tool_names(self) -> Mapping[str, str]:
        return self._catalogue.tool_names

    def tool(self, name: str) -> Tool | None:
        return self._catalogue.tool(name)

    def mark(self, mark_id: str) -> Mark | None:
        if mark_id != _MARK:
            return self._catalogue.mark(mark_id)
        surface, sure, shows = Surface.LINE, Confidence.CERTAIN, Shows.GENERATED
        return Mark(_MARK, "", surface, sure, shows, PathMatch(()), self._mode, "", "", "", (), (), ())
