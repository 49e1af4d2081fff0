"""Marks that are missing where they were to be expected, and commits that no hook has seen."""

from collections.abc import Iterator

from byline.catalogue.builtin import MARK_REMOVED, STAMP_MISSING, UNREADABLE_CONFIG, UNSEEN
from byline.lazy_pattern import lazy_pattern
from byline.model import Finding, Outcome, Rule, Shows, Verdict
from byline.policy.case import Breach, Case
from byline.policy.disclosure import disclosing_trailers, suggested_trailers, undisclosed
from byline.policy.rulings import Ruling
from byline.policy.wording import cut, listed, tool_name

_OUTCOMES = {"note": Outcome.ANNOTATED, "warn": Outcome.WARNED, "block": Outcome.BLOCKED}
_CREDIT = lazy_pattern(r"[A-Za-z-]{1,40}-by: \S.{0,200}")
_STAMP = "co-authored-by"  # the role in which tools name themselves by default
_HOOKS_OFF = "Hooks do not run with --no-verify, nor where a setting switches them off: git config core.hooksPath"
_HAVE_HOOKS_RUN = "git commit --amend --no-edit"


def hidden(case: Case) -> Iterator[Breach]:
    """What the policy makes of such findings. A disclosure in the policy's form stands for any mark."""
    evidence = case.policy.evidence
    if case.waived:
        return
    is_disclosed = bool(case.policy.trailers.disclose and disclosing_trailers(case))
    for ruling in case.rulings:
        if ruling.finding.mark == UNSEEN.id and evidence.unseen[0] != "off":
            yield _unseen(case, *evidence.unseen)
        elif evidence.removed[0] == "off" or is_disclosed:
            continue
        elif ruling.finding.mark == STAMP_MISSING.id:
            yield _stamp_missing(case, ruling, *evidence.removed)
        elif ruling.finding.mark == MARK_REMOVED.id:
            yield _removed(case, ruling.finding, *evidence.removed)


def unreadable(case: Case) -> Iterator[Breach]:
    """A file in which a tool's settings could stand and that cannot be read, where the policy counts such settings."""
    if case.waived or not case.policy.evidence.counts & {Shows.SETUP, Shows.SUPPRESSION}:
        return
    for ruling in case.rulings:
        if ruling.finding.mark == UNREADABLE_CONFIG.id:
            remedies = ("Put the file right, or leave it out of the commit",)
            yield Breach(ruling.finding.text, ruling.rule, Outcome.SKIPPED, remedies)


def _unseen(case: Case, level: str, rule: Rule) -> Breach:
    sha, is_root = (case.commit.sha or "")[:10], not case.commit.parents
    older = "" if is_root else f"; for an older commit: git rebase --exec '{_HAVE_HOOKS_RUN}' {sha}~"
    return Breach(
        "no hook of byline saw this commit being made; it has been checked in full now",
        rule,
        _OUTCOMES[level],
        (
            _HOOKS_OFF,
            f"To have them see it: {_HAVE_HOOKS_RUN}{older}",
        ),
    )


def _stamp_missing(case: Case, ruling: Ruling, level: str, rule: Rule) -> Breach:
    name = tool_name(case.policy, ruling.finding.tool)
    lines = _lines_that_say_so(case, ruling.finding.tool)
    trailers = case.policy.trailers
    may_stamp = _STAMP not in trailers.forbid and _STAMP not in trailers.human_only
    keep = "keep the line it adds, or write one such as" if may_stamp else "write"
    return Breach(
        f"{name} runs this commit, and the message does not say so",
        rule,
        _OUTCOMES[level],
        (f"If it had a part in the change, {keep}: {listed(lines, 'or')}",) if lines else (),
        lines,
    )


def _lines_that_say_so(case: Case, tool_id: str) -> tuple[str, ...]:
    """Lines that name the tool as the policy wants it; none where it is denied, or where it is told already."""
    is_denied = any(one.finding.tool == tool_id and one.verdict is Verdict.DENY for one in case.counted)
    if is_denied or any(True for _ in undisclosed(case)):
        return ()
    trailers = case.policy.trailers
    if trailers.disclose:
        return suggested_trailers(case.policy, [tool_id])
    is_unwanted = "assisted-by" in trailers.forbid or "assisted-by" in trailers.human_only
    return () if is_unwanted else (f"Assisted-by: {tool_name(case.policy, tool_id)}",)


def _removed(case: Case, finding: Finding, level: str, rule: Rule) -> Breach:
    line = cut(finding.text.partition(": ")[2])
    remedy = "If that is right, nothing is to be done. If not, put it back"
    if level == "block":
        remedy = "Put it back, or ask for an exemption if it was wrong there"
    return Breach(
        f"an earlier version of this commit named {tool_name(case.policy, finding.tool)}, and this one does not",
        rule,
        _OUTCOMES[level],
        (f"{remedy}: {line}",),
        (line,) if _CREDIT.fullmatch(line) else (),
    )
