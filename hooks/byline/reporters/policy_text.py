"""A policy in plain words."""

import textwrap
import time
from collections.abc import Iterator, Mapping

from byline.model import Place, Verdict
from byline.policy.schema import Layer, Policy, Said
from byline.policy.template import render
from byline.reporters.words import VERDICTS, counted

_DEFAULTS = {
    Verdict.ALLOW: "AI tools are allowed",
    Verdict.DISCLOSE: "use of AI tools has to be disclosed",
    Verdict.APPROVE: "use of AI tools needs approval",
    Verdict.DENY: "AI tools are not allowed",
}


def disclosure_forms(policy: Policy) -> list[str]:
    """The trailers that disclose, as a person would write them: `Assisted-by: <tool>`."""
    return [f"{disclosure.key}: {render(disclosure.template, {})}" for disclosure in policy.trailers.disclose]


def asks_for_disclosure(policy: Policy) -> bool:
    """Whether there is anything that the policy wants disclosed, or a trailer it names for that."""
    layers = (policy.base, *(scope.layer for scope in policy.scopes))
    said = (said for layer in layers for table in _verdict_tables(layer) for said in table.values())
    verdicts = {verdict for verdict, _ in (*said, *(layer.ai for layer in layers if layer.ai is not None))}
    return policy.trailers.spelled_out or bool(verdicts & {Verdict.DISCLOSE, Verdict.APPROVE})


def policy_sentences(policy: Policy, levels: Mapping[Place, str]) -> Iterator[str]:
    """What the policy says, in the order in which a contributor asks. `levels` tells how far it goes in each place."""
    if policy.base.ai is not None:
        yield _DEFAULTS[policy.base.ai[0]] + (" unless something below says otherwise" if _has_own(policy) else "")
    else:
        yield "nothing is said of AI tools in general ([policy] ai), so they are allowed"
    for name, table in _tables(policy):
        yield f"{name}: " + ", ".join(f"{key} {VERDICTS[said[0]]}" for key, said in table.items())
    if policy.scopes:
        yield f"{counted(len(policy.scopes), 'scope')} with verdicts for some files or commits"
    if policy.exemptions:
        yield f"{counted(len(policy.exemptions), 'exemption')}"
    yield from _trailers(policy)
    yield from _conditions(policy)
    yield from _enforcement(policy, levels)


def _has_own(policy: Policy) -> bool:
    return bool(policy.scopes or policy.exemptions or any(True for _ in _tables(policy)))


def _tables(policy: Policy) -> Iterator[tuple[str, Mapping[str, Said]]]:
    for name, table in zip(("tools", "vendors", "hosting", "modes"), _verdict_tables(policy.base), strict=True):
        if table:
            yield name, table


def _verdict_tables(layer: Layer) -> tuple[Mapping[str, Said], ...]:
    return (layer.tools, layer.vendors, layer.hosting, layer.modes)


def _trailers(policy: Policy) -> Iterator[str]:
    trailers = policy.trailers
    forms = disclosure_forms(policy)
    if forms and asks_for_disclosure(policy):
        yield f"disclosed with {' or '.join(forms)}"
    for words, keys in (
        ("forbidden trailers", trailers.forbid),
        ("may not name an AI tool", trailers.human_only),
        ("required on every commit", trailers.require),
        ("required on commits with AI marks", trailers.require_with_ai),
    ):
        if keys:
            yield f"{words}: {', '.join(map(_as_written, keys))}"


def _conditions(policy: Policy) -> Iterator[str]:
    if policy.approval is not None:
        yield f"approved by {policy.approval.by or 'anybody but the author'}"
    for name, limit in policy.limits.items():
        yield f"{name.replace('-', ' ')} of a commit with AI marks: {limit.most:,}"
    if policy.markers is not None:
        yield "some texts and files may not come in at all ([markers])"
    if policy.since is not None:
        yield f"commits dated before {_day(policy.since[0])} are not judged"
    if policy.baseline:
        yield f"history up to {counted(len(policy.baseline), 'commit')} is not judged ([policy] baseline)"
    if policy.review_by is not None:
        yield f"to be reviewed by {_day(policy.review_by[0])}"


def _day(second: int) -> str:
    return time.strftime("%Y-%m-%d", time.gmtime(second))


def _as_written(key: str) -> str:
    """Policies hold keys in lower case; `author` and `committer` are roles and no trailers."""
    return key if key in ("author", "committer") else key.capitalize()


def _enforcement(policy: Policy, levels: Mapping[Place, str]) -> Iterator[str]:
    if policy.proposed:
        yield "only proposed: it never blocks"
        return
    yield "enforced: " + ", ".join(f"{place.value} {level}" for place, level in levels.items())
    if policy.on_error == "allow":
        yield "a client that cannot check lets the commit through with a warning"


def policy_page(policy: Policy, file: str, levels: Mapping[Place, str], width: int) -> str:
    """That the policy has no fault, and what it says."""
    name = f" ({policy.name})" if policy.name else ""
    lines = [f"the policy in {file}{name} is fine:"]
    for sentence in policy_sentences(policy, levels):
        lines += textwrap.wrap(sentence, width, initial_indent="  - ", subsequent_indent="    ", break_on_hyphens=False)
    return "\n".join([*lines, *([f"  {policy.url}"] if policy.url else [])])
