"""Texts and files that may not come in, and commits with AI marks that are too large."""

from collections.abc import Iterator

from byline.frozen import Frozen
from byline.model import Outcome, Rule
from byline.policy.case import Breach, Case
from byline.policy.patterns import PathTest
from byline.policy.wording import cut


class Limit(Frozen):
    """The most there may be of something, with the line that says so."""

    most: int
    rule: Rule


class Markers(Frozen):
    """Texts and files that may not come in, each with the line that says so."""

    message: tuple[tuple[str, Rule], ...] = ()
    diff: tuple[tuple[str, Rule], ...] = ()
    paths: tuple[PathTest, Rule] | None = None


def marked(case: Case) -> Iterator[Breach]:
    """Texts in the message, texts in added lines, and files that `[markers]` keeps out."""
    markers = case.policy.markers
    if case.waived or markers is None:
        return
    message = (case.commit.message or "").lower()
    for text, rule in markers.message:
        at = message.find(text.lower())
        if at >= 0:
            line = message.count("\n", 0, at) + 1
            yield Breach(
                f'"{cut(text)}" stands in line {line} of the message', rule, Outcome.BLOCKED, ("Rewrite the message",)
            )
    for text, rule in markers.diff:
        hit = next((added for added in case.commit.added_lines if text.lower() in added.text.lower()), None)
        if hit:
            place = f"{cut(hit.path)}, line {hit.number}"
            yield Breach(f'"{cut(text)}" is added in {place}', rule, Outcome.BLOCKED, (f"Take it out of {place}",))
    if markers.paths:
        test, rule = markers.paths
        path = next((change.path for change in case.commit.changes if change.status != "D" and test(change.path)), None)
        if path is not None:
            remedy = f"Leave it out: git rm --cached {cut(path)}"
            yield Breach(f"{cut(path)} may not be part of the repository", rule, Outcome.BLOCKED, (remedy,))


def too_large(case: Case) -> Iterator[Breach]:
    """Limits that a commit with AI marks passes. A size that is not known is said, and blocks nothing."""
    if case.waived or not any(ruling.blocks for ruling in case.counted):
        return
    sizes = {
        "max-lines": (case.commit.lines_added, "adds", "lines"),
        "max-files": (len(case.commit.changes), "touches", "files"),
    }
    for name, limit in case.policy.limits.items():
        size, verb, noun = sizes[name]
        if size is None:
            yield Breach(
                "the size of the commit is not known, so its limit was not checked", limit.rule, Outcome.ANNOTATED
            )
        elif size > limit.most:
            yield Breach(
                f"a commit with AI marks may have at most {limit.most} {noun}, and this one {verb} {size}",
                limit.rule,
                Outcome.BLOCKED,
                ("Split the commit into smaller ones",),
            )
