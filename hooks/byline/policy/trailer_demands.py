"""Trailers that must not be there, and trailers that every commit needs."""

from collections.abc import Iterator, Sequence

from byline.model import Outcome, Rule
from byline.policy.case import Breach, Case, outcome_of, role_of
from byline.policy.wording import cut, with_article

_SIGN_OFF = "signed-off-by"
_MOST_LINES = 5


def forbidden(case: Case) -> Iterator[Breach]:
    """Trailers that the policy does not want, whoever stands in them; also where Git reads the line as plain text."""
    forbid = case.policy.trailers.forbid
    if case.waived or not forbid:
        return
    for key in forbid:
        unwanted = case.trailers(key)
        if unwanted:
            lines = [str(trailer) for trailer in unwanted]
            yield _unwanted(unwanted[0].key, lines, forbid[key], Outcome.BLOCKED)
    lines_of_trailers = {trailer.line for trailer in case.commit.trailers}
    for ruling in case.counted:
        finding = ruling.finding
        rule = forbid.get(role_of(finding))
        if rule is not None and finding.path is None and finding.line not in lines_of_trailers:
            yield _unwanted(finding.role or "", [finding.text], rule, outcome_of(ruling))


def _unwanted(key: str, lines: Sequence[str], rule: Rule, outcome: Outcome) -> Breach:
    remedies = tuple(f"Delete this line of the message: {cut(line)}" for line in lines[:_MOST_LINES])
    return Breach(f"{with_article(key)} trailer is not allowed here", rule, outcome, remedies)


def required(case: Case) -> Iterator[Breach]:
    """Trailers that are missing. Merges need none, and a trailer that names an AI tool does not count."""
    if case.waived or not case.written or len(case.commit.parents) > 1:
        return
    for key, rule in case.policy.trailers.require.items():
        if any(trailer.value.strip() and not case.names_tool(trailer) for trailer in case.trailers(key)):
            continue
        if key.lower() == _SIGN_OFF:
            how = case.again("--signoff") if case.is_being_made else "git commit --amend --signoff"
            remedy = f"Sign off yourself, in your own name: {how}"
        else:
            remedy = f"Add {with_article(key)} trailer to the end of the message"
        yield Breach(f"the {key} trailer is missing", rule, Outcome.BLOCKED, (remedy,))
