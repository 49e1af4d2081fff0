"""What is worth saying of a policy itself, whatever the commits."""

from collections.abc import Iterator

from byline.frozen import Frozen
from byline.model import Rule
from byline.policy.schema import Policy


class Notice(Frozen):
    """A sentence about the policy, and the line it is about. `whole` is false where it is about one exemption only."""

    sentence: str
    rule: Rule
    whole: bool = True

    def __str__(self) -> str:
        return f"{self.sentence} ({self.rule.file}:{self.rule.line})"


def notices(policy: Policy, now: int) -> tuple[Notice, ...]:
    """Dates passed by `now` (seconds since 1970), a policy that is only proposed, a floor that contradicts it."""
    return tuple(_notices(policy, now))


def _notices(policy: Policy, now: int) -> Iterator[Notice]:
    if policy.proposed:
        yield Notice("the policy is proposed and blocks nothing yet", _policy_rule(policy, "status"))
    if policy.review_by is not None and now >= policy.review_by[0]:
        yield Notice("the policy was to be reviewed by now", policy.review_by[1])
    if policy.since is not None and now < policy.since[0]:
        yield Notice("the policy is not in force yet", policy.since[1])
    for exemption in policy.exemptions:
        if exemption.end is not None and now >= exemption.end:
            yield Notice(f"exemption {exemption.name} ended with {exemption.last_day}", exemption.rule, whole=False)
    if policy.floor is not None:
        yield from _contradictions(policy, policy.floor)
        yield from _notices(policy.floor, now)


def _policy_rule(policy: Policy, name: str) -> Rule:
    path = ("policy", name)
    source = next(source for source in reversed(policy.sources) if name in source.table("policy"))
    return source.rule(path, f'[policy] {name} = "{source.table("policy")[name]}"')


def _contradictions(policy: Policy, floor: Policy) -> Iterator[Notice]:
    """Trailers that one of the two asks for and the other forbids, so that no commit can please both."""
    for asks, forbids in ((floor, policy), (policy, floor)):
        for key, rule in asks.trailers.require.items():
            if key.lower() in forbids.trailers.forbid:
                yield Notice(f"{key} is required here and forbidden by {_file(forbids)}", rule)
        forms = asks.trailers.disclose if asks.trailers.spelled_out else ()
        if forms and all(form.key.lower() in forbids.trailers.forbid for form in forms):
            yield Notice(f"{forms[0].key} has to disclose AI and is forbidden by {_file(forbids)}", forms[0].rule)


def _file(policy: Policy) -> str:
    return policy.files[-1] if policy.files else "the policy"
