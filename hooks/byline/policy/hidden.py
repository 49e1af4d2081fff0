"""Marks that are missing where they were to be expected, and commits that no hook has seen."""

from collections.abc import Iterator

from byline.catalogue.builtin import MARK_REMOVED, STAMP_MISSING, UNSEEN
from byline.model import Outcome
from byline.policy.case import Breach, Case
from byline.policy.disclosure import disclosing_trailers
from byline.policy.wording import cut, tool_name

_OUTCOMES = {"note": Outcome.ANNOTATED, "warn": Outcome.WARNED, "block": Outcome.BLOCKED}


def hidden(case: Case) -> Iterator[Breach]:
    """What the policy makes of such findings. A disclosure in the policy's form stands for any mark."""
    evidence = case.policy.evidence
    for ruling in case.rulings:
        finding = ruling.finding
        name = tool_name(case.policy, finding.tool)
        if finding.mark == UNSEEN.id and evidence.unseen[0] != "off":
            yield Breach(
                "no hook of byline has seen this commit when it was made",
                evidence.unseen[1],
                _OUTCOMES[evidence.unseen[0]],
                ("It was checked in full now; see whether hooks are on: git config core.hooksPath",),
            )
        elif evidence.removed[0] == "off" or (case.policy.trailers.disclose and disclosing_trailers(case)):
            continue
        elif finding.mark == STAMP_MISSING.id:
            reason = f"{name} runs this commit, and the message does not say so"
            remedy = "Name it in the message, or leave its own stamp where it is"
            yield Breach(reason, evidence.removed[1], _OUTCOMES[evidence.removed[0]], (remedy,))
        elif finding.mark == MARK_REMOVED.id:
            reason = f"an earlier version of this commit named {name}, and this one does not"
            remedy = (
                f"If that is right, nothing is to be done; else put it back: {cut(finding.text.partition(': ')[2])}"
            )
            yield Breach(reason, evidence.removed[1], _OUTCOMES[evidence.removed[0]], (remedy,))
