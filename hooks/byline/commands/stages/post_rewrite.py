"""The post-rewrite hook: notes and the private record follow commits that were amended or rebased."""

import sys
from collections.abc import Sequence

from byline.commands.judge import prepare_judge
from byline.errors import EXIT_OK, BylineError
from byline.repository.discovery import discover

_LONGEST_LINE = 1 << 12


def run(arguments: Sequence[str], policy: str | None) -> int:  # noqa: ARG001
    """Read git's lines (`old new`) and carry over what is known of the old commits. It stops nothing."""
    pairs = []
    while line := sys.stdin.buffer.readline(_LONGEST_LINE):
        words = line.decode("ascii", "replace").split()
        if len(words) >= 2:
            pairs.append((words[0], words[1]))
    try:
        repository = discover()
        judge = prepare_judge(repository, policy)
        rules = judge.policy
        if rules.notes.commit:
            from byline.commands.notes import carry_over

            carry_over(repository, judge, pairs)
        if rules.evidence.unseen[0] != "off":
            from byline.commands.stages.seen_commits import carry_over_seen

            carry_over_seen(repository, pairs)
    except BylineError as error:
        from byline.reporters.notices import tell

        tell(f"what byline knows of the old commits was not carried over: {error}")
    return EXIT_OK
