"""Whether somebody who may approve use of AI has done so for this commit."""

from collections.abc import Iterator

from byline.frozen import Frozen
from byline.model import Outcome, Place, Rule, Trailer, Verdict
from byline.policy.case import Breach, Case, outcome_of
from byline.policy.patterns import PersonTest
from byline.policy.wording import cut, expiry, listed, tool_name, with_article


class Approval(Frozen):
    """How an approval is shown. `trailer` is empty where only a label counts; `by` says in words who may approve."""

    trailer: str
    by: str
    approves: PersonTest | None
    label: str
    rule: Rule


DEFAULT = Approval(
    "AI-approved-by",
    "somebody else than the author",
    None,
    "",
    Rule("without [approval], anybody but the author may approve"),
)


def unapproved(case: Case) -> Iterator[Breach]:
    """One breach if an approval is asked for and there is none."""
    asked = [ruling for ruling in case.counted if ruling.verdict == Verdict.APPROVE]
    approval = case.policy.approval or DEFAULT
    if not asked or not case.written or is_approved(case):
        return
    ruling = next((ruling for ruling in asked if ruling.blocks), asked[0])
    names = listed(list(dict.fromkeys(tool_name(case.policy, ruling.finding.tool) for ruling in asked)))
    refused = next((_refused(case, approval, given) for given in case.trailers(approval.trailer)), "")
    outcome = outcome_of(ruling)
    if not approval.trailer and case.place != Place.CI:
        outcome = Outcome.ANNOTATED  # a label can only be seen there
    yield Breach(
        f"use of {names} needs approval by {approval.by}{refused}{expiry(ruling)}",
        ruling.rule,
        outcome,
        (*filter(None, [ruling.say]), *_remedies(approval)),
    )


def _remedies(approval: Approval) -> Iterator[str]:
    if approval.trailer:
        yield f"Ask for approval, and add {with_article(approval.trailer)} trailer that names who gave it"
    if approval.label:
        yield f'Ask for the label "{approval.label}" on the change request'


def is_approved(case: Case) -> bool:
    """Whether somebody who may has approved of the commit, by a trailer or by the label."""
    approval = case.policy.approval or DEFAULT
    if approval.label and approval.label in (case.commit.labels or ()):
        return True
    return bool(approval.trailer) and not all(
        _refused(case, approval, given) for given in case.trailers(approval.trailer)
    )


def _refused(case: Case, approval: Approval, trailer: Trailer) -> str:
    """Why the trailer approves nothing, to be added to a reason; empty when it does.

    Nobody approves their own commit, and no tool approves anything.
    """
    why = _objection(case, approval, trailer)
    return f"; {cut(str(trailer))} does not count: {why}" if why else ""


def _objection(case: Case, approval: Approval, trailer: Trailer) -> str:
    name, _, rest = trailer.value.partition("<")
    email = rest.partition(">")[0].strip()
    if not email and "@" in name:
        name, email = "", name.strip()
    if not (name.strip() or email):
        return "it names nobody"
    if case.names_tool(trailer):
        return "no tool approves anything"
    author = case.commit.author
    if email.lower() == author.email.lower() or (not email and name.strip().lower() == author.name.lower()):
        return "nobody approves their own commit"
    if approval.approves is None or approval.approves(name, email):
        return ""
    return "they are not among those who may approve" if email else "it has no address"
