"""What a mark means: how sure it is, what it does not prove, and what to do about it."""

import textwrap
from collections.abc import Iterable, Sequence

from byline.catalogue.builtin import UNSEEN
from byline.catalogue.schema import Mark, Tool
from byline.model import Confidence, Shows, Surface
from byline.reporters.own_marks import OWN_MARKS
from byline.reporters.words import SHOWS

_SURE = {
    Confidence.CERTAIN: "certain: it would not occur otherwise",
    Confidence.LIKELY: "likely: it occurs otherwise only by accident",
    Confidence.HINT: "only a hint: it needs company to mean anything",
}

_LOOKED_FOR = {
    Surface.TRAILER: "in the trailers of the message (`Key: value` lines)",
    Surface.IDENTITY: "in the author and the committer",
    Surface.MESSAGE: "in the lines of the message",
    Surface.LINE: "in the lines that the commit adds",
    Surface.PATH: "in the names of the files that the commit touches",
    Surface.CONFIG: "in the configuration files that the commit changes",
    Surface.ENVIRONMENT: "in the variables and parent programs of `git commit`, by the hooks of a clone only",
}

_NOT_PROVED = {
    Shows.GENERATED: "It does not say how much of the change the tool made, nor that nobody has read or reworked it.",
    Shows.ASSISTED: "It does not say that the tool wrote any line of the change.",
    Shows.SETUP: "It does not say that the tool had a part in this or any other commit.",
    Shows.SUPPRESSION: "It does not say that the tool was used: people also switch off what they never use.",
}

_WRITTEN_BY_ANYBODY = {
    Surface.TRAILER: "A trailer is text that anybody can write, also by mistake.",
    Surface.IDENTITY: "Names and addresses in a commit are whatever its maker has set.",
    Surface.MESSAGE: "A message is text that anybody can write, also when quoting somebody.",
    Surface.ENVIRONMENT: "Variables are handed on to every program that is started later, and anybody can set them.",
}

_VERBATIM = ("such as", "but not", "source")

_MISTAKE = "If it was found where no tool had a part"
_FALSE_MARK = (
    ", the mark is at fault and not the author. Report it to byline with the "
    "name of the mark and the line that matched. Until it is put right, the people who keep the policy can let the "
    "commit through with an [[exempt]] entry that gives the reason."
)


def mark_page(mark: Mark, tool: Tool | None, disclosure: Sequence[str], width: int) -> str:
    """Everything byline knows about a mark. `disclosure` tells how this repository wants AI use disclosed."""
    own = OWN_MARKS.get(mark.id)
    made_by = "none: byline sets this mark itself" if tool is None else f"{tool.name} ({tool.id}), by {tool.vendor}"
    facts = [
        ("tool", made_by),
        ("looked for", own.looked_for if own else _LOOKED_FOR[mark.surface]),
        *(("such as", example) for example in mark.matches[:2]),
        *(("but not", example) for example in mark.ignores[:2]),
        ("shows", own.shows if own else SHOWS[mark.shows]),
        *([("used as", mark.mode.value)] if mark.mode else []),
        ("how sure", _SURE[mark.confidence]),
        *(
            [("used", f"{'since ' + mark.since if mark.since else ''} {'until ' + mark.until if mark.until else ''}")]
            if mark.since or mark.until
            else []
        ),
        *([("note", mark.note)] if mark.note else []),
        *(("source", source) for source in mark.sources),
    ]
    not_proved = [own.not_proved if own else _NOT_PROVED[mark.shows]]
    if mark.confidence is Confidence.HINT and not own:
        not_proved.append("Alone it proves nothing, and unless a policy says otherwise it is only noted.")
    if mark.surface in _WRITTEN_BY_ANYBODY and not own:
        not_proved.append(_WRITTEN_BY_ANYBODY[mark.surface])
    return "\n".join(
        [
            mark.id,
            "",
            *_facts(facts, width),
            "",
            "What it does not prove",
            *_wrapped(" ".join(not_proved), width),
            "",
            *([] if mark.id == UNSEEN.id else _section("How to disclose", disclosure, width)),
            "If the mark is false",
            *_wrapped((own.mistake if own else _MISTAKE) + _FALSE_MARK, width),
        ]
    )


def _section(head: str, lines: Sequence[str], width: int) -> list[str]:
    return [head, *(row for line in lines for row in _wrapped(line, width)), ""]


def _facts(facts: Iterable[tuple[str, str]], width: int) -> list[str]:
    """Label and text side by side. Examples and addresses are not broken: people copy them."""
    rows: list[str] = []
    before = ""
    for label, text in facts:
        head = f"  {'' if label == before else label:<12}"
        for line in text.strip().split("\n"):
            broken = [line] if label in _VERBATIM else textwrap.wrap(line, width - len(head), break_long_words=False)
            rows += [start + part for start, part in zip([head, *[" " * 14] * len(broken)], broken, strict=False)]
            head = " " * 14
        before = label
    return rows


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)
