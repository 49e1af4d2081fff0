"""Which examples of a policy hold, and of those that fail, what became of them instead."""

import textwrap
from collections.abc import Iterator, Sequence

from byline.policy.examples import ExampleResult
from byline.reporters.words import counted

_NONE = """\
{} has no examples. One looks like this:

[[example]]
name   = "pictures are made by people"
tools  = ["codex"]
paths  = ["logo.png"]
expect = "blocked\""""


def example_results(results: Sequence[ExampleResult], file: str, width: int) -> str:
    """A line for each example, more for those that fail, and the totals."""
    if not results:
        return _NONE.format(file)
    lines = [line for result in results for line in _result(result, width)]
    failed = sum(not result.holds for result in results)
    outcome = f"{failed} failed" if failed else "all hold" if len(results) > 1 else "it holds"
    return "\n".join([*lines, f"{counted(len(results), 'example')} in {file}: {outcome}"])


def _result(result: ExampleResult, width: int) -> Iterator[str]:
    place = f"{result.rule.file}:{result.rule.line}"
    if result.holds:
        yield f"holds  {place}  {result.name}: {result.expected}"
        return
    decision = result.decision
    expected, was = f"{result.expected}", f"{decision.outcome}"
    if result.expected_if_enforced is not None:
        expected += f" ({result.expected_if_enforced} if enforced)"
        was += f" ({result.if_enforced} if enforced)"
    yield f"FAILS  {place}  {result.name}: expected {expected}, was {was}"
    because = decision.reason or "no demand of the policy applies"
    yield from textwrap.wrap(because, width, initial_indent="         ", subsequent_indent="         ")
    if decision.rule is not None:
        yield f"         {decision.rule}"
