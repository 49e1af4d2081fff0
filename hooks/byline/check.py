"""The use case: commits in, judged commits out."""

import time
from collections.abc import Iterable, Iterator

from byline.detectors import Detection
from byline.model import Commit, CommitReport, Place
from byline.policy.decide import decide
from byline.policy.schema import Policy


def examine(
    commits: Iterable[Commit], detection: Detection, policy: Policy | None, place: Place
) -> Iterator[CommitReport]:
    """Every commit with what was found in it and, unless `policy` is None, what the policy makes of it.

    One report a commit, in the same order and as the commits come; nothing is held back. What has no date, such as a
    message alone, is judged as made now.
    """
    now = int(time.time())
    for commit in commits:
        findings = detection.detect(commit)
        decision = None if policy is None else decide(commit, findings, policy, place, now=now)
        yield CommitReport(commit, findings, decision)
