"""Precision: whatever is sure on a commit that is older than every AI agent is false."""

from collections import Counter
from typing import NamedTuple

from repositories import Named, commits, scan

BEFORE = "2021-06-01"
"""GitHub's technical preview of Copilot came on 2021-06-29, the first of its kind."""


class Tally(NamedTuple):
    """What was found in the old commits of one repository, finding by finding."""

    commits: int = 0
    unread: int = 0
    certain: int = 0
    likely: int = 0
    hint: int = 0


def precision(repositories: list[Named], before: str, jobs: int) -> int:
    """Scan the old commits of all refs and print a table, every sure finding, and the hints by mark."""
    total, hints = Tally(), Counter[str]()
    print(f"{'repository':<32} {'old commits':>12} {'unread':>7} {'certain':>8} {'likely':>7} {'hints':>7}")
    for repository in repositories:
        tally, found = _of(repository, before, jobs)
        print(f"{repository.name:<32} {_row(tally)}", flush=True)
        total = Tally(*(a + b for a, b in zip(total, tally, strict=True)))
        hints += found
    print(f"{'together':<32} {_row(total)}")
    print("\nhints (they never block by themselves):")
    for mark, count in hints.most_common():
        print(f"{count:>7}  {mark}")
    return 1 if total.certain or total.likely else 0


def _row(tally: Tally) -> str:
    return f"{tally.commits:>12,} {tally.unread:>7,} {tally.certain:>8,} {tally.likely:>7,} {tally.hint:>7,}"


def _of(repository: Named, before: str, jobs: int) -> tuple[Tally, Counter[str]]:
    counted, hints = Counter[str](), Counter[str]()
    for commit in scan(repository.path, commits(repository.path, f"--before={before}T00:00:00Z"), jobs):
        counted["commits"] += 1
        counted["unread"] += "unread" in commit
        for finding in commit["findings"]:
            counted[finding["confidence"]] += 1
            if finding["confidence"] == "hint":
                hints[finding["mark"]] += 1
            else:
                place = finding["path"] or finding["surface"]
                print(f"  {commit['sha']} {finding['confidence']} {finding['mark']} {place}: {finding['text'][:160]!r}")
    return Tally(*(counted[field] for field in Tally._fields)), hints
