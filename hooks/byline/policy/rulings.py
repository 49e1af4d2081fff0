"""Each finding with the verdict it gets: on its own file, or on every file that the commit touches."""

from collections.abc import Sequence

from byline.catalogue.builtin import MARK_REMOVED, STAMP_MISSING, UNSEEN
from byline.frozen import Frozen
from byline.model import Commit, Finding, Rule, Shows, Verdict
from byline.policy.schema import Layer, Policy
from byline.policy.verdicts import overlaid, verdict_of
from byline.policy.where import about, within

TYPE_CHECKING = False
if TYPE_CHECKING:
    from byline.policy.exemption import Exemption

_NOT_COUNTED = {
    Shows.SETUP: Rule("[evidence] setup = false: configuring a tool is not using it"),
    Shows.SUPPRESSION: Rule("[evidence] suppression = false: hiding a tool's marks is not using it"),
}


class Ruling(Frozen):
    """A finding and what the policy says of it.

    `path` is the file on which the strictest verdict fell. `counts` is false for findings that do not show use, or
    that are exempt; `blocks` is whether the finding is sure enough to block. `expired` would have exempted it.
    """

    finding: Finding
    verdict: Verdict
    rule: Rule
    path: str | None = None
    say: str = ""
    counts: bool = True
    blocks: bool = True
    expired: "Exemption | None" = None


class _Ground:
    """What holds for a file: the verdicts, and the exemptions with whether they still hold."""

    def __init__(self, path: str | None, layer: Layer, exemptions: "tuple[tuple[Exemption, bool], ...]") -> None:
        self.path = path
        self.layer = layer
        self.exemptions = exemptions


def rulings(commit: Commit, findings: Sequence[Finding], policy: Policy, when: int | None) -> list[Ruling]:
    """A ruling for every finding, in the order given."""
    if not findings:
        return []
    grounds = _Grounds(commit, policy, when)
    return [_ruling(finding, grounds, policy) for finding in findings]


def waived(commit: Commit, policy: Policy, when: int | None) -> bool:
    """Whether an exemption covers the commit as a whole, whatever the tool and the file."""
    return any(
        exemption.tools is None and exemption.where.paths is None
        for exemption, holds in _exemptions(commit, policy, when)
        if holds
    )


def _exemptions(commit: Commit, policy: Policy, when: int | None) -> "list[tuple[Exemption, bool]]":
    return [
        (exemption, within(None, exemption.end, when))
        for exemption in policy.exemptions
        if about(exemption.where, commit, when)
    ]


class _Grounds:
    """The different grounds of a commit. Files in the same scopes and exemptions stand on the same one."""

    def __init__(self, commit: Commit, policy: Policy, when: int | None) -> None:
        self._base = policy.base
        self._scopes = [scope for scope in policy.scopes if about(scope.where, commit, when)]
        self._exemptions = _exemptions(commit, policy, when)
        self._paths = [change.path for change in commit.changes]
        self._known: dict[tuple[bool, ...], _Ground] = {}
        self._everywhere: list[_Ground] = []

    def at(self, path: str | None) -> _Ground:
        """What holds for a file, or for a commit that touches none."""
        return self._ground(self._membership(path), path)

    def everywhere(self) -> Sequence[_Ground]:
        """What holds for the files of the commit: each different ground once, with the first file on it."""
        if not self._everywhere:
            first = {self._membership(path): path for path in reversed(self._paths)}
            grounds = sorted(first.items(), key=lambda entry: entry[1])
            self._everywhere = [self._ground(membership, path) for membership, path in grounds] or [self.at(None)]
        return self._everywhere

    def _membership(self, path: str | None) -> tuple[bool, ...]:
        """Of every scope, then of every exemption, whether the file belongs to it."""
        tests = [scope.where.paths for scope in self._scopes]
        tests += [exemption.where.paths for exemption, _ in self._exemptions]
        return tuple(test is None or (path is not None and test(path)) for test in tests)

    def _ground(self, membership: tuple[bool, ...], path: str | None) -> _Ground:
        known = self._known.get(membership)
        if known is None:
            layer = self._base
            for scope, belongs in zip(self._scopes, membership, strict=False):
                if belongs:
                    layer = overlaid(layer, scope.layer)
            exemptions = zip(self._exemptions, membership[len(self._scopes) :], strict=True)
            known = _Ground(path, layer, tuple(entry for entry, belongs in exemptions if belongs))
            self._known[membership] = known
        return _Ground(path, known.layer, known.exemptions)


def _ruling(finding: Finding, grounds: _Grounds, policy: Policy) -> Ruling:
    if finding.mark == UNSEEN.id or finding.shows not in policy.evidence.counts:
        return Ruling(finding, Verdict.ALLOW, _why_not(finding, policy), counts=False, blocks=False)
    here = [grounds.at(finding.path)] if finding.path is not None else grounds.everywhere()
    blocks = finding.confidence in policy.evidence.block
    ruled = [_on(ground, finding, policy, blocks) for ground in here]
    worst = max(ruled, key=lambda ruling: ruling.verdict)  # of equal ones the first
    return worst._replace(counts=any(ruling.counts for ruling in ruled))


def _why_not(finding: Finding, policy: Policy) -> Rule:
    """The rule by which a finding does not count as use of a tool."""
    of_hidden = {UNSEEN.id: policy.evidence.unseen, STAMP_MISSING.id: policy.evidence.removed}
    of_hidden[MARK_REMOVED.id] = policy.evidence.removed
    return of_hidden[finding.mark][1] if finding.mark in of_hidden else _NOT_COUNTED[finding.shows]


def _on(ground: _Ground, finding: Finding, policy: Policy, blocks: bool) -> Ruling:
    expired = None
    for exemption, holds in ground.exemptions:
        if exemption.tools is not None and finding.tool not in exemption.tools:
            continue
        if holds:
            return Ruling(finding, Verdict.ALLOW, exemption.rule, ground.path, counts=False, blocks=blocks)
        expired = exemption
    verdict, rule = verdict_of(ground.layer, finding, policy.catalogue)
    return Ruling(finding, verdict, rule, ground.path, ground.layer.say, blocks=blocks, expired=expired)
