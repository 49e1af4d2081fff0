"""What holds for every policy, commit and set of findings."""

from hypothesis import given, settings
from hypothesis import strategies as st

from byline.model import Confidence, Decision, Finding, Outcome, Place, Shows, Verdict
from byline.policy.decide import decide
from byline.policy.schema import Policy
from support.policies import commit, finding, policy

ORDER = [Outcome.OK, Outcome.ANNOTATED, Outcome.WARNED, Outcome.SKIPPED, Outcome.BLOCKED]
VERDICTS = ["allow", "disclose", "approve", "deny"]
PATHS = ["src/a.c", "docs/a.md", "tests/a.py", "b"]
TOOLS = ["claude-code", "codex", "github-copilot", "mystery"]
TRAILERS = [
    "Assisted-by: Codex",
    "Assisted-by: claude:opus",
    "Generated-by: x",
    "Signed-off-by: Ada <ada@x.org>",
    "Co-authored-by: Claude <noreply@anthropic.com>",
    "AI-approved-by: Eve <eve@core.org>",
]
words = st.sampled_from(VERDICTS)


@st.composite
def layers(draw: st.DrawFn) -> str:
    lines = []
    if draw(st.booleans()):
        lines.append(f'ai = "{draw(words)}"')
    for table, names in (
        ("tools", TOOLS[:3]),
        ("vendors", ["anthropic", "openai"]),
        ("modes", ["agent", "completion"]),
    ):
        chosen = draw(st.lists(st.sampled_from(names), unique=True, max_size=2))
        if chosen:
            lines.append(f"{table} = {{ {', '.join(f'{name} = {chr(34)}{draw(words)}{chr(34)}' for name in chosen)} }}")
    return "\n".join(lines)


@st.composite
def policies(draw: st.DrawFn, *, level: bool = True) -> str:
    base = draw(layers())
    ai = [line for line in base.split("\n") if line.startswith("ai")]
    rest = [line for line in base.split("\n") if line and not line.startswith("ai")]
    text = [*rest, "[policy]", *ai]
    if draw(st.booleans()):
        text.append('status = "proposed"')
    text.append("[trailers]")
    if draw(st.booleans()):
        text.append('disclose = { Assisted-by = "{tool}[:{model}]" }')
    for verb, keys in (
        ("forbid", ["Generated-by"]),
        ("human-only", ["Co-authored-by", "author"]),
        ("require", ["DCO"]),
    ):
        if draw(st.booleans()):
            text.append(f"{verb} = {keys}")
    if level:
        text.append(f"[enforce]\ndefault = '{draw(st.sampled_from(['off', 'note', 'warn', 'block']))}'")
    for where in draw(
        st.lists(st.sampled_from(["paths = '@docs'", "paths = 'src/**'", "branches = 'main'"]), max_size=3)
    ):
        text += ["[[scope]]", where, draw(layers()) or 'ai = "deny"']
    if draw(st.booleans()):
        text += ["[[exempt]]", "paths = 'tests/**'", "reason = 'why'"]
    return "\n".join(text)


findings = st.builds(
    finding,
    st.sampled_from(TOOLS),
    path=st.none() | st.sampled_from(PATHS),
    mode=st.sampled_from(["", "completion", "unattended"]),
    role=st.none() | st.sampled_from(["author", "Signed-off-by", "Co-authored-by"]),
    line=st.none() | st.integers(3, 6),
    shows=st.sampled_from(Shows),
    confidence=st.sampled_from(Confidence),
)
commits = st.builds(
    lambda trailers, paths, message, branch, unread: commit(
        *trailers, paths=paths, message=message, branch=branch, unread=unread
    ),
    st.lists(st.sampled_from(TRAILERS), max_size=3),
    st.lists(st.sampled_from(PATHS), unique=True, max_size=3),
    st.sampled_from([None, "Change it", ""]),
    st.sampled_from([None, "main", "topic"]),
    st.sampled_from([(), ("big.bin",)]),
)
places = st.sampled_from(Place)


@settings(deadline=None, max_examples=60)
@given(policies(), commits, st.lists(findings, max_size=4), places)
def test_decide_is_total_and_explains_itself(text: str, of: object, found: list[Finding], place: Place) -> None:
    decision = decide(of, found, policy(text), place)
    assert decision.outcome in ORDER
    assert [judged.finding for judged in decision.judged] == found
    if decision.outcome in (Outcome.BLOCKED, Outcome.WARNED):
        assert decision.reason
        assert decision.rule
        assert decision.remedies
        assert decision.violations[0].reason == decision.reason
    if decision.outcome == Outcome.OK and found:
        assert "off" in decision.reason


@settings(deadline=None, max_examples=60)
@given(policies(), commits, st.lists(findings, max_size=4), places, st.randoms())
def test_order_of_findings_makes_no_difference(
    text: str, of: object, found: list[Finding], place: Place, random: object
) -> None:
    rules = policy(text)
    shuffled = list(found)
    random.shuffle(shuffled)
    first, second = decide(of, found, rules, place), decide(of, shuffled, rules, place)
    assert first._replace(judged=()) == second._replace(judged=())
    assert sorted(first.judged, key=repr) == sorted(second.judged, key=repr)
    assert decide(of, found, rules, place) == first


def raised(rules: Policy, to: Verdict) -> Policy:
    """The policy with every verdict at least `to`."""

    def up(said: object) -> object:
        return said and (max(said[0], to), said[1])

    def layer(of: object) -> object:
        tables = {name: {key: up(said) for key, said in getattr(of, name).items()} for name in of._fields[1:5]}
        return of._replace(ai=up(of.ai), **tables)

    scopes = tuple(scope._replace(layer=layer(scope.layer)) for scope in rules.scopes)
    return rules._replace(base=layer(rules.base), scopes=scopes)


def outcome(decision: Decision) -> int:
    return ORDER.index(decision.outcome)


@settings(deadline=None, max_examples=60)
@given(policies(), policies(), commits, st.lists(findings, max_size=4), places)
def test_floor_never_loosens(own: str, floor: str, of: object, found: list[Finding], place: Place) -> None:
    mine, theirs = policy(own), policy(floor)
    both = outcome(decide(of, found, mine.under(theirs), place))
    assert both == max(outcome(decide(of, found, mine, place)), outcome(decide(of, found, theirs, place)))


@settings(deadline=None, max_examples=60)
@given(policies(), policies(), commits, st.lists(findings, max_size=4), places, st.sampled_from(Verdict))
def test_tightening_a_floor_never_loosens(
    own: str, floor: str, of: object, found: list[Finding], place: Place, to: Verdict
) -> None:
    theirs = policy(floor)
    if not theirs.trailers.spelled_out:
        to = max(to, Verdict.DENY)  # an approval is itself a disclosure where the policy names no trailer
    before = decide(of, found, policy(own).under(theirs), place)
    after = decide(of, found, policy(own).under(raised(theirs, to)), place)
    assert outcome(after) >= outcome(before)
