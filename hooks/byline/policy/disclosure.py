"""Whether use of AI is disclosed in the form that the policy asks for, and which line would do it."""

from collections.abc import Iterator, Sequence

from byline.model import Confidence, Finding, Judged, Outcome, Rule, Shows, Surface, Trailer, Verdict
from byline.policy.case import Breach, Case, outcome_of
from byline.policy.rulings import Ruling, rulings
from byline.policy.schema import Disclosure, Policy
from byline.policy.template import matches, placeholders, render, unfilled
from byline.policy.verdicts import named_tool
from byline.policy.where import moment
from byline.policy.wording import capitalised, cut, expiry, listed, tool_name, with_article

_ASKING = (Verdict.DISCLOSE, Verdict.APPROVE)


def undisclosed(case: Case) -> Iterator[Breach]:
    """One breach if a disclosure is asked for and no trailer of the commit gives it.

    Use that needs approval has to be disclosed as well where the policy says how; else the approval is disclosure.
    """
    verdicts = _ASKING if case.policy.trailers.spelled_out else _ASKING[:1]
    asked = [ruling for ruling in case.counted if ruling.verdict in verdicts]
    if not asked or not case.policy.trailers.disclose or not case.written:
        return
    ruling = next((ruling for ruling in asked if ruling.blocks), asked[0])
    given = disclosing_trailers(case)
    if not given:
        yield _missing(case, asked, ruling)
    elif names := _required_names(case.policy):
        if any(named_tool(case.policy.catalogue, one.finding.tool) for one in asked):
            yield from _unnamed(case, asked, given, names)
        else:
            yield from _nameless(case, given, outcome_of(ruling), names)


def malformed(case: Case) -> Iterator[Breach]:
    """One breach if nothing but a disclosing trailer speaks of AI, and its value is not as the policy wants it.

    Only where the policy asks for disclosure: elsewhere the same key may mean something else.
    """
    if case.waived or not case.written or any(ruling.verdict in _ASKING for ruling in case.counted):
        return
    for trailer in case.trailers(*(form.key for form in case.policy.trailers.disclose)):
        if not _is_in_form(case, trailer) and not _names_person(case, trailer) and _is_asked(case, trailer):
            forms = _forms_of(case, trailer)
            lines = tuple(line for line in suggested_trailers(case.policy, ()) if line.startswith(f"{forms[0].key}:"))
            choice = "one of these lines" if len(lines) > 1 else "this line"
            remedy = f"Write the trailer as {choice}, or leave it out if no AI was used: {listed(lines, 'or')}"
            yield Breach(_what_is_wrong(case, trailer), forms[0].rule, Outcome.BLOCKED, (remedy,), lines)
            return
    given, names = disclosing_trailers(case), _required_names(case.policy)
    if names and given and _is_asked(case, given[0]):
        yield from _nameless(case, given, Outcome.BLOCKED, names)


def _is_asked(case: Case, trailer: Trailer) -> bool:
    """Whether use of AI that nobody named would have to be disclosed in this commit."""
    said = Finding(
        "", "", Surface.TRAILER, Shows.ASSISTED, Confidence.CERTAIN, str(trailer), None, trailer.line, trailer.key
    )
    when = moment(case.commit, None, claimed=case.policy.evidence.claimed_dates)
    (ruling,) = rulings(case.commit, [said], case.policy, when)
    return ruling.counts and ruling.verdict in _ASKING


def required_with_ai(case: Case) -> Iterator[Breach]:
    """Trailers that a commit with AI marks lacks, or has in another form than the policy gives them."""
    sure = [ruling for ruling in case.counted if ruling.blocks]
    if case.waived or not case.written or not sure:
        return
    for key, rule in case.policy.trailers.require_with_ai.items():
        given = [trailer for trailer in case.trailers(key) if trailer.value.strip()]
        forms = [form for form in case.policy.trailers.disclose if form.key.lower() == key.lower()]
        if any(_is_in_form(case, trailer) if forms else not case.names_tool(trailer) for trailer in given):
            continue
        lines = [line for line in suggested_trailers(case.policy, [sure[0].finding.tool]) if _key(line) == key.lower()]
        add = f"Add {with_article(key)} trailer to the end of the message"
        remedy = f"{add}: {listed(lines, 'or')}" if lines else add
        reason = f"a commit with AI marks needs {with_article(key)} trailer"
        yield Breach(
            f"{reason} in the form that the policy gives it" if given else reason,
            rule,
            Outcome.BLOCKED,
            (remedy,),
            tuple(lines),
        )


