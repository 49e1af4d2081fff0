"""Trailers that must not be there, and trailers that every commit needs."""

from collections.abc import Iterator

from byline.model import Outcome
from byline.policy.case import Breach, Case
from byline.policy.wording import shown, with_article

_SIGN_OFF = "signed-off-by"


def forbidden(case: Case) -> Iterator[Breach]:
    """Trailers that the policy does not want, whoever stands in them."""
    for trailer in case.commit.trailers if not case.waived else ():
        rule = case.policy.trailers.forbid.get(trailer.key.lower())
        if rule is not None:
            yield Breach(
                f"{with_article(trailer.key)} trailer is not allowed here",
                rule,
                Outcome.BLOCKED,
                (f"Delete this line of the message: {shown(trailer)}",),
            )


def required(case: Case) -> Iterator[Breach]:
    """Trailers that are missing. Merges need none, and a trailer that names an AI tool does not count."""
    if case.waived or not case.written or len(case.commit.parents) > 1:
        return
    for key, rule in case.policy.trailers.require.items():
        if any(trailer.value.strip() and not case.names_tool(trailer) for trailer in case.trailers(key)):
            continue
        if key.lower() == _SIGN_OFF:
            remedy = "Sign off yourself, in your own name: git commit --amend --signoff"
        else:
            remedy = f"Add {with_article(key)} trailer to the end of the message"
        yield Breach(f"the {key} trailer is missing", rule, Outcome.BLOCKED, (remedy,))