def _key(line: str) -> str:
    return line.partition(":")[0].lower()


def disclosing_trailers(case: Case) -> list[Trailer]:
    """Trailers in one of the forms that disclose."""
    given = case.trailers(*(form.key for form in case.policy.trailers.disclose))
    return [trailer for trailer in given if _is_in_form(case, trailer) and not _names_person(case, trailer)]


def settled(case: Case, judged: tuple[Judged, ...]) -> tuple[Judged, ...]:
    """The same, each with whether the commit gives what its verdict asks for."""
    asking = {one.verdict for one in judged} & {*_ASKING}
    if not asking or not case.written:
        return judged
    given = disclosing_trailers(case) if Verdict.DISCLOSE in asking and case.policy.trailers.disclose else []
    approved = False
    if Verdict.APPROVE in asking:
        from byline.policy.approval import is_approved

        approved = is_approved(case)
    met = {
        (verdict, tool_id): approved if verdict is Verdict.APPROVE else _disclose(case, given, tool_id)
        for verdict, tool_id in {(one.verdict, one.finding.tool) for one in judged if one.verdict in asking}
    }
    return tuple(one._replace(met=met.get((one.verdict, one.finding.tool), False)) for one in judged)


def _disclose(case: Case, given: Sequence[Trailer], tool_id: str) -> bool:
    """Whether these trailers disclose use of the tool, by its name where the policy asks for names."""
    names = _required_names(case.policy)
    if not given or names is None:
        return bool(given)
    if named_tool(case.policy.catalogue, tool_id):
        return not lacks_name(case, given, tool_id)
    return not any(True for _ in _nameless(case, given, Outcome.OK, names))


def _is_in_form(case: Case, trailer: Trailer) -> bool:
    names = list(case.policy.catalogue.tool_names.values())
    return any(matches(form.template, trailer.value, names) for form in _forms_of(case, trailer))


def _names_person(case: Case, trailer: Trailer) -> bool:
    """An address stands for a person, unless a tool was found in it."""
    return "@" in trailer.value and not case.names_tool(trailer)


def _forms_of(case: Case, trailer: Trailer) -> list[Disclosure]:
    return [form for form in case.policy.trailers.disclose if form.key.lower() == trailer.key.lower()]


def suggested_trailers(policy: Policy, tool_ids: Sequence[str]) -> tuple[str, ...]:
    """For the first of the tools, one line for each trailer that would disclose it; the policy's first choice first."""
    tool = named_tool(policy.catalogue, tool_ids[0]) if tool_ids else None
    known = {"text": "<tool>"} if tool is None else {"tool": tool.name, "text": tool.name}
    lines = [f"{form.key}: {render(form.template, known)}" for form in policy.trailers.disclose]
    return tuple(dict.fromkeys(lines))


def _missing(case: Case, asked: Sequence[Ruling], ruling: Ruling) -> Breach:
    tools = list(dict.fromkeys(ruling.finding.tool for ruling in asked))
    keys = list(dict.fromkeys(form.key for form in case.policy.trailers.disclose))
    lines = suggested_trailers(case.policy, tools)
    malformed = [trailer for trailer in case.trailers(*keys) if not _names_person(case, trailer)]
    choice = "one of these lines" if len(lines) > 1 else "this line"
    if malformed:
        reason = _what_is_wrong(case, malformed[0])
        remedy = f"Write the trailer as {choice}: {listed(lines, 'or')}"
    else:
        names = listed([tool_name(case.policy, tool) for tool in tools])
        wanted = f"{with_article(listed(keys, 'or'))} trailer"
        reason = f"use of {names} is not disclosed: the policy asks for {wanted}{expiry(ruling)}"
        remedy = f"Add {choice} to the end of the message: {listed(lines, 'or')}"
    stray = _stray_line(case, keys)
    remedies = (*filter(None, [ruling.say]), remedy, *([] if malformed else stray))
    rule = _forms_of(case, malformed[0])[0].rule if malformed else ruling.rule
    return Breach(reason, rule, outcome_of(ruling), remedies, lines)


def _what_is_wrong(case: Case, trailer: Trailer) -> str:
    forms = _forms_of(case, trailer)
    if not trailer.value.strip():
        return f"the {trailer.key} trailer is empty"
    if any(unfilled(form.template, trailer.value) for form in forms):
        return f"a part of the {trailer.key} trailer is not filled in: {cut(trailer.value)}"
    wanted = listed([f'"{form.key}: {form.template.text}"' for form in forms], "or")
    return f"the {trailer.key} trailer does not have the form {wanted}"


def _stray_line(case: Case, keys: Sequence[str]) -> list[str]:
    """A hint if the message holds the line where Git does not take it for a trailer."""
    for number, line in enumerate((case.commit.message or "").split("\n"), 1):
        for key in keys:
            if line.strip().lower().startswith(key.lower() + ":"):
                return [f"Git does not read line {number} of the message as a trailer: move it to the last paragraph"]
    return []


def _required_names(policy: Policy) -> Rule | None:
    """The line of the policy that asks for names, if there is one."""
    names = policy.trailers.names
    return names[1] if names is not None and names[0] == "require" else None


def _unnamed(case: Case, asked: Sequence[Ruling], given: Sequence[Trailer], rule: Rule) -> Iterator[Breach]:
    """One breach for each tool that was found and is not named where use of AI is disclosed."""
    for tool_id in dict.fromkeys(ruling.finding.tool for ruling in asked):
        tool = named_tool(case.policy.catalogue, tool_id)
        if tool is not None and lacks_name(case, given, tool_id):
            ruling = next(ruling for ruling in asked if ruling.finding.tool == tool_id)
            lines = suggested_trailers(case.policy, [tool_id])
            reason = f"the disclosure does not name {tool.name}"
            remedy = f"Write the name of the tool: {listed(lines, 'or')}"
            yield Breach(reason, rule, outcome_of(ruling), (remedy,), lines)


def _nameless(case: Case, given: Sequence[Trailer], outcome: Outcome, rule: Rule) -> Iterator[Breach]:
    """One breach if the disclosure says that AI was used, and not which. Any name will do, known or not."""
    from byline.policy.nameless import is_nameless

    forms = [form for form in case.policy.trailers.disclose if placeholders(form.template)]
    if not forms or not all(is_nameless(trailer.value) for trailer in given):
        return
    lines = tuple(dict.fromkeys(f"{form.key}: {render(form.template, {'text': '<tool>'})}" for form in forms))
    reason = f"the disclosure must name the tool, and this names none: {cut(str(given[0]))}"
    yield Breach(reason, rule, outcome, (f"Write the name of the tool: {listed(lines, 'or')}",), lines)


def lacks_name(case: Case, given: Sequence[Trailer], tool_id: str) -> bool:
    """Whether none of the trailers has the name of the tool in it; of a tool without a name none is asked."""
    tool = named_tool(case.policy.catalogue, tool_id)
    words = [] if tool is None else [_letters(word) for word in (tool.name, tool.id, *tool.aliases)]
    return tool is not None and not any(word in _letters(trailer.value) for trailer in given for word in words)


def _letters(text: str) -> str:
    return "".join(character for character in text.lower() if character.isalnum())


def products_named(case: Case) -> Iterator[Breach]:
    """A warning if the message names a product and the policy would rather it did not."""
    names = case.policy.trailers.names
    if names is None or names[0] != "discourage":
        return
    for ruling in case.counted:
        tool = named_tool(case.policy.catalogue, ruling.finding.tool)
        if tool is not None and ruling.finding.surface in ("trailer", "message"):
            remedy = f"Take the name out of this line: {cut(ruling.finding.text)}"
            yield Breach(f"{capitalised(tool.name)} is named in the message", names[1], Outcome.WARNED, (remedy,))
            return
